//! Whether a file is as it was sealed, by a key that somebody trusts. Needs no database and no secret: the file and the
//! public keys are enough.

use chrono::{DateTime, Utc};

use super::certificate;
use super::pdf;
use super::signed_data;
use crate::clock::china_day;
use crate::vault::{KeyId, KeyRing, Purpose, Revoked, Standing};

/// What a whole seal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// What was sealed, in the words of whoever had it sealed.
    pub statement: String,
    /// When, as the file says; the key holder's word.
    pub at: DateTime<Utc>,
    /// The authority's id, and its name.
    pub authority: String,
    /// 佛山市禅城区市场监督管理局
    pub name: String,
    /// The key.
    pub key: KeyId,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// Not a byte has changed since a trusted key sealed it.
    Whole(SealedFile),
    /// The same, but the key was revoked later or before.
    RevokedKey(SealedFile, Revoked),
    /// It was sealed in this form and is not what was sealed.
    Changed,
    /// No seal of this form, or one by keys nobody here knows.
    Foreign,
}

/// Checks a file against the keys somebody trusts.
pub fn check(file: &[u8], trusted: &KeyRing) -> Checked {
    let Some(found) = pdf::find(file) else {
        return if pdf::is_marked(file) { Checked::Changed } else { Checked::Foreign };
    };
    let Some(signed) = signed_data::Said::read(&found.signed) else { return Checked::Changed };
    let Some(certificate) = certificate::Said::read(&signed.certificate) else { return Checked::Changed };
    let Some(root) = trusted.get(certificate.root).filter(|root| root.purpose == Purpose::SealRoot) else {
        return Checked::Foreign;
    };
    let Some(root_key) = root.key() else { return Checked::Foreign };
    if !certificate.is_issued_by(&root_key) {
        return Checked::Changed;
    }
    if !signed.holds(&found.digest, |message, signature| certificate.key.verify(message, signature)) {
        return Checked::Changed;
    }
    let purpose = Purpose::Seal(certificate.authority.clone());
    let key = certificate.key.id();
    let file = SealedFile {
        statement: found.statement,
        at: signed.at,
        authority: certificate.authority,
        name: certificate.name,
        key,
    };
    match trusted.standing(key, &purpose, china_day(file.at)) {
        Standing::Unknown => Checked::Foreign,
        // The time in the file is the key holder's word, and a thief may write any. So a revoked key is told whenever it
        // was revoked; who keeps a register of seals may know better.
        Standing::Good | Standing::Revoked => match revoked(trusted, key).or_else(|| root.revoked.clone()) {
            Some(revoked) => Checked::RevokedKey(file, revoked),
            None => Checked::Whole(file),
        },
    }
}

fn revoked(trusted: &KeyRing, key: KeyId) -> Option<Revoked> {
    trusted.get(key).and_then(|record| record.revoked.clone())
}

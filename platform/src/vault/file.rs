//! One key, one file of JSON: what everybody may know in clear, the secret sealed.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::gcm::SealKey;
use super::{Algorithm, KeyFault, KeyId, Purpose};

/// Names the layout.
const FORMAT: &str = "yimen key 1";

/// A key as it lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFile {
    format: String,
    pub(super) purpose: Purpose,
    /// 1, 2, 3; the newest is in force unless it is revoked.
    pub(super) version: u32,
    pub(super) id: KeyId,
    algorithm: Algorithm,
    pub(super) made: DateTime<Utc>,
    /// `04 ‖ x ‖ y` of a pair.
    #[serde(with = "crate::hexed::bytes")]
    pub(super) point: Vec<u8>,
    #[serde(with = "crate::hexed::bytes")]
    nonce: Vec<u8>,
    #[serde(with = "crate::hexed::bytes")]
    sealed: Vec<u8>,
    pub(super) revoked: Option<Revoked>,
    /// When its secret was taken out of the file for good; what it sealed opens no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) destroyed: Option<DateTime<Utc>>,
}

/// A key that is no longer to be trusted, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// What it signed for this day or a later one does not count.
    pub day: NaiveDate,
    /// Why.
    pub reason: String,
}

impl KeyFile {
    /// Seals a secret under its purpose.
    pub(super) fn seal(
        master: &SealKey,
        (purpose, version, id): (Purpose, u32, KeyId),
        made: DateTime<Utc>,
        secret: &[u8],
        point: Vec<u8>,
    ) -> Result<Self, KeyFault> {
        let algorithm = purpose.algorithm();
        let mut file = Self {
            format: FORMAT.to_owned(),
            purpose,
            version,
            id,
            algorithm,
            made,
            point,
            nonce: Vec::new(),
            sealed: Vec::new(),
            revoked: None,
            destroyed: None,
        };
        let (nonce, sealed) = master.seal(secret, &file.bound())?;
        (file.nonce, file.sealed) = (nonce.to_vec(), sealed);
        Ok(file)
    }

    /// The secret; nothing when the master key is another one or the file was changed.
    pub(super) fn open(&self, master: &SealKey) -> Option<Vec<u8>> {
        master.open(&self.nonce, &self.sealed, &self.bound())
    }

    /// The same key without its secret.
    pub(super) fn destroy(&mut self, at: DateTime<Utc>) {
        (self.nonce, self.sealed) = (Vec::new(), Vec::new());
        self.destroyed = Some(at);
    }

    /// Seals the secret anew under another master key; `None` when the old one does not open it.
    pub(super) fn reseal(&mut self, old: &SealKey, new: &SealKey) -> Result<Option<()>, KeyFault> {
        let Some(secret) = self.open(old) else { return Ok(None) };
        let (nonce, sealed) = new.seal(&secret, &self.bound())?;
        (self.nonce, self.sealed) = (nonce.to_vec(), sealed);
        Ok(Some(()))
    }

    /// What the seal holds together with the secret, so that a key cannot be passed off under another purpose or version.
    fn bound(&self) -> Vec<u8> {
        let point = hex::encode(&self.point);
        let algorithm = self.algorithm.as_str();
        format!("{FORMAT}\n{}\n{}\n{}\n{algorithm}\n{point}\n", self.purpose, self.version, self.id).into_bytes()
    }

    pub(super) fn read(file: &Path) -> Result<Self, KeyFault> {
        let text = std::fs::read(file).map_err(|cause| KeyFault::file(file, cause))?;
        let found: Self = serde_json::from_slice(&text)
            .map_err(|cause| KeyFault::Form { file: file.to_owned(), cause: cause.to_string() })?;
        if found.format != FORMAT {
            return Err(KeyFault::Form { file: file.to_owned(), cause: format!("format {:?}", found.format) });
        }
        Ok(found)
    }

    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        text
    }
}

//! The record of every act: append-only, one chain of SM3 hashes per application, written in the act's own transaction.
//!
//! Each row's hash covers everything in the row and the hash of the row before, so a row cannot be changed, removed,
//! moved or slipped in without breaking the chain after it; the head of each chain tells when its end was cut off.
//! [`verify`](fn@verify) names what was touched. Someone who may write everything, heads included, and hashes the rest of the chain
//! anew leaves no trace in the chain; against him stands the signed root of each day ([`crate::roots`]), and against one who
//! has the keys as well, the roots that others kept.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use sm3::{Digest, Sm3};
use uuid::Uuid;

use crate::fault::Fault;

mod chains;
mod export;
pub(crate) mod store;
mod verify;

pub use export::{ExportError, ExportFault, Written, export, keys_of};
pub use verify::{
    Against, DayFinding, DayTampering, Finding, Tampering, Verified, verify, verify_against, verify_file, verify_on,
    verify_through,
};

/// Longest payload of one row; more belongs into a blob, with its hash here.
pub(crate) const PAYLOAD_BYTES_MAX: usize = 1 << 20;
/// Rows [`read`] gives at most.
const READ_MAX: u64 = 1_000;
/// Names the layout of the hashed bytes. A change of layout is a new name, so that old rows keep their meaning.
const LAYOUT: &[u8] = b"yimen journal 1";

/// One act to be recorded; see [`Tx::record`](crate::db::Tx::record).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// The chain it belongs to: the application's id, or [`named_chain`] for what belongs to none.
    pub chain: Uuid,
    /// Who did it: an account id, or the name of the system's part that did.
    pub actor: String,
    /// What was done: `casework.accept`.
    pub act: Cow<'static, str>,
    /// What it was done to: the id of a case, a draft, an account.
    pub subject: String,
    /// The facts as JSON text; read back whole, never searched.
    pub payload: String,
}

impl JournalEntry {
    /// An act without further facts.
    pub fn new(
        chain: impl Into<Uuid>,
        actor: impl std::fmt::Display,
        act: impl Into<Cow<'static, str>>,
        subject: impl std::fmt::Display,
    ) -> Self {
        Self {
            chain: chain.into(),
            actor: actor.to_string(),
            act: act.into(),
            subject: subject.to_string(),
            payload: "{}".to_owned(),
        }
    }

    /// Adds the facts.
    pub fn holding(mut self, facts: &serde_json::Value) -> Self {
        self.payload = facts.to_string();
        self
    }

    /// As a row that still lacks its place in the chain.
    pub(crate) fn at(self, at: DateTime<Utc>, request_key: Option<String>) -> JournalRow {
        JournalRow {
            chain: self.chain,
            seq: 0,
            at,
            actor: self.actor,
            act: self.act.into_owned(),
            subject: self.subject,
            payload: self.payload,
            request_key,
            prev: [0; 32],
            hash: [0; 32],
        }
    }
}

/// A chain that is not an application's: `access`, `catalog`. The same name is the same chain everywhere.
pub fn named_chain(name: &str) -> Uuid {
    let hash = Sm3::digest(format!("yimen chain {name}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// One recorded act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// The chain.
    pub chain: Uuid,
    /// The place in the chain: 1, 2, 3 without gaps.
    pub seq: i64,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What.
    pub act: String,
    /// To what.
    pub subject: String,
    /// The facts as JSON text.
    pub payload: String,
    /// The request key, on the first row of an act that had one.
    pub request_key: Option<String>,
    /// The hash of the row before; zeros on the first.
    pub prev: [u8; 32],
    /// SM3 over all of the above.
    pub hash: [u8; 32],
}

impl JournalRow {
    /// SM3 (GB/T 32905) over the row as if it stood at `seq`. Every field is preceded by its length, so that no two
    /// different rows have the same bytes.
    pub(crate) fn hash_at(&self, seq: i64) -> [u8; 32] {
        let key = self.request_key.as_deref();
        let mut sm3 = Sm3::new();
        let at = self.at.timestamp_micros().to_be_bytes();
        for field in [
            LAYOUT,
            self.chain.as_bytes(),
            &seq.to_be_bytes(),
            &at,
            self.actor.as_bytes(),
            self.act.as_bytes(),
            self.subject.as_bytes(),
            self.payload.as_bytes(),
            // An absent key and an empty one must differ, though no empty one is ever accepted.
            if key.is_some() { b"key" } else { b"none" },
            key.unwrap_or_default().as_bytes(),
            &self.prev,
        ] {
            sm3.update((field.len() as u64).to_be_bytes());
            sm3.update(field);
        }
        sm3.finalize().into()
    }

    pub(crate) fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// The facts read back.
    pub fn facts<T: serde::de::DeserializeOwned>(&self) -> Result<T, Fault> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) seq: i64,
    pub(crate) hash: [u8; 32],
}

impl Head {
    /// Before the first row.
    pub(crate) const START: Self = Self { seq: 0, hash: [0; 32] };
}

/// Gives the rows their places after `head`.
pub(crate) fn chain_up(head: Head, rows: &mut [JournalRow]) {
    let mut head = head;
    for row in rows {
        row.seq = head.seq + 1;
        row.prev = head.hash;
        row.hash = row.hash_at(row.seq);
        head = row.head();
    }
}

/// The rows of a chain after place `after` (0 for all), at most 1,000.
pub async fn read(on: &impl ConnectionTrait, chain: impl Into<Uuid>, after: i64) -> Result<Vec<JournalRow>, Fault> {
    store::rows(on, chain.into(), after, READ_MAX).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_of_the_hashed_bytes_has_not_changed() {
        let chain = named_chain("casework");
        assert_eq!(chain.to_string(), named_chain("casework").to_string());
        assert_ne!(chain, named_chain("catalog"));
        let at = "2026-03-02T01:02:03.000004Z".parse().unwrap();
        let entry =
            JournalEntry::new(Uuid::nil(), "clerk", "casework.accept", "case").holding(&serde_json::json!({"a": 1}));
        let mut rows = [entry.clone().at(at, Some("k".into())), entry.at(at, None)];
        chain_up(Head::START, &mut rows);
        assert_eq!(rows[1].prev, rows[0].hash);
        // Computed by another implementation of SM3 over the layout described at `hash_at`.
        assert_eq!(hex::encode(rows[0].hash), "2b49f70e31d0adcfd14e8b53ef2874a0435fe77cf05d60a2fe6c3ec6456c8710");
    }

    /// GB/T 32905-2016 appendix A.
    #[test]
    fn the_examples_of_the_standard_come_out() {
        for (message, hash) in [
            ("abc".to_owned(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            ("abcd".repeat(16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        ] {
            assert_eq!(hex::encode(Sm3::digest(message)), hash);
        }
    }

    #[test]
    fn moving_a_letter_between_fields_changes_the_hash() {
        let at = "2026-03-02T01:02:03Z".parse().unwrap();
        let hash =
            |actor: &str, act: &'static str| JournalEntry::new(Uuid::nil(), actor, act, "s").at(at, None).hash_at(1);
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
    }
}

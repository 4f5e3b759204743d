//! The signed statement about a day.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

use super::tree::Hash;
use crate::vault::sm2::PublicKey;
use crate::vault::{KeyId, PublicKeyRecord, Purpose, Signer};

/// How all chains stood at the end of a civil day in China, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// The day.
    pub day: NaiveDate,
    /// When it was closed.
    pub closed: DateTime<Utc>,
    /// Chains that had rows.
    pub chains: u64,
    /// Rows in them.
    pub rows: u64,
    /// The root of the tree over them.
    #[serde(with = "crate::hexed::hash")]
    pub root: Hash,
    /// SM3 of the statement about the day before; zeros for the first. So every signature also vouches for all before it.
    #[serde(with = "crate::hexed::hash")]
    pub previous: Hash,
    /// The key that signed.
    pub key: KeyId,
    /// The same, whole: `04 ‖ x ‖ y`.
    #[serde(with = "crate::hexed::bytes")]
    pub point: Vec<u8>,
    /// SM2 over the statement, in DER.
    #[serde(with = "crate::hexed::bytes")]
    pub signature: Vec<u8>,
}

/// Roots as they are published, with the keys that signed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootsFile {
    /// `yimen roots 1`.
    pub format: String,
    /// The keys for roots, old ones too.
    pub keys: Vec<PublicKeyRecord>,
    /// The newest first.
    pub roots: Vec<Root>,
    /// Where the older ones are; none when these are all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older: Option<String>,
}

impl RootsFile {
    /// These roots with what one needs to check them.
    pub fn of(keys: Vec<PublicKeyRecord>, roots: Vec<Root>, older: Option<String>) -> Self {
        let keys = keys.into_iter().filter(|key| key.purpose == Purpose::JournalRoot).collect();
        Self { format: "yimen roots 1".to_owned(), keys, roots, older }
    }
}

/// What is known of a day before it is signed.
pub(super) struct Unsigned {
    pub(super) day: NaiveDate,
    pub(super) closed: DateTime<Utc>,
    pub(super) chains: u64,
    pub(super) rows: u64,
    pub(super) root: Hash,
    pub(super) previous: Hash,
}

impl Unsigned {
    pub(super) fn sign(self, signer: &Signer) -> Root {
        let Self { day, closed, chains, rows, root, previous } = self;
        let point = signer.key.public().point();
        let mut signed =
            Root { day, closed, chains, rows, root, previous, key: signer.id, point, signature: Vec::new() };
        signed.signature = signer.key.sign(signed.statement().as_bytes());
        signed
    }
}

impl Root {
    /// What is signed: a text of eight lines, each ended by a line feed, so that anybody can write it again by hand.
    pub fn statement(&self) -> String {
        format!(
            "yimen root 1\nday {}\nclosed {}\nchains {}\nrows {}\nroot {}\nprevious {}\nkey {}\n",
            self.day,
            self.closed.to_rfc3339_opts(SecondsFormat::Micros, true),
            self.chains,
            self.rows,
            hex::encode(self.root),
            hex::encode(self.previous),
            self.key
        )
    }

    /// What the next day's statement says of this one.
    pub fn digest(&self) -> Hash {
        Sm3::digest(self.statement()).into()
    }

    /// Whether the signature is that of the key with this name over this statement. Whose key it is, is another question.
    pub fn is_signed(&self) -> bool {
        PublicKey::from_point(&self.point)
            .is_some_and(|key| key.id() == self.key && key.verify(self.statement().as_bytes(), &self.signature))
    }
}

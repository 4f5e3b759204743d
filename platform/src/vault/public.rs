//! What outsiders get: public keys with their times, and the question whether one counted on a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::file::KeyFile;
use super::sm2::{PublicKey, USER_ID};
use super::{Algorithm, KeyId, Purpose, Revoked};

/// What everybody may know about a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKeyRecord {
    /// Its name.
    pub id: KeyId,
    /// What it is for.
    pub purpose: Purpose,
    /// 1, 2, 3.
    pub version: u32,
    /// Its kind.
    pub algorithm: Algorithm,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The user id in its signatures; of a pair only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// `04 ‖ x ‖ y` in hexadecimal digits; of a pair only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// The same as PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
    /// From which day it does not count any more, and why.
    pub revoked: Option<Revoked>,
    /// When its secret was taken away for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destroyed: Option<DateTime<Utc>>,
}

impl PublicKeyRecord {
    /// The key of a pair, if the record is consistent with itself: id and point belong together.
    pub fn key(&self) -> Option<PublicKey> {
        let point = hex::decode(self.point.as_ref()?).ok()?;
        PublicKey::from_point(&point).filter(|key| key.id() == self.id)
    }
}

pub(super) fn record(file: &KeyFile) -> PublicKeyRecord {
    let key = PublicKey::from_point(&file.point);
    PublicKeyRecord {
        id: file.id,
        purpose: file.purpose.clone(),
        version: file.version,
        algorithm: file.purpose.algorithm(),
        made: file.made,
        user_id: key.as_ref().map(|_| USER_ID.to_owned()),
        point: key.as_ref().map(|key| hex::encode(key.point())),
        pem: key.as_ref().map(PublicKey::pem),
        revoked: file.revoked.clone(),
        destroyed: file.destroyed,
    }
}

/// The public keys as a file that others keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysFile {
    /// `yimen keys 1`.
    pub format: String,
    /// Those with a public part, by purpose and version.
    pub keys: Vec<PublicKeyRecord>,
}

impl KeysFile {
    /// Of all keys, those that outsiders need.
    pub fn of(keys: Vec<PublicKeyRecord>) -> Self {
        let keys = keys.into_iter().filter(|key| key.point.is_some()).collect();
        Self { format: "yimen keys 1".to_owned(), keys }
    }
}

/// The public keys somebody trusts.
#[derive(Debug, Clone, Default)]
pub struct KeyRing(BTreeMap<KeyId, PublicKeyRecord>);

/// What a ring says about a key that signed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Good,
    /// It is not in the ring, or is for something else.
    Unknown,
    /// It had been revoked by then.
    Revoked,
}

impl KeyRing {
    /// A ring of these keys; those that are not pairs or contradict themselves are left out.
    pub fn of(keys: impl IntoIterator<Item = PublicKeyRecord>) -> Self {
        Self(keys.into_iter().filter(|key| key.key().is_some()).map(|key| (key.id, key)).collect())
    }

    /// There is none in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key with this id.
    pub fn get(&self, id: KeyId) -> Option<&PublicKeyRecord> {
        self.0.get(&id)
    }

    /// Whether what this key signed on this day, for this purpose, counts.
    pub fn standing(&self, id: KeyId, purpose: &Purpose, day: NaiveDate) -> Standing {
        match self.0.get(&id) {
            Some(key) if key.purpose == *purpose => {
                let revoked = key.revoked.as_ref().is_some_and(|revoked| day >= revoked.day);
                if revoked { Standing::Revoked } else { Standing::Good }
            }
            _ => Standing::Unknown,
        }
    }
}

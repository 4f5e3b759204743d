//! Request keys: a submission that arrives twice is done once and answered twice.
//!
//! The key stands, unique, on the first journal row of the act, so keeping it costs no statement of its own.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::fault::Fault;
use crate::journal::store::row;

/// Most characters a key may have, the account's part included.
const KEY_CHARS_MAX: usize = 160;

/// One wish of one account: the page makes it when it is shown and sends it with the form, however often it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestKey(String);

impl RequestKey {
    /// Joins the account (or the listener) with the key it chose. Another account's key is another wish,
    /// so nobody learns anything by guessing keys.
    ///
    /// # Errors
    /// [`Fault::Invalid`] of field `request_key`: `required` when empty, `too-long` beyond 160 characters, `characters`
    /// for anything that is not a visible ASCII character.
    pub fn new(owner: impl fmt::Display, key: &str) -> Result<Self, Fault> {
        let whole = format!("{owner}/{key}");
        let code = if key.is_empty() {
            "required"
        } else if whole.len() > KEY_CHARS_MAX {
            "too-long"
        } else if !whole.bytes().all(|byte| byte.is_ascii_graphic()) {
            "characters"
        } else {
            return Ok(Self(whole));
        };
        Err(Fault::field("request_key", code))
    }

    /// The text in the journal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the first of the repeated requests did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAnswer {
    /// What the act was about, as its first journal row names it: usually the id of the row it made.
    pub subject: String,
    /// The act.
    pub act: String,
    /// When it was done.
    pub at: DateTime<Utc>,
}

/// What was done under this key, if anything was.
pub(crate) async fn first_answer(on: &impl ConnectionTrait, key: &RequestKey) -> Result<Option<FirstAnswer>, Fault> {
    let found = row::Entity::find().filter(row::Column::RequestKey.eq(key.as_str())).one(on).await?;
    Ok(found.map(|row| FirstAnswer { subject: row.subject, act: row.act, at: row.at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_visible_ascii() {
        assert!(RequestKey::new("account", "0190-ab").is_ok());
        for (key, code) in
            [("", "required"), (&*"x".repeat(200), "too-long"), ("a b", "characters"), ("钥匙", "characters")]
        {
            assert_eq!(RequestKey::new("account", key), Err(Fault::field("request_key", code)), "{key:?}");
        }
    }
}

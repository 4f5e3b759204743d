//! What is left to do after a commit: events to deliver and jobs that fall due. One table, one way to claim.
//!
//! A row is claimed by moving its due time to the end of a lease, in one statement; on PostgreSQL rows that another
//! worker is claiming are skipped. A worker that dies says nothing, its lease runs out and the row falls due again:
//! everything is delivered at least once. Settling names the try it belongs to, so a worker that comes back late
//! cannot settle what another has claimed since.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::db::Database;
use crate::fault::Fault;
use crate::keys::RequestKey;

mod keeper;
pub(crate) mod store;

pub use keeper::{Item, Load, Place, Trouble, give_up, hurry, item, items, loads, revive_in};

/// Longest a worker may take over one row, and so the longest a row of a dead worker waits.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Tries before a row is put among the dead letters: with the pauses below about a day.
pub const TRIES_MAX: i32 = 20;
/// First pause after a failed try; it doubles with every further one.
const PAUSE_S: i64 = 2;
const PAUSE_S_MAX: i64 = 2 * 3600;

/// Event or job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// Something happened; whoever listens is told.
    Event,
    /// Something is to be done.
    Job,
}

impl Lane {
    pub(crate) fn code(self) -> i16 {
        match self {
            Self::Event => 0,
            Self::Job => 1,
        }
    }

    /// Its word in figures and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Job => "job",
        }
    }

    pub(crate) fn from_code(code: i16) -> Self {
        if code == 0 { Self::Event } else { Self::Job }
    }
}

/// A row about to be added.
#[derive(Debug, Clone)]
pub(crate) struct NewRow {
    pub(crate) id: Uuid,
    pub(crate) lane: Lane,
    pub(crate) topic: String,
    pub(crate) subject: String,
    pub(crate) payload: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) due: DateTime<Utc>,
    pub(crate) key: Option<String>,
}

/// One event or job, as a listener or worker gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The same however often it is delivered.
    pub id: Uuid,
    /// Event or job.
    pub lane: Lane,
    /// The event's topic or the job's kind.
    pub topic: String,
    /// What it is about.
    pub subject: String,
    /// The facts as JSON text.
    pub payload: String,
    /// When it was published or scheduled.
    pub at: DateTime<Utc>,
    /// Which try this is, from 1.
    pub tries: i32,
}

impl Delivery {
    /// The facts.
    pub fn facts<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        Ok(serde_json::from_str(&self.payload)?)
    }

    /// A request key for what `listener` does about it; written with it, the deed is done once however often this is
    /// delivered. Listeners that record nothing use [`Tx::once`](crate::db::Tx::once).
    pub fn request_key(&self, listener: &str) -> Result<RequestKey, Fault> {
        RequestKey::new(listener, &self.id.to_string())
    }
}

/// A row that was tried too often. Someone has to look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadLetter {
    /// Its id.
    pub id: Uuid,
    /// Event or job.
    pub lane: Lane,
    /// Topic or kind.
    pub topic: String,
    /// What it is about.
    pub subject: String,
    /// The facts as JSON text.
    pub payload: String,
    /// When it was published or scheduled.
    pub at: DateTime<Utc>,
    /// When it was given up.
    pub died: DateTime<Utc>,
    /// What went wrong the last time, without personal data: the fault's name and its log reference.
    pub reason: String,
}

/// How long to wait after this many failed tries, before jitter.
pub(crate) fn pause(tries: i32) -> TimeDelta {
    let doubled = PAUSE_S << tries.clamp(1, 20).saturating_sub(1);
    TimeDelta::seconds(doubled.min(PAUSE_S_MAX))
}

/// Dead letters, the newest first, at most `limit`.
pub async fn dead_letters(db: &Database, limit: u32) -> Result<Vec<DeadLetter>, Fault> {
    store::dead_letters(db.reader(), limit.into()).await
}

/// Puts a dead letter back, due now, with all its tries.
///
/// # Errors
/// [`Fault::NotFound`] when there is none with this id.
pub async fn revive(db: &Database, id: Uuid) -> Result<(), Fault> {
    db.write(None, async |tx| revive_in(&tx, id).await).await
}

/// Rows waiting, due or not.
pub async fn waiting(db: &Database) -> Result<u64, Fault> {
    store::waiting(db.reader()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_two_hours_and_twenty_tries_last_about_a_day() {
        assert_eq!(pause(1), TimeDelta::seconds(2));
        assert_eq!(pause(2), TimeDelta::seconds(4));
        assert_eq!(pause(TRIES_MAX), TimeDelta::hours(2));
        let all: TimeDelta = (1..TRIES_MAX).map(pause).sum();
        assert!(all > TimeDelta::hours(12) && all < TimeDelta::hours(30), "{all}");
    }
}

//! The queue as its keeper sees it: how much waits, what failed and why. Payloads are not shown: they hold what the acts
//! were about.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Lane;
use super::store::{self, keeper};
use crate::db::{Database, Tx};
use crate::fault::Fault;

/// Where a row lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is or falls due.
    Waiting,
    /// It was tried too often.
    Dead,
}

/// How much there is of one lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Events or jobs.
    pub lane: Lane,
    /// Rows waiting, due or not.
    pub waiting: u64,
    /// Of these, due now.
    pub due: u64,
    /// Since when the longest overdue has been due.
    pub oldest_due: Option<DateTime<Utc>>,
    /// Dead letters.
    pub dead: u64,
    /// When the oldest of them died.
    pub oldest_dead: Option<DateTime<Utc>>,
}

/// One row, without its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: Uuid,
    /// Event or job.
    pub lane: Lane,
    /// Where it lies.
    pub place: Place,
    /// Topic or kind.
    pub topic: String,
    /// What it is about.
    pub subject: String,
    /// When it was published or scheduled.
    pub at: DateTime<Utc>,
    /// When it falls due, or when it died.
    pub when: DateTime<Utc>,
    /// Tries so far; of a dead letter all there were.
    pub tries: i32,
    /// Why a dead letter was given up.
    pub reason: Option<String>,
}

/// One failed try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Which try.
    pub tries: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// What went wrong, without personal data.
    pub reason: String,
}

/// How much there is, events first.
pub async fn loads(db: &Database) -> Result<Vec<Load>, Fault> {
    keeper::loads(db.reader(), db.clock().now_utc()).await
}

/// Rows of one place in the order of [`Item::when`], waiting ones from the most overdue, dead ones from the newest, after
/// one of them.
pub async fn items(
    db: &Database,
    place: Place,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Item>, Fault> {
    match place {
        Place::Waiting => keeper::waiting_items(db.reader(), after, limit).await,
        Place::Dead => keeper::dead_items(db.reader(), after, limit).await,
    }
}

/// One row and what went wrong with it, the last try first.
///
/// # Errors
/// [`Fault::NotFound`] when it has been done, or given up by its keeper.
pub async fn item(db: &Database, id: Uuid) -> Result<(Item, Vec<Trouble>), Fault> {
    let found = keeper::item(db.reader(), id).await?.ok_or(Fault::NotFound)?;
    let mut troubles = keeper::troubles(db.reader(), id).await?;
    if let (true, Some(reason)) = (troubles.is_empty(), &found.reason) {
        // It died before tries were written down one by one.
        troubles.push(Trouble { tries: found.tries, at: found.when, reason: reason.clone() });
    }
    Ok((found, troubles))
}

/// Puts a dead letter back, due now, with all its tries. As [`revive`](super::revive), within an act.
///
/// # Errors
/// [`Fault::NotFound`] when there is none with this id.
pub async fn revive_in(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    store::revive(tx.conn(), id, tx.now()).await
}

/// Makes a row that waits after a failed try due now. One that is being delivered is left alone.
///
/// # Errors
/// [`Fault::Conflict`] when there is no such row.
pub async fn hurry(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    if keeper::hurry(tx.conn(), id, tx.now()).await? { Ok(()) } else { Err(Fault::Conflict) }
}

/// Takes a dead letter away for good. Whoever does this puts it on record with a reason.
///
/// # Errors
/// [`Fault::NotFound`] when there is none with this id.
pub async fn give_up(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    if keeper::forget_dead(tx.conn(), id).await? { Ok(()) } else { Err(Fault::NotFound) }
}

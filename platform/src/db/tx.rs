//! One write transaction, as an act sees it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, NaiveDate, Utc};
use kernel::id::TypedId;
use uuid::Uuid;

use super::closing::{Closing, Waiting};
use super::{Conn, Database, Engine};
use crate::clock::china_day;
use crate::fault::Fault;
use crate::jobs::Job;
use crate::journal::JournalEntry;
use crate::keys::FirstAnswer;
use crate::outbox::OutboxEvent;
use crate::queue::{Lane, NewRow};
use crate::sealed::Sealing;
use crate::{counter, queue};

/// A write transaction, begun by [`Database::write`](super::Database::write), which also ends it.
///
/// A handle: clones mean the same transaction. Do not keep one beyond the act; then nothing is committed.
#[derive(Clone)]
pub struct Tx(pub(super) Arc<TxInner>);

pub(super) struct TxInner {
    pub(super) conn: Conn,
    pub(super) db: Database,
    pub(super) now: DateTime<Utc>,
    pub(super) buffers: Mutex<Buffers>,
}

/// What waits for the commit.
#[derive(Default)]
pub(super) struct Buffers {
    pub(super) entries: Vec<JournalEntry>,
    pub(super) rows: Vec<NewRow>,
    pub(super) closing: Vec<Waiting>,
    /// Ids made here: a chain named after one of them is new, and nobody need be asked where it stands.
    pub(super) made: HashSet<Uuid>,
}

impl Tx {
    pub(super) fn new(db: &Database) -> Self {
        let now = db.clock.now_utc();
        let conn = Conn::new(db.engine(), &db.inner.lane, db.reader.sealer().clone());
        let inner = TxInner { conn, db: db.clone(), now, buffers: Mutex::default() };
        Self(Arc::new(inner))
    }

    /// Where to send queries and statements of this transaction.
    pub fn conn(&self) -> &Conn {
        &self.0.conn
    }

    /// Which engine.
    pub fn engine(&self) -> Engine {
        self.0.db.engine()
    }

    /// The moment of this transaction; the same for everything it writes.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.now
    }

    /// The civil day in China of this transaction.
    pub fn today(&self) -> NaiveDate {
        china_day(self.0.now)
    }

    /// A new identifier.
    pub fn new_id<T: TypedId>(&self) -> T {
        T::from_uuid(self.new_uuid())
    }

    /// A new identifier for a row whose id has no type of its own.
    pub fn new_uuid(&self) -> Uuid {
        let id = self.0.db.ids.next(self.0.now);
        self.buffers().made.insert(id);
        id
    }

    /// Puts an act on the record. Written with the commit, in the order recorded; see [`crate::journal`].
    pub fn record(&self, entry: JournalEntry) {
        self.buffers().entries.push(entry);
    }

    /// Tells those who listen, after the commit; see [`crate::outbox`].
    pub fn publish(&self, event: OutboxEvent) {
        let row = NewRow {
            id: self.0.db.ids.next(self.0.now),
            lane: Lane::Event,
            topic: event.topic,
            subject: event.subject,
            payload: event.payload,
            at: self.0.now,
            due: self.0.now,
            key: None,
        };
        self.buffers().rows.push(row);
    }

    /// Leaves work for later; see [`crate::jobs`]. A job with the key of a waiting one takes its place.
    pub fn schedule(&self, job: Job) {
        let row = NewRow {
            id: self.0.db.ids.next(self.0.now),
            lane: Lane::Job,
            topic: job.kind,
            subject: job.subject,
            payload: job.payload,
            at: self.0.now,
            due: job.due.unwrap_or(self.0.now),
            key: job.key,
        };
        let mut buffers = self.buffers();
        // One statement may not touch a row twice, and the last word counts.
        buffers.rows.retain(|waiting| waiting.key.is_none() || waiting.key != row.key);
        buffers.rows.push(row);
    }

    /// Takes back work left under this key, if it has not been done. One statement, at once.
    pub async fn unschedule(&self, key: &str) -> Result<(), Fault> {
        self.buffers().rows.retain(|waiting| waiting.key.as_deref() != Some(key));
        queue::store::remove_by_key(self.conn(), key).await
    }

    /// The next number of a counter: 1, 2, 3 without gaps, because a transaction that is not committed gives its number back.
    ///
    /// Other takers of the same counter wait until this transaction ends, so take numbers last.
    pub async fn number(&self, counter: &str) -> Result<u64, Fault> {
        let taken = self.numbers(&[counter]).await?;
        taken.first().copied().ok_or_else(|| Fault::internal("a counter gave nothing"))
    }

    /// The next number of each of these counters, in their order and in one round trip; the same counter may be named
    /// more than once. As [`Tx::number`].
    pub async fn numbers(&self, counters: &[&str]) -> Result<Vec<u64>, Fault> {
        counter::take(self.conn(), counters).await
    }

    /// Marks that `listener` has handled what was delivered as `delivery`. The mark commits with the listener's own
    /// work, so hearing twice changes nothing.
    ///
    /// # Errors
    /// [`Fault::Repeated`] if it was handled before; handing that on with `?` is right, the dispatcher knows what it means.
    pub async fn once(&self, listener: &str, delivery: Uuid) -> Result<(), Fault> {
        if queue::store::mark_handled(self.conn(), listener, delivery, self.0.now).await? {
            return Ok(());
        }
        Err(Fault::Repeated(FirstAnswer { subject: delivery.to_string(), act: listener.to_owned(), at: self.0.now }))
    }

    /// A statement that may wait for the commit and travels there together with the journal: one round trip less.
    ///
    /// Only for new rows and rows already locked by this transaction, at most one statement a row, and never one whose
    /// effect is read again in the same act.
    pub fn with_commit(&self, statement: impl Into<Closing>) {
        self.buffers().closing.push(Waiting { statement: statement.into(), guarded: false });
    }

    /// As [`Tx::with_commit`], for one row that was read but not locked: the statement names the version it read
    /// (`WHERE id = … AND version = …`), and if no row fits any more, all of the act is done again from the start.
    /// The statement must not have a RETURNING of its own.
    ///
    /// An act that only reads, and leaves all its writing to this and the journal, is the cheapest there is.
    pub fn with_commit_unless_changed(&self, statement: impl Into<Closing>) {
        self.buffers().closing.push(Waiting { statement: statement.into(), guarded: true });
    }

    pub(super) fn buffers(&self) -> MutexGuard<'_, Buffers> {
        self.0.buffers.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

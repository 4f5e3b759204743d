//! The closing statement: everything that waited for the commit, in one round trip.
//!
//! A wake-up between two threads, or a trip to the server and back, costs more than the rows do. So the statements that
//! may wait, the heads of the chains, the journal rows and the queue rows travel together (see [`sql`]).
//!
//! The head of a chain is not asked for when we remember where our last commit left it: it is moved only if it still
//! stands there. When an act has begun no transaction on PostgreSQL, the closing statement is its own transaction and
//! fails as a whole if a head or a guarded row has moved. Then, and whenever there is a transaction, a head that has
//! moved is locked, asked for, and only its journal rows are sent again; a guarded row that has changed means that the
//! act is done again.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{DeleteStatement, InsertStatement, UpdateStatement};
use sea_orm::{ConnectionTrait, DbErr, RuntimeErr, sqlx};
use uuid::Uuid;

use super::tx::{Buffers, TxInner};
use super::{Conn, Database, Engine};
use crate::fault::{DATABASE_BUSY, Fault};
use crate::journal::{self, Head, JournalEntry, JournalRow};
use crate::keys::RequestKey;
use crate::queue::NewRow;

mod sql;

/// Rows in one statement; a dozen values each stay well under SQLite's 32,766.
const ROWS_MAX: usize = 400;

/// A statement that waits for the commit; see [`Tx::with_commit`](super::Tx::with_commit).
#[derive(Debug, Clone)]
pub enum Closing {
    /// Adds rows.
    Insert(InsertStatement),
    /// Changes rows.
    Update(UpdateStatement),
    /// Removes rows.
    Delete(DeleteStatement),
}

impl From<InsertStatement> for Closing {
    fn from(statement: InsertStatement) -> Self {
        Self::Insert(statement)
    }
}

impl From<UpdateStatement> for Closing {
    fn from(statement: UpdateStatement) -> Self {
        Self::Update(statement)
    }
}

impl From<DeleteStatement> for Closing {
    fn from(statement: DeleteStatement) -> Self {
        Self::Delete(statement)
    }
}

/// A statement that waits, and whether it must find its row.
pub(super) struct Waiting {
    pub(super) statement: Closing,
    pub(super) guarded: bool,
}

/// What is added to one chain.
struct Link {
    chain: Uuid,
    /// Where the chain must stand for these rows to follow.
    after: Head,
    rows: Vec<JournalRow>,
}

impl Link {
    fn new(chain: Uuid, after: Head, mut rows: Vec<JournalRow>) -> Self {
        journal::chain_up(after, &mut rows);
        Self { chain, after, rows }
    }

    fn head(&self) -> Head {
        self.rows.last().map_or(self.after, JournalRow::head)
    }
}

/// What goes in one statement.
#[derive(Default)]
struct Batch {
    closing: Vec<Waiting>,
    links: Vec<Link>,
    rows: Vec<NewRow>,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.closing.is_empty() && self.links.is_empty() && self.rows.is_empty()
    }

    fn size(&self) -> usize {
        self.rows.len() + self.links.iter().map(|link| link.rows.len()).sum::<usize>()
    }

    fn heads(&self) -> Vec<(Uuid, Head)> {
        self.links.iter().map(|link| (link.chain, link.head())).collect()
    }
}

type Heads = Vec<(Uuid, Head)>;

/// Writes what waited and commits.
pub(super) async fn commit(inner: TxInner, key: Option<&RequestKey>) -> Result<(), Fault> {
    let TxInner { conn, db, now, buffers } = inner;
    let buffers = buffers.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    let chains: HashSet<Uuid> = buffers.entries.iter().map(|entry| entry.chain).collect();
    let left_work = buffers.rows.iter().any(|row| row.due <= now);

    match write(&db, conn, buffers, now, key).await {
        Ok(heads) => {
            heads.into_iter().for_each(|(chain, head)| db.inner.heads.advance(chain, head));
            if left_work {
                db.inner.left_work.notify_one();
            }
            Ok(())
        }
        Err(fault) => {
            chains.into_iter().for_each(|chain| db.inner.heads.forget(chain));
            Err(fault)
        }
    }
}

async fn write(
    db: &Database,
    conn: Conn,
    buffers: Buffers,
    now: DateTime<Utc>,
    key: Option<&RequestKey>,
) -> Result<Heads, Fault> {
    let kept = collect(db, &conn, buffers, now, key).await;
    let batches = match kept {
        Ok(batches) => batches,
        Err(fault) => {
            conn.rollback().await;
            return Err(fault);
        }
    };
    match db.engine() {
        Engine::Sqlite => commit_to_sqlite(conn, batches).await,
        Engine::Postgres if batches.len() == 1 && !conn.is_begun().await => at_once(conn, batches).await,
        Engine::Postgres => commit_to_postgres(conn, &batches).await,
    }
}

/// Makes batches of what waited.
async fn collect(
    db: &Database,
    conn: &Conn,
    buffers: Buffers,
    now: DateTime<Utc>,
    key: Option<&RequestKey>,
) -> Result<Vec<Batch>, Fault> {
    if key.is_some() && buffers.entries.is_empty() {
        return Err(Fault::internal("an act with a request key recorded nothing, so a repetition would not be seen"));
    }
    let Buffers { entries, rows, closing, made } = buffers;
    let small = entries.len() + rows.len() <= ROWS_MAX;
    let chains = by_chain(entries, now, key)?;
    let after = heads(db, conn, chains.keys(), &made, small).await?;
    Ok(pack(closing, chains, &after, rows))
}

/// The entries as rows that still lack their place, by chain; the key stands on the first of all.
fn by_chain(
    entries: Vec<JournalEntry>,
    now: DateTime<Utc>,
    key: Option<&RequestKey>,
) -> Result<BTreeMap<Uuid, Vec<JournalRow>>, Fault> {
    let mut chains: BTreeMap<Uuid, Vec<JournalRow>> = BTreeMap::new();
    for (place, entry) in entries.into_iter().enumerate() {
        if entry.payload.len() > journal::PAYLOAD_BYTES_MAX {
            return Err(Fault::internal(format!("{} records {} bytes", entry.act, entry.payload.len())));
        }
        let key = key.filter(|_| place == 0).map(|key| key.as_str().to_owned());
        chains.entry(entry.chain).or_default().push(entry.at(now, key));
    }
    Ok(chains)
}

/// Where each chain stands: those named after an id made in this act nowhere yet; the others where we left them, if
/// guessing is allowed, or where they are found to stand. A wrong guess is found out by the closing statement. Without
/// guessing the heads are locked as well, because many rows are not to be sent twice.
async fn heads(
    db: &Database,
    conn: &Conn,
    chains: impl Iterator<Item = &Uuid>,
    made: &HashSet<Uuid>,
    guess: bool,
) -> Result<BTreeMap<Uuid, Head>, Fault> {
    let mut known = BTreeMap::new();
    let mut unknown = Vec::new();
    for chain in chains {
        if made.contains(chain) {
            known.insert(*chain, Head::START);
        } else if let Some(head) = db.inner.heads.get(*chain).filter(|_| guess) {
            known.insert(*chain, head);
        } else {
            unknown.push(*chain);
        }
    }
    known.extend(journal::store::heads(conn, &unknown, !guess).await?);
    Ok(known)
}

/// Divides the rows into statements of bearable size; nearly always one.
fn pack(
    closing: Vec<Waiting>,
    chains: BTreeMap<Uuid, Vec<JournalRow>>,
    after: &BTreeMap<Uuid, Head>,
    rows: Vec<NewRow>,
) -> Vec<Batch> {
    let mut done = Vec::new();
    let mut batch = Batch { closing, ..Batch::default() };
    for (chain, rows) in chains {
        let mut head = after.get(&chain).copied().unwrap_or(Head::START);
        let mut rest = rows.into_iter().peekable();
        while rest.peek().is_some() {
            let link = Link::new(chain, head, rest.by_ref().take(ROWS_MAX).collect());
            head = link.head();
            if batch.size() + link.rows.len() > ROWS_MAX {
                done.push(std::mem::take(&mut batch));
            }
            batch.links.push(link);
        }
    }
    for row in rows {
        if batch.size() >= ROWS_MAX {
            done.push(std::mem::take(&mut batch));
        }
        batch.rows.push(row);
    }
    done.push(batch);
    done.retain(|batch| !batch.is_empty());
    done
}

/// The closing statement as its own transaction. If it fails because something has moved, it is sent again inside
/// one, which tells what.
async fn at_once(conn: Conn, batches: Vec<Batch>) -> Result<Heads, Fault> {
    let Some(batch) = batches.first() else { return Ok(Heads::new()) };
    match conn.run_alone(sql::all_or_nothing(batch)).await {
        Ok(()) => Ok(batch.heads()),
        Err(error) if has_moved(&error) => commit_to_postgres(conn, &batches).await,
        Err(error) => Err(error.into()),
    }
}

/// A place in a chain was taken, or the closing statement failed on purpose because a head or a guarded row had moved:
/// by a division by zero on PostgreSQL, by an overflow on SQLite.
fn has_moved(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    let sqlx::Error::Database(cause) = cause.as_ref() else { return false };
    match cause.code().as_deref() {
        Some("22012") => true,
        Some("23505") => cause.constraint() == Some("platform_journal_pkey"),
        Some("1") => cause.message().contains("integer overflow"),
        Some("1555" | "2067") => cause.message().contains("platform_journal.chain"),
        _ => false,
    }
}

/// Another process may have been there since our last commit to a chain; then the act is done again.
async fn commit_to_sqlite(conn: Conn, batches: Vec<Batch>) -> Result<Heads, Fault> {
    let moved = |error: DbErr| if has_moved(&error) { busy() } else { error.into() };
    let heads = batches.iter().flat_map(Batch::heads).collect();
    let Some((last, others)) = batches.split_last() else {
        conn.commit(None).await?;
        return Ok(heads);
    };
    for batch in others {
        if let Err(error) = conn.execute_raw(sql::one_by_one(batch)).await {
            conn.rollback().await;
            return Err(moved(error));
        }
    }
    conn.commit(Some(sql::one_by_one(last))).await.map_err(moved)?;
    Ok(heads)
}

async fn commit_to_postgres(conn: Conn, batches: &[Batch]) -> Result<Heads, Fault> {
    let mut heads = Heads::new();
    for batch in batches {
        match send_to_postgres(&conn, batch).await {
            Ok(sent) => heads.extend(sent),
            Err(fault) => {
                conn.rollback().await;
                return Err(fault);
            }
        }
    }
    conn.commit(None).await?;
    Ok(heads)
}

/// Chains that stood elsewhere than we thought are locked, linked anew and sent once more.
async fn send_to_postgres(conn: &Conn, batch: &Batch) -> Result<Heads, Fault> {
    let stood = stood(conn, batch).await?;
    let mut heads = batch.heads();
    if stood.iter().all(|stood| *stood) {
        return Ok(heads);
    }
    let moved: Vec<&Link> = batch.links.iter().zip(stood).filter(|(_, stood)| !stood).map(|(link, _)| link).collect();
    let chains: Vec<Uuid> = moved.iter().map(|link| link.chain).collect();
    let after = journal::store::heads(conn, &chains, true).await?;
    let relinked = moved.into_iter().map(|link| {
        let head = after.get(&link.chain).copied().unwrap_or(Head::START);
        Link::new(link.chain, head, link.rows.clone())
    });
    let again = Batch { links: relinked.collect(), ..Batch::default() };
    if !self::stood(conn, &again).await?.iter().all(|stood| *stood) {
        // Somebody began the same new chain between our two statements.
        return Err(busy());
    }
    heads.retain(|(chain, _)| !chains.contains(chain));
    heads.extend(again.heads());
    Ok(heads)
}

/// Whether each chain stood where we thought, in the order of the links.
async fn stood(conn: &Conn, batch: &Batch) -> Result<Vec<bool>, Fault> {
    let answer = conn.query_one_raw(sql::telling(batch)).await?;
    let answer = answer.ok_or_else(|| Fault::internal("the closing statement answered nothing"))?;
    let touched = |place: usize| answer.try_get_by_index::<i32>(place).map(|touched| touched == 1);
    let guarded = batch.closing.iter().filter(|waiting| waiting.guarded).count();
    for place in 0..guarded {
        if !touched(place)? {
            return Err(busy());
        }
    }
    (guarded..guarded + batch.links.len()).map(|place| Ok(touched(place)?)).collect()
}

fn busy() -> Fault {
    Fault::unavailable(DATABASE_BUSY)
}

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
use uuid::Uuid;

use super::tx::{Buffers, TxInner};
use super::{Conn, Database, Engine};
use crate::fault::Fault;
use crate::journal::{self, Head, JournalEntry, JournalRow};
use crate::keys::RequestKey;
use crate::queue::NewRow;

mod send;
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
        Engine::Sqlite => send::commit_to_sqlite(conn, batches).await,
        Engine::Postgres if batches.len() == 1 && !conn.is_begun().await => send::at_once(conn, batches).await,
        Engine::Postgres => send::commit_to_postgres(conn, &batches).await,
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

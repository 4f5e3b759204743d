//! Old rows and files under the key in force: what was in clear before it was sealed, and what an older key sealed or marked.
//!
//! The work goes through the tables in small transactions, then through the files, and may be broken off anywhere: a row
//! that is done is not found again. A row that somebody changes meanwhile is left alone and taken up in the next round.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, Iterable, ModelTrait, PaginatorTrait, PrimaryKeyToColumn, QueryFilter,
    QueryOrder, QuerySelect, Value,
};
use sea_orm_migration::async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::row::{Sealed, SealedTable, open, seal, text};
use super::text::beginning;
use super::{Sealer, Sealing, mark};
use crate::db::{Database, Tx};
use crate::fault::Fault;
use crate::jobs::{Job, JobKind};
use crate::journal::{JournalEntry, named_chain};
use crate::vault::KeyId;
use crate::world::World;

/// The kind of the job.
pub const RESEAL: &str = "platform.reseal";
/// Rows of one transaction: on SQLite the one writer is held for some ten milliseconds.
const BATCH: u64 = 200;
/// Transactions of one run of the job.
const BATCHES: u32 = 20;
/// Uploaded files, beside the names of tables.
const FILES: &str = "files";
/// Files of one run of the job: most are some hundred kilobytes.
const FILES_RUN: usize = 200;

/// All tables with sealed columns; installed in the world by the list of modules.
pub struct Tables(pub Vec<SealedTable>);

/// How far the rows of a table, or the files, are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The table, or `files`.
    pub table: &'static str,
    /// Its rows.
    pub rows: u64,
    /// Those that are in clear or under an older key.
    pub left: u64,
}

/// The keys that seal and mark now.
#[derive(Clone, Copy)]
pub(super) struct InForce {
    seal: KeyId,
    mark: KeyId,
}

impl InForce {
    fn of(sealer: &Sealer) -> Result<Self, Fault> {
        let (seal, mark) = sealer.in_force()?;
        Ok(Self { seal, mark })
    }
}

/// What a batch did: rows looked at, and the key of the last of them.
pub(super) struct Batch {
    seen: u64,
    last: Option<Vec<Value>>,
}

/// What can be done with a table without knowing its entity.
#[async_trait]
pub(super) trait Worker: Send + Sync {
    fn name(&self) -> &'static str;
    /// The next rows after a key.
    async fn batch(&self, tx: &Tx, keys: InForce, after: Option<Vec<Value>>) -> Result<Batch, Fault>;
    async fn standing(&self, db: &Database, keys: InForce) -> Result<Standing, Fault>;
    /// Rows with anything sealed or marked under this key.
    async fn uses(&self, db: &Database, key: KeyId) -> Result<u64, Fault>;
}

pub(super) struct Table<E>(PhantomData<fn() -> E>);

impl<E: Sealed> Table<E> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }

    /// The rows that have something in clear, or under another key than these.
    fn left(keys: InForce) -> Condition {
        let sealed = E::SEALED.iter().fold(Condition::any(), |any, column| {
            any.add(column.is_not_null().and(column.not_like(beginning(keys.seal) + "%")))
        });
        E::MARKED.iter().fold(sealed, |any, marked| {
            let other = marked.mark.is_null().or(marked.mark.not_like(mark::beginning(keys.mark) + "%"));
            any.add(marked.of.is_not_null().and(other))
        })
    }

    fn key(row: &E::Model) -> Vec<Value> {
        E::PrimaryKey::iter().map(|key| row.get(key.into_column())).collect()
    }

    /// The rows whose key comes after this one.
    fn after(key: &[Value]) -> Condition {
        let columns: Vec<_> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
        (0..columns.len().min(key.len())).fold(Condition::any(), |any, at| {
            let same = (0..at).fold(Condition::all(), |all, before| all.add(columns[before].eq(key[before].clone())));
            any.add(same.add(columns[at].gt(key[at].clone())))
        })
    }

    /// Writes a row sealed anew, unless somebody has changed it since it was read.
    async fn put(tx: &Tx, old: &E::Model, new: &E::Model) -> Result<(), Fault> {
        let mut update = E::update_many();
        for key in E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column) {
            update = update.filter(key.eq(old.get(key)));
        }
        for column in E::SEALED {
            update = match text(old.get(*column))? {
                Some(was) => update.filter(column.eq(was)),
                None => update.filter(column.is_null()),
            };
            update = update.col_expr(*column, Expr::value(new.get(*column)));
        }
        for marked in E::MARKED {
            update = update.col_expr(marked.mark, Expr::value(new.get(marked.mark)));
        }
        update.exec(tx.conn()).await?;
        Ok(())
    }
}

#[async_trait]
impl<E: Sealed> Worker for Table<E> {
    fn name(&self) -> &'static str {
        E::default().table_name()
    }

    async fn batch(&self, tx: &Tx, keys: InForce, after: Option<Vec<Value>>) -> Result<Batch, Fault> {
        let mut asked = E::find().filter(Self::left(keys));
        if let Some(after) = &after {
            asked = asked.filter(Self::after(after));
        }
        for key in E::PrimaryKey::iter() {
            asked = asked.order_by_asc(key.into_column());
        }
        let rows = asked.limit(BATCH).all(tx.conn()).await?;
        let last = rows.last().map(Self::key);
        let seen = rows.len() as u64;
        for old in rows {
            let mut new = open::<E>(tx.conn().sealer(), old.clone())?;
            seal::<E>(tx.conn().sealer(), &mut new)?;
            Self::put(tx, &old, &new).await?;
        }
        Ok(Batch { seen, last })
    }

    async fn standing(&self, db: &Database, keys: InForce) -> Result<Standing, Fault> {
        let rows = PaginatorTrait::count(E::find(), db.reader()).await?;
        let left = count::<E>(db.reader(), Self::left(keys)).await?;
        Ok(Standing { table: self.name(), rows, left })
    }

    async fn uses(&self, db: &Database, key: KeyId) -> Result<u64, Fault> {
        let sealed = E::SEALED.iter().fold(Condition::any(), |any, column| any.add(column.like(beginning(key) + "%")));
        let any = E::MARKED.iter().fold(sealed, |any, marked| any.add(marked.mark.like(mark::beginning(key) + "%")));
        count::<E>(db.reader(), any).await
    }
}

async fn count<E: Sealed>(on: &impl ConnectionTrait, which: Condition) -> Result<u64, Fault> {
    let number = Expr::cust("COUNT(*)");
    let found = E::find().select_only().expr_as(number, "number").filter(which).into_tuple::<i64>().one(on).await?;
    Ok(u64::try_from(found.unwrap_or_default()).unwrap_or_default())
}

/// Who does the work.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(RESEAL, |world, job| async move { run(&world, &job.payload).await })]
}

/// Where the job has got to, as its payload says: the table, and what was done so far.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
struct Progress {
    table: String,
    done: u64,
    /// The file after which to go on, once the rows are done.
    file: Option<String>,
}

/// Leaves the work to be done if any row needs it, at the start of a server and after a key was changed.
///
/// # Errors
/// [`Fault::Internal`] when the key store does not open.
pub async fn arrange(world: &World) -> Result<bool, Fault> {
    let keys = InForce::of(world.db.reader().sealer())?;
    let mut left: u64 = of_tables(world, keys).await?.iter().map(|one| one.left).sum();
    // Looking at every file is for those who ask, and for the start after a key was changed.
    if left == 0 && !world.blobs.all_under(keys.seal) {
        left = of_files(world, keys).await?.left;
    }
    if left > 0 {
        leave(world, &Progress::default()).await?;
    }
    Ok(left > 0)
}

async fn leave(world: &World, progress: &Progress) -> Result<(), Fault> {
    let job = Job::new(RESEAL, "sealed-columns").holding(&json!(progress)).keyed(RESEAL);
    world
        .db
        .write(None, async |tx| {
            tx.schedule(job.clone());
            Ok(())
        })
        .await
}

/// One run: so many batches, then the rest is left to the next one, which begins where rows or files are left.
async fn run(world: &World, payload: &str) -> Result<(), Fault> {
    let mut progress: Progress = serde_json::from_str(payload).unwrap_or_default();
    let keys = InForce::of(world.db.reader().sealer())?;
    if progress.file.is_none() && !rows(world, keys, &mut progress).await? {
        return leave(world, &progress).await;
    }
    let (done, next) = files(world, keys, progress.file.take().unwrap_or_default()).await?;
    progress.done += done;
    if next.is_some() {
        progress = Progress { table: FILES.to_owned(), file: next, ..progress };
        return leave(world, &progress).await;
    }
    // What somebody changed while it was read is still as it was; another round finds it.
    let left = of_tables(world, keys).await?.iter().map(|one| one.left).sum::<u64>();
    if left > 0 {
        return leave(world, &Progress { file: None, ..progress }).await;
    }
    // A file never changes, so one that is left is not what its address says; no further round would make it so.
    let spoilt = of_files(world, keys).await?.left;
    if spoilt > 0 {
        tracing::error!(files = spoilt, "uploaded files are not what was kept, and were left as they are");
    }
    tracing::info!(rows = progress.done, "rows and files are sealed under the key in force");
    let entry = JournalEntry::new(named_chain("keys"), "system", "platform.rows-resealed", keys.seal);
    let entry = entry.holding(&json!({ "rows": progress.done, "marks": keys.mark }));
    world
        .db
        .write(None, async |tx| {
            tx.record(entry.clone());
            Ok(())
        })
        .await
}

/// Batches of rows, so many of a run; whether all tables were gone through.
async fn rows(world: &World, keys: InForce, progress: &mut Progress) -> Result<bool, Fault> {
    let mut batches = BATCHES;
    for table in &world.part::<Tables>().0 {
        progress.table = table.name().to_owned();
        let mut after = None;
        loop {
            if batches == 0 {
                return Ok(false);
            }
            batches -= 1;
            let batch = one(world, table, keys, after).await?;
            progress.done += batch.seen;
            if batch.seen < BATCH {
                break;
            }
            after = batch.last;
        }
    }
    Ok(true)
}

/// Files of a run after this address, off the threads that answer people.
async fn files(world: &World, keys: InForce, after: String) -> Result<(u64, Option<String>), Fault> {
    let blobs = world.blobs.clone();
    let work = move || blobs.reseal(keys.seal, &after, FILES_RUN);
    tokio::task::spawn_blocking(work).await.map_err(Fault::internal)?
}

async fn one(world: &World, table: &SealedTable, keys: InForce, after: Option<Vec<Value>>) -> Result<Batch, Fault> {
    let after = &after;
    world.db.write(None, async |tx| table.0.batch(&tx, keys, after.clone()).await).await
}

/// Does all of it now, for the command line. Gives how many rows and files were sealed anew.
///
/// # Errors
/// [`Fault::Internal`] when a row does not open.
pub async fn seal_all(world: &World) -> Result<u64, Fault> {
    let tables = world.part::<Tables>();
    let keys = InForce::of(world.db.reader().sealer())?;
    let mut done = 0;
    for table in &tables.0 {
        let mut after = None;
        loop {
            let batch = one(world, table, keys, after).await?;
            done += batch.seen;
            if batch.seen < BATCH {
                break;
            }
            after = batch.last;
        }
    }
    let mut after = Some(String::new());
    while let Some(from) = after {
        let (sealed, next) = files(world, keys, from).await?;
        done += sealed;
        after = next;
    }
    Ok(done)
}

/// How far every table is, and the files.
///
/// # Errors
/// [`Fault::Internal`] when the key store does not open.
pub async fn standing(world: &World) -> Result<Vec<Standing>, Fault> {
    let keys = InForce::of(world.db.reader().sealer())?;
    let mut all = of_tables(world, keys).await?;
    all.push(of_files(world, keys).await?);
    Ok(all)
}

async fn of_files(world: &World, keys: InForce) -> Result<Standing, Fault> {
    let blobs = world.blobs.clone();
    let looked = tokio::task::spawn_blocking(move || blobs.files_left(keys.seal)).await.map_err(Fault::internal)??;
    Ok(Standing { table: FILES, rows: looked.files, left: looked.left })
}

async fn of_tables(world: &World, keys: InForce) -> Result<Vec<Standing>, Fault> {
    let mut all = Vec::new();
    for table in &world.part::<Tables>().0 {
        all.push(table.0.standing(&world.db, keys).await?);
    }
    Ok(all)
}

/// In which tables, and `files`, a key is still used, and by how many rows.
///
/// # Errors
/// [`Fault::Unavailable`] when the database is away.
pub async fn uses(world: &World, key: KeyId) -> Result<BTreeMap<&'static str, u64>, Fault> {
    let mut found = BTreeMap::new();
    for table in &world.part::<Tables>().0 {
        let rows = table.0.uses(&world.db, key).await?;
        if rows > 0 {
            found.insert(table.name(), rows);
        }
    }
    let blobs = world.blobs.clone();
    let files = tokio::task::spawn_blocking(move || blobs.files_under(key)).await.map_err(Fault::internal)??;
    if files > 0 {
        found.insert(FILES, files);
    }
    Ok(found)
}

//! Putting a backup back: files first, then everything else in one transaction, so that an interrupted restore leaves
//! the database as it was.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use kernel::id::BlobId;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, Value as Bound};
use serde_json::Value;

use super::check::{Whole, check, damaged};
use super::take::blob_part;
use super::{BackupFault, Manifest, Progress, TableLine, Tell, file_fault, tables};
use crate::blobs::Blobs;
use crate::db::Database;
use crate::fault::Fault;
use crate::migrate::{self, MigrateFault, Migrations};
use crate::presence;

/// Values in one statement at most; SQLite takes 32,766.
const VALUES_MAX: usize = 30_000;
/// Rows in one statement at most; more gains nothing.
const ROWS_MAX: usize = 500;
/// Bytes of one part after unpacking at most: more was not written by us.
const UNPACKED_MAX: u64 = 256 << 20;

/// What may be lost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target {
    /// Whatever is in the database goes.
    pub replace: bool,
    /// Rows may name files that the backup does not have.
    pub without_files: bool,
}

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What the backup held.
    pub manifest: Manifest,
    /// Migrations of this program that the backup had not seen and that were run on it, as `module/name`.
    pub migrated: Vec<String>,
}

/// Puts the backup at `path` into the database and its files into `blobs`. An older backup is restored into tables as
/// they were then, and then brought up to date.
///
/// # Errors
/// [`BackupFault`]; the database is then as it was. Files that were put into `blobs` stay: they lie under the hash of
/// their content and harm nobody.
pub async fn restore(
    db: &Database,
    blobs: &Blobs,
    path: &Path,
    modules: Vec<Migrations>,
    target: Target,
    tell: Tell<'_>,
) -> Result<Restored, BackupFault> {
    let whole = check(path, tell)?;
    let manifest = &whole.manifest;
    let sets: Vec<Migrations> = std::iter::once(Migrations::platform()).chain(modules).collect();
    let seen = seen(manifest, &sets)?;
    if let Some(first) = manifest.missing_blobs.first().filter(|_| !target.without_files) {
        return Err(BackupFault::MissingBlob { count: manifest.missing_blobs.len() as u64, first: first.clone() });
    }
    migrate::install(db).await?;
    let work = async {
        match presence::servers(db).await? {
            0 => {}
            count => return Err(BackupFault::Serving { count }),
        }
        if !target.replace {
            empty(db.schema(), &ours(db.schema(), &sets).await?).await?;
        }
        put_files(&whole, blobs, tell)?;
        let tx = db.begin_schema().await?;
        let migrated = put_rows(&tx, db.clock().now_utc(), &whole, &sets, &seen, tell).await?;
        tx.commit().await?;
        Ok::<_, BackupFault>(migrated)
    };
    let migrated = db.alone(work).await?;
    // The planner knows nothing of rows that came all at once. What it does not know costs time, never rows.
    if let Err(error) = db.schema().execute_unprepared("ANALYZE").await {
        tracing::warn!(%error, "restored, but the planner's figures could not be counted anew");
    }
    Ok(Restored { manifest: whole.manifest, migrated })
}

/// How many migrations of each set the backup had seen.
fn seen(manifest: &Manifest, sets: &[Migrations]) -> Result<Vec<usize>, BackupFault> {
    let mut by_module: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in &manifest.migrations {
        by_module.entry(&one.module).or_default().push(one.name.clone());
    }
    let program = || manifest.program.clone();
    let mut seen = Vec::with_capacity(sets.len());
    for set in sets {
        let run = by_module.remove(set.module).unwrap_or_default();
        match migrate::pending(set, &run) {
            Ok(_) => seen.push(run.len()),
            Err(MigrateFault::Newer { module, name }) => {
                return Err(BackupFault::Newer { module, name, program: program() });
            }
            Err(MigrateFault::Skipped { module, name, applied }) => {
                return Err(BackupFault::Gap { module, lacks: name, has: applied, program: program() });
            }
            Err(other) => return Err(other.into()),
        }
    }
    match by_module.into_iter().next() {
        Some((module, names)) => {
            let name = names.into_iter().next().unwrap_or_default();
            Err(BackupFault::Newer { module: module.to_owned(), name, program: program() })
        }
        None => Ok(seen),
    }
}

/// The tables that are there and belong to us, those of modules only the database knows included.
async fn ours(on: &impl ConnectionTrait, sets: &[Migrations]) -> Result<Vec<String>, BackupFault> {
    let mut modules: Vec<String> = sets.iter().map(|set| set.module.to_owned()).collect();
    modules.extend(migrate::applied_rows(on).await?.into_iter().map(|(module, ..)| module));
    let mut names = tables::names(on, &modules).await?;
    names.retain(|name| name != tables::LOCK);
    Ok(names)
}

async fn empty(on: &impl ConnectionTrait, names: &[String]) -> Result<(), BackupFault> {
    for table in names.iter().filter(|name| *name != tables::SCHEMA) {
        if tables::has_rows(on, table).await? {
            return Err(BackupFault::NotEmpty { table: table.clone() });
        }
    }
    Ok(())
}

fn put_files(whole: &Whole, blobs: &Blobs, tell: Tell<'_>) -> Result<(), BackupFault> {
    for (done, blob) in (1_u64..).zip(&whole.manifest.blobs) {
        let part = blob_part(&blob.id);
        let id = BlobId::parse(&blob.id).map_err(|fault| damaged(&part, &fault.to_string()))?;
        blobs.put_back(&id, &whole.part(&part)?).map_err(file_fault("blobs"))?;
        if done.is_multiple_of(1_000) {
            tell(Progress { what: "blobs", done });
        }
    }
    Ok(())
}

/// Tables as they were, their rows, and what has been added to the tables since.
async fn put_rows(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    whole: &Whole,
    sets: &[Migrations],
    seen: &[usize],
    tell: Tell<'_>,
) -> Result<Vec<String>, BackupFault> {
    for table in ours(tx, sets).await? {
        tx.execute_unprepared(&format!("DROP TABLE \"{table}\"")).await?;
    }
    migrate::install_on(tx).await?;
    let at = |module: &str, name: &str| {
        let found = whole.manifest.migrations.iter().find(|one| one.module == module && one.name == name);
        found.map_or(now, |one| one.at)
    };
    for (set, seen) in sets.iter().zip(seen) {
        for (place, migration) in set.list.iter().take(*seen).enumerate() {
            let at = at(set.module, migration.name());
            migrate::run_on(tx, set.module, place, migration.as_ref(), at).await?;
        }
    }
    for table in &whole.manifest.tables {
        let fits = tables::describe(tx, &table.name).await?;
        if let Some(lacking) = table.columns.iter().find(|column| !fits.columns.contains(column)) {
            let how = format!("the tables of this program have no column {} like it", lacking.name);
            return Err(BackupFault::Misfit { table: table.name.clone(), how });
        }
        // A migration may have put rows there; the backup has them too.
        tx.execute_unprepared(&format!("DELETE FROM \"{}\"", table.name)).await?;
        Filling { tx, whole, table, tell }.fill().await?;
    }
    let mut migrated = Vec::new();
    for (set, seen) in sets.iter().zip(seen) {
        for (place, migration) in set.list.iter().enumerate().skip(*seen) {
            migrate::run_on(tx, set.module, place, migration.as_ref(), now).await?;
            migrated.push(format!("{}/{}", set.module, migration.name()));
        }
    }
    Ok(migrated)
}

/// One table being filled.
struct Filling<'a> {
    tx: &'a DatabaseTransaction,
    whole: &'a Whole,
    table: &'a TableLine,
    tell: Tell<'a>,
}

/// The text that inserts so many rows; all but the last of a part are alike.
#[derive(Default)]
struct Batch {
    rows: usize,
    sql: String,
}

impl Filling<'_> {
    async fn fill(&self) -> Result<(), BackupFault> {
        let folder = format!("tables/{}/", self.table.name);
        let mut all = 0;
        for part in self.whole.manifest.parts.iter().filter(|part| part.path.starts_with(&folder)) {
            let packed = self.whole.part(&part.path)?;
            let rows = self.put_part(&part.path, &packed).await?;
            if rows != part.rows {
                return Err(damaged(&part.path, &format!("it has {rows} rows instead of {}", part.rows)));
            }
            all += rows;
            (self.tell)(Progress { what: &self.table.name, done: all });
        }
        if all != self.table.rows {
            return Err(damaged(&folder, &format!("it has {all} rows instead of {}", self.table.rows)));
        }
        Ok(())
    }

    async fn put_part(&self, path: &str, packed: &[u8]) -> Result<u64, BackupFault> {
        let lines = BufReader::new(GzDecoder::new(packed).take(UNPACKED_MAX)).lines();
        let columns = self.table.columns.len().max(1);
        let at_once = (VALUES_MAX / columns).clamp(1, ROWS_MAX) * columns;
        let (mut values, mut rows, mut batch) = (Vec::new(), 0, Batch::default());
        for line in lines {
            let line = line.map_err(|cause| damaged(path, &cause.to_string()))?;
            values.extend(self.row(&line).ok_or_else(|| damaged(path, &format!("row {} is no row", rows + 1)))?);
            rows += 1;
            if values.len() >= at_once {
                self.insert(std::mem::take(&mut values), &mut batch).await?;
            }
        }
        if !values.is_empty() {
            self.insert(values, &mut batch).await?;
        }
        Ok(rows)
    }

    fn row(&self, line: &str) -> Option<Vec<Bound>> {
        let row: Vec<Value> = serde_json::from_str(line).ok()?;
        if row.len() != self.table.columns.len() {
            return None;
        }
        row.iter().zip(&self.table.columns).map(|(value, column)| column.kind.decode(value)).collect()
    }

    async fn insert(&self, values: Vec<Bound>, batch: &mut Batch) -> Result<(), BackupFault> {
        let engine = self.tx.get_database_backend();
        let rows = values.len() / self.table.columns.len().max(1);
        if batch.rows != rows {
            *batch = Batch { rows, sql: self.statement(engine, rows) };
        }
        let done = self.tx.execute_raw(Statement::from_sql_and_values(engine, &batch.sql, values)).await;
        done.map(|_| ()).map_err(|error| self.misfit(error))
    }

    fn statement(&self, engine: DbBackend, rows: usize) -> String {
        let names: Vec<String> = self.table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let mut place = 0;
        let mut row = || {
            let values = self.table.columns.iter().map(|column| {
                place += 1;
                format!("${place}{}", column.kind.write(engine))
            });
            format!("({})", values.collect::<Vec<_>>().join(","))
        };
        let rows: Vec<String> = (0..rows).map(|_| row()).collect();
        format!("INSERT INTO \"{}\" ({}) VALUES {}", self.table.name, names.join(","), rows.join(","))
    }

    /// A lost database is told as such; anything else is about these rows.
    fn misfit(&self, error: DbErr) -> BackupFault {
        let how = error.to_string();
        match Fault::from(error) {
            fault @ Fault::Unavailable(_) => fault.into(),
            _ => BackupFault::Misfit { table: self.table.name.clone(), how },
        }
    }
}

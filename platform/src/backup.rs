//! A backup (备份) of everything while the server runs, and its way back, from either engine into either.
//!
//! The file is a tar archive that any tool can open. In its order:
//!
//! 1. `yimen-backup.json`: the format, so that another file is told at once
//! 2. `tables/NAME/000001.jsonl.gz` …: the rows of one table, a JSON array a row in the order of the manifest's columns
//! 3. `blobs/ab/cdef…`: uploaded files under the SM3 of their content
//! 4. `manifest.json`: migrations, tables, rows, and the SM3 (GB/T 32905) of every part
//! 5. `manifest.sm3`: the SM3 of the manifest; a file that ends without it was cut off
//!
//! Tables and columns are found in the database's own catalogue, so a new table needs no word here. Read in this order:
//! `tables` (what there is), `value` (one value in neutral writing), `take` (making), `check` (proving a file whole),
//! `restore` (putting it back, in one transaction).

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::migrate::MigrateFault;

mod check;
mod restore;
mod tables;
mod take;
mod value;

pub use check::{Whole, check};
pub use restore::{Restored, Target, restore};
pub use take::take;
pub use value::Kind;

/// The layout described above. A program refuses a higher one.
pub const FORMAT: u32 = 2;
const FORMAT_PART: &str = "yimen-backup.json";
const MANIFEST_PART: &str = "manifest.json";
const SEAL_PART: &str = "manifest.sm3";

/// What the first part says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Format {
    format: u32,
    /// Version of the program that wrote it.
    program: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] of the program that wrote it.
    pub format: u32,
    /// Version of that program.
    pub program: String,
    /// The engine it was taken from; of interest to people only.
    pub engine: String,
    /// The moment all of it is of.
    pub taken_at: DateTime<Utc>,
    /// Every migration that had been run, in order.
    pub migrations: Vec<AppliedMigration>,
    /// Tables by name.
    pub tables: Vec<TableLine>,
    /// Parts with rows, in the order of the file.
    pub parts: Vec<PartLine>,
    /// Uploaded files.
    pub blobs: Vec<BlobLine>,
    /// Files that rows name and that were not in the data folder, or were not what had been kept.
    pub missing_blobs: Vec<String>,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// A migration that has been run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedMigration {
    /// The module.
    pub module: String,
    /// The migration.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableLine {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the values of a row.
    pub columns: Vec<ColumnLine>,
    /// How many rows.
    pub rows: u64,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLine {
    /// Its name.
    pub name: String,
    /// How its values are written.
    pub kind: Kind,
}

/// One part with rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLine {
    /// Its path in the archive.
    pub path: String,
    /// Rows in it.
    pub rows: u64,
    /// Bytes as stored.
    pub bytes: u64,
    /// SM3 of these bytes.
    pub sm3: String,
}

/// One uploaded file, as it lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobLine {
    /// The address.
    pub id: String,
    /// Its length.
    pub bytes: u64,
    /// SM3 of these bytes. Nothing in format 1, whose files lie in clear: it is their id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
}

/// How far long work has come, for the person who waits.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// A table's name, `blobs`, or the part that is being checked.
    pub what: &'a str,
    /// Rows, files or bytes so far.
    pub done: u64,
}

/// Who is told of progress.
pub type Tell<'a> = &'a (dyn Fn(Progress<'_>) + Sync);

/// Why there is no backup, or why it was not put back. Nothing of a restore was kept.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// Servers are at work on the database.
    #[error(
        "servers at work on this database: {count}; stop them first (one that was killed counts for half a minute)"
    )]
    Serving {
        /// How many.
        count: u64,
    },
    /// The file is there already.
    #[error("{0} is there already; a backup never writes over another")]
    Exists(PathBuf),
    /// There is nothing to back up.
    #[error("the database has no tables of Yimen; there is nothing to back up")]
    Nothing,
    /// Reading or writing a file failed.
    #[error("{path}: {cause}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A column of a type that has no neutral writing.
    #[error("table {table} has a column {column} of type {said}, which a backup cannot hold")]
    Column {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// Its type.
        said: String,
    },
    /// Not written by us.
    #[error("{0} is not a backup of Yimen")]
    Foreign(PathBuf),
    /// Written by a later program in a layout this one does not know.
    #[error(
        "the backup has format {found}, this program reads up to {FORMAT}; use the program that wrote it ({program})"
    )]
    Format {
        /// Its format.
        found: u32,
        /// Version of its program.
        program: String,
    },
    /// It ends too early.
    #[error("the backup is cut off after {after}; nothing was restored")]
    Cut {
        /// The last part that is whole.
        after: String,
    },
    /// A part is not what was written.
    #[error("part {part} of the backup is damaged: {how}; nothing was restored")]
    Damaged {
        /// Its path in the archive.
        part: String,
        /// What is wrong with it.
        how: String,
    },
    /// A file that a row names is not in it.
    #[error(
        "the backup lacks {count} uploaded files that its rows name, the first is {first}; nothing was restored (--without-files accepts the loss)"
    )]
    MissingBlob {
        /// How many.
        count: u64,
        /// The first of them.
        first: String,
    },
    /// Its schema is newer than this program.
    #[error(
        "the backup is newer than this program: module {module} had migration {name}, which this program does not know; restore with the program that wrote it ({program}) or a later one"
    )]
    Newer {
        /// The module.
        module: String,
        /// The migration.
        name: String,
        /// Version of the program that wrote it.
        program: String,
    },
    /// Its migrations are not the beginning of those this program knows.
    #[error(
        "the backup was made by another line of this program: module {module} lacks migration {lacks} before {has}; restore with the program that wrote it ({program})"
    )]
    Gap {
        /// The module.
        module: String,
        /// The migration it lacks.
        lacks: String,
        /// The later one it has.
        has: String,
        /// Version of the program that wrote it.
        program: String,
    },
    /// The database has rows.
    #[error(
        "the database is not empty: {table} has rows; restore into an empty one, or say --replace to lose what is in it"
    )]
    NotEmpty {
        /// A table with rows.
        table: String,
    },
    /// A row does not fit the tables of this program.
    #[error("table {table} of the backup does not fit: {how}; nothing was restored")]
    Misfit {
        /// The table.
        table: String,
        /// What does not fit.
        how: String,
    },
    /// The migrations, or the database under them.
    #[error(transparent)]
    Migrate(#[from] MigrateFault),
    /// The database.
    #[error(transparent)]
    Database(#[from] Fault),
}

impl From<sea_orm::DbErr> for BackupFault {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

fn file_fault(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> BackupFault {
    let path = path.into();
    move |cause| BackupFault::File { path, cause }
}

//! Making a backup: one snapshot of the database, then the files its rows may name.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use futures::StreamExt;
use kernel::id::BlobId;
use sea_orm::{ConnectionTrait, DatabaseTransaction, StreamTrait};
use sm3::{Digest, Sm3};

use super::tables::{self, Table};
use super::{
    AppliedMigration, BackupFault, BlobLine, ColumnLine, FORMAT, FORMAT_PART, Format, Kind, MANIFEST_PART, Manifest,
    PartLine, Progress, SEAL_PART, TableLine, Tell, file_fault,
};
use crate::blobs::Blobs;
use crate::db::{Database, Engine};
use crate::migrate;

/// Rows are put into parts of about so many bytes before compression: what is held in memory, and what a damaged byte
/// can spoil.
const PART_BYTES: usize = 4 << 20;
/// Progress is told after so many rows.
const TOLD_ROWS: u64 = 10_000;

/// Writes a backup of everything to `path`, which must not be there yet. Servers go on working; what they commit
/// meanwhile is not in it.
///
/// # Errors
/// [`BackupFault`]; then there is no file at `path`.
pub async fn take(db: &Database, blobs: &Blobs, path: &Path, tell: Tell<'_>) -> Result<Manifest, BackupFault> {
    if path.exists() {
        return Err(BackupFault::Exists(path.to_owned()));
    }
    let arriving = PathBuf::from(format!("{}.part", path.display()));
    let outcome = match Archive::create(&arriving) {
        Ok(archive) => write(db, blobs, archive, tell).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(manifest) => {
            std::fs::rename(&arriving, path).map_err(file_fault(path))?;
            // The name is on the disk only when the folder is.
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(file_fault(folder))?;
            Ok(manifest)
        }
        Err(fault) => {
            // Half a backup is none; if it cannot be removed its name says what it is.
            let _ = std::fs::remove_file(&arriving);
            Err(fault)
        }
    }
}

async fn write(db: &Database, blobs: &Blobs, mut archive: Archive, tell: Tell<'_>) -> Result<Manifest, BackupFault> {
    let program = env!("CARGO_PKG_VERSION").to_owned();
    archive.add_json(FORMAT_PART, &Format { format: FORMAT, program: program.clone() })?;
    if !migrate::installed(db).await? {
        return Err(BackupFault::Nothing);
    }
    let snapshot = db.snapshot().await?;
    let taken_at = db.clock().now_utc();
    let migrations = applied(&snapshot).await?;
    let mut modules: Vec<String> = migrations.iter().map(|one| one.module.clone()).collect();
    modules.dedup();

    let (mut lines, mut parts, mut named) = (Vec::new(), Vec::new(), BTreeSet::new());
    for name in tables::names(&snapshot, &modules).await? {
        if name == tables::SCHEMA || name == tables::LOCK {
            continue;
        }
        let table = tables::describe(&snapshot, &name).await?;
        let mut rows = TableWriter { archive: &mut archive, parts: &mut parts, table: &table, named: &mut named };
        let rows = rows.copy(&snapshot, tell).await?;
        lines.push(TableLine { name, columns: table.columns, rows });
    }
    snapshot.commit().await?;

    let kept = archive.add_blobs(blobs, tell)?;
    let there: BTreeSet<&str> = kept.iter().map(|blob| blob.id.as_str()).collect();
    let missing_blobs = named.into_iter().filter(|id| !there.contains(id.as_str())).collect();
    let engine = match db.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let manifest = Manifest {
        format: FORMAT,
        program,
        engine: engine.to_owned(),
        taken_at,
        migrations,
        tables: lines,
        parts,
        blobs: kept,
        missing_blobs,
    };
    archive.seal(&manifest)?;
    Ok(manifest)
}

async fn applied(on: &impl ConnectionTrait) -> Result<Vec<AppliedMigration>, BackupFault> {
    let rows = migrate::applied_rows(on).await?;
    Ok(rows.into_iter().map(|(module, name, at)| AppliedMigration { module, name, at }).collect())
}

/// Whether a column holds the address of an uploaded file; one of bytes does not, whatever its name.
fn names_a_blob(column: &ColumnLine) -> bool {
    column.kind == Kind::Text && (column.name == "blob" || column.name.ends_with("_blob"))
}

/// Copies one table into the archive, part by part.
struct TableWriter<'a> {
    archive: &'a mut Archive,
    parts: &'a mut Vec<PartLine>,
    table: &'a Table,
    /// Files that rows name.
    named: &'a mut BTreeSet<String>,
}

impl TableWriter<'_> {
    async fn copy(&mut self, on: &DatabaseTransaction, tell: Tell<'_>) -> Result<u64, BackupFault> {
        let mut rows = on.stream_raw(self.table.select(ConnectionTrait::get_database_backend(on))).await?;
        let (mut buffer, mut rows_in, mut all, mut number) = (Vec::new(), 0_u64, 0_u64, 0);
        while let Some(row) = rows.next().await {
            let row = row?;
            let mut values = Vec::with_capacity(self.table.columns.len());
            for (place, column) in self.table.columns.iter().enumerate() {
                let value = column.kind.encode(&row, place)?;
                if let Some(id) = value.as_str().filter(|_| names_a_blob(column)) {
                    self.named.insert(id.to_owned());
                }
                values.push(value);
            }
            serde_json::to_writer(&mut buffer, &values).map_err(crate::Fault::from)?;
            buffer.push(b'\n');
            (rows_in, all) = (rows_in + 1, all + 1);
            if buffer.len() >= PART_BYTES {
                number += 1;
                self.flush(&mut buffer, number, rows_in)?;
                rows_in = 0;
            }
            if all.is_multiple_of(TOLD_ROWS) {
                tell(Progress { what: &self.table.name, done: all });
            }
        }
        if rows_in > 0 {
            self.flush(&mut buffer, number + 1, rows_in)?;
        }
        tell(Progress { what: &self.table.name, done: all });
        Ok(all)
    }

    fn flush(&mut self, buffer: &mut Vec<u8>, number: u32, rows: u64) -> Result<(), BackupFault> {
        let path = format!("tables/{}/{number:06}.jsonl.gz", self.table.name);
        // No file name and no time inside, so that the same rows are the same bytes.
        let mut packer = GzBuilder::new().write(Vec::new(), Compression::fast());
        let packed = packer.write_all(buffer).and_then(|()| packer.finish()).map_err(file_fault(&path))?;
        buffer.clear();
        let sm3 = hex::encode(Sm3::digest(&packed));
        self.archive.add(&path, &packed)?;
        self.parts.push(PartLine { path, rows, bytes: packed.len() as u64, sm3 });
        Ok(())
    }
}

/// The archive as it grows.
struct Archive {
    path: PathBuf,
    tar: tar::Builder<BufWriter<File>>,
}

impl Archive {
    fn create(path: &Path) -> Result<Self, BackupFault> {
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        // It holds what the database holds, so nobody else may read it.
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(file_fault(path))?;
        let tar = tar::Builder::new(BufWriter::with_capacity(1 << 20, file));
        Ok(Self { path: path.to_owned(), tar })
    }

    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), BackupFault> {
        let mut header = header(bytes.len() as u64);
        self.tar.append_data(&mut header, path, bytes).map_err(file_fault(&self.path))
    }

    fn add_json(&mut self, path: &str, value: &impl serde::Serialize) -> Result<(), BackupFault> {
        let bytes = serde_json::to_vec_pretty(value).map_err(crate::Fault::from)?;
        self.add(path, &bytes)
    }

    /// All files under their addresses. One that came after the snapshot does no harm; one that is gone, or is not what
    /// its address says, is left out: a backup with it would be refused as damaged.
    fn add_blobs(&mut self, blobs: &Blobs, tell: Tell<'_>) -> Result<Vec<BlobLine>, BackupFault> {
        let mut lines = Vec::new();
        for (id, path) in blobs.all().map_err(file_fault("blobs"))? {
            let content = match std::fs::read(&path) {
                Ok(content) => content,
                Err(cause) if cause.kind() == ErrorKind::NotFound => continue,
                Err(cause) => return Err(BackupFault::File { path, cause }),
            };
            if !BlobId::parse(&id).is_ok_and(|id| blobs.is_whole(&id, &content)) {
                tracing::error!(id, "an uploaded file is not what was kept");
                continue;
            }
            self.add(&blob_part(&id), &content)?;
            let sm3 = Some(hex::encode(Sm3::digest(&content)));
            lines.push(BlobLine { id, bytes: content.len() as u64, sm3 });
            if lines.len().is_multiple_of(1_000) {
                tell(Progress { what: "blobs", done: lines.len() as u64 });
            }
        }
        tell(Progress { what: "blobs", done: lines.len() as u64 });
        Ok(lines)
    }

    /// The manifest, its seal, and everything to the disk.
    fn seal(mut self, manifest: &Manifest) -> Result<(), BackupFault> {
        let text = serde_json::to_vec_pretty(manifest).map_err(crate::Fault::from)?;
        self.add(MANIFEST_PART, &text)?;
        self.add(SEAL_PART, hex::encode(Sm3::digest(&text)).as_bytes())?;
        let written = self.tar.into_inner().and_then(|buffer| buffer.into_inner().map_err(|fault| fault.into_error()));
        written.and_then(|file| file.sync_all()).map_err(file_fault(&self.path))
    }
}

/// Where a file lies in the archive.
pub(super) fn blob_part(id: &str) -> String {
    let (first, rest) = id.split_at(2);
    format!("blobs/{first}/{rest}")
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_mtime(0);
    header
}

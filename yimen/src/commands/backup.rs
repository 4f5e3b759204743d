//! `yimen backup` and `yimen restore`: everything in one file, and back into either engine.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use platform::backup::{self, BackupFault, Manifest, Progress, Target};
use platform::{Clock, World};

use crate::{Ending, modules, start};

/// Pause between two lines of progress; work that is shorter says nothing.
const TOLD_EVERY: Duration = Duration::from_secs(1);

/// Writes a backup. Servers go on working.
pub async fn take(file: &Path, json: bool) -> Result<Ending> {
    let config = start::configuration()?;
    start::there(&config.database_url)?;
    let world = World::open(config, Clock::System).await?;
    world.db.pending_migrations(&modules::migrations()).await.context("looking at the tables")?;
    let teller = Teller::new();
    let taken = backup::take(&world.db, &world.blobs, file, &|progress| teller.tell(progress)).await;
    world.db.close().await;
    let manifest = taken?;
    let bytes = std::fs::metadata(file).map_or(0, |about| about.len());
    if json {
        say!("{}", summary(&manifest, bytes, &[]));
    } else {
        let (tables, rows, blobs) = (manifest.tables.len(), manifest.rows(), manifest.blobs.len());
        say!("{}: {tables} tables, {rows} rows, {blobs} files, {bytes} bytes", file.display());
    }
    // The backup is as good as it can be, but somebody has to look for the files.
    for id in &manifest.missing_blobs {
        eprintln!("yimen: a row names the uploaded file {id}, which is not in the data folder as it was kept");
    }
    Ok(if manifest.missing_blobs.is_empty() { Ending::Good } else { Ending::No })
}

pub struct Order {
    pub file: PathBuf,
    pub target: Target,
    pub check: bool,
    pub json: bool,
}

/// Puts a backup back, or with `check` only reads it to its end.
pub async fn restore(order: Order) -> Result<Ending> {
    let teller = Teller::new();
    let tell = |progress: Progress<'_>| teller.tell(progress);
    if order.check {
        return told(backup::check(&order.file, &tell).map(|whole| (whole.manifest, Vec::new())), &order);
    }
    let config = start::configuration()?;
    std::fs::create_dir_all(&config.data).with_context(|| format!("creating {}", config.data.display()))?;
    let world = World::open(config, Clock::System).await?;
    let modules = modules::migrations();
    let restored = backup::restore(&world.db, &world.blobs, &order.file, modules, order.target, &tell).await;
    world.db.close().await;
    told(restored.map(|restored| (restored.manifest, restored.migrated)), &order)
}

/// What came of it. A file or a database that does not fit is the answer no; surroundings that fail are not.
fn told(outcome: Result<(Manifest, Vec<String>), BackupFault>, order: &Order) -> Result<Ending> {
    let (manifest, migrated) = match outcome {
        Ok(done) => done,
        Err(fault @ (BackupFault::File { .. } | BackupFault::Database(_) | BackupFault::Migrate(_))) => {
            return Err(fault.into());
        }
        Err(fault) => {
            eprintln!("yimen: {fault}");
            return Ok(Ending::No);
        }
    };
    let bytes = std::fs::metadata(&order.file).map_or(0, |about| about.len());
    if order.json {
        say!("{}", summary(&manifest, bytes, &migrated));
        return Ok(Ending::Good);
    }
    let what = if order.check { "whole" } else { "restored" };
    let (tables, rows, blobs) = (manifest.tables.len(), manifest.rows(), manifest.blobs.len());
    say!("{what}: {tables} tables, {rows} rows, {blobs} files, as of {}", manifest.taken_at.format("%F %T UTC"));
    for name in migrated {
        say!("migrated {name}");
    }
    Ok(Ending::Good)
}

fn summary(manifest: &Manifest, bytes: u64, migrated: &[String]) -> serde_json::Value {
    serde_json::json!({
        "format": manifest.format, "program": manifest.program, "engine": manifest.engine,
        "taken_at": manifest.taken_at, "tables": manifest.tables.len(), "rows": manifest.rows(),
        "files": manifest.blobs.len(), "missing_files": manifest.missing_blobs, "bytes": bytes, "migrated": migrated,
    })
}

/// Tells progress on standard error, once a second at most.
struct Teller(Mutex<Instant>);

impl Teller {
    fn new() -> Self {
        Self(Mutex::new(Instant::now()))
    }

    fn tell(&self, progress: Progress<'_>) {
        let mut last = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if last.elapsed() >= TOLD_EVERY {
            *last = Instant::now();
            eprintln!("  {} {}", progress.what, progress.done);
        }
    }
}

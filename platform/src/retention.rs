//! How long things about persons are kept (保存期限), and the nightly work that deletes what is over its time.
//!
//! A period is data with its source, in the `law/retention.toml` of the module whose rows it is about; the module says
//! how its rows go. Every deletion leaves a journal row that says what went, how many, and by which law, and nothing
//! about whom (个人信息保护法第十九条: 保存期限应当为实现处理目的所必要的最短时间).

use std::pin::Pin;
use std::sync::Arc;

use chrono::{DateTime, Days, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;

use crate::clock::{china_day, start_of};
use crate::db::Tx;
use crate::fault::Fault;
use crate::jobs::{Job, JobKind};
use crate::journal::{JournalEntry, named_chain};
use crate::world::World;

/// The kind of the job.
pub const RETENTION: &str = "platform.retention";
/// Rows of one transaction, and transactions of one night for each kind of row.
const BATCH: u64 = 200;
const BATCHES: u32 = 500;
/// When in the night: half past two, after the root of the day is closed.
const HOUR: TimeDelta = TimeDelta::minutes(150);

type Deleted = Pin<Box<dyn Future<Output = Result<u64, Fault>> + Send>>;

/// A kind of row that is kept for a time.
#[derive(Clone)]
pub struct Kept {
    period: Period,
    delete: Arc<dyn Fn(Tx, DateTime<Utc>, u64) -> Deleted + Send + Sync>,
}

/// One period of a module's file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// `themes.draft`
    pub what: String,
    /// Days after which a row goes.
    pub days: u32,
    /// The law it follows from.
    pub law: String,
    /// Its article.
    pub article: String,
}

#[derive(Deserialize)]
struct File {
    kept: Vec<Period>,
}

/// The periods of a module's file.
///
/// # Errors
/// What is wrong with the file; a test of the module reads it.
pub fn periods(file: &str) -> Result<Vec<Period>, String> {
    toml::from_str::<File>(file).map(|file| file.kept).map_err(|fault| fault.to_string())
}

impl Kept {
    /// The rows of this name in the file; `delete` takes away so many that were last touched before the moment, and says
    /// how many there were.
    ///
    /// # Errors
    /// What is wrong with the file, or that it does not speak of such rows.
    pub fn new<F, Fut>(file: &str, what: &str, delete: F) -> Result<Self, String>
    where
        F: Fn(Tx, DateTime<Utc>, u64) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<u64, Fault>> + Send + 'static,
    {
        let period = periods(file)?.into_iter().find(|period| period.what == what);
        let period = period.ok_or_else(|| format!("no period for {what}"))?;
        Ok(Self { period, delete: Arc::new(move |tx, before, most| Box::pin(delete(tx, before, most))) })
    }
}

/// What all modules keep for a time; installed in the world by the list of modules.
pub struct Retention(pub Vec<Kept>);

/// Who does the work.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(RETENTION, |world, _| async move { run(&world).await })]
}

/// Leaves the work for the coming night, at the start of a server.
///
/// # Errors
/// [`Fault::Unavailable`] when the database is away.
pub async fn arrange(world: &World) -> Result<(), Fault> {
    let tonight = start_of(world.clock.today()) + HOUR;
    let next = if world.clock.now_utc() < tonight { tonight } else { tonight + Days::new(1) };
    let job = Job::new(RETENTION, "rows").keyed(RETENTION).due(next);
    world
        .db
        .write(None, async |tx| {
            tx.schedule(job.clone());
            Ok(())
        })
        .await
}

async fn run(world: &World) -> Result<(), Fault> {
    for kept in &world.part::<Retention>().0 {
        let before = world.clock.now_utc() - TimeDelta::days(kept.period.days.into());
        for _ in 0..BATCHES {
            if batch(world, kept, before).await? < BATCH {
                break;
            }
        }
    }
    arrange(world).await
}

/// One transaction: the rows and what is said about their going.
async fn batch(world: &World, kept: &Kept, before: DateTime<Utc>) -> Result<u64, Fault> {
    world
        .db
        .write(None, async |tx| {
            let rows = (kept.delete)(tx.clone(), before, BATCH).await?;
            if rows > 0 {
                let Period { what, days, law, article } = &kept.period;
                let entry = JournalEntry::new(named_chain("retention"), "system", "platform.rows-deleted", what);
                let last = china_day(before);
                let said = json!({ "rows": rows, "days": days, "before": last, "law": law, "article": article });
                tx.record(entry.holding(&said));
            }
            Ok(rows)
        })
        .await
}

//! The nightly job. One waits at any time; each run does so much as fits its lease, and leaves the next.

use crate::fault::Fault;
use crate::jobs::{Job, JobKind};
use crate::vault::{self, Purpose};
use crate::world::World;

use super::{close, store};

/// The kind of the job.
pub const CLOSE_DAY: &str = "platform.close-day";
/// Pages of one run: some 100,000 chains, a few seconds.
const PAGES: u32 = 20;

/// Who does it.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(CLOSE_DAY, |world, _| async move { run(&world).await })]
}

/// Leaves the job for now, at the start of a server; another one that waits is replaced.
pub async fn arrange(world: &World) -> Result<(), Fault> {
    leave(world, Job::new(CLOSE_DAY, "journal")).await
}

async fn run(world: &World) -> Result<(), Fault> {
    let signer = vault::signer(world, &Purpose::JournalRoot).await?;
    let job = Job::new(CLOSE_DAY, "journal");
    if close::close_due(&world.db, &signer, PAGES).await? {
        return leave(world, job).await;
    }
    let day = store::open_day(world.db.reader()).await?.unwrap_or_else(|| world.clock.today());
    leave(world, job.due(close::due(day))).await
}

async fn leave(world: &World, job: Job) -> Result<(), Fault> {
    let job = job.keyed(CLOSE_DAY);
    world
        .db
        .write(None, async |tx| {
            tx.schedule(job.clone());
            Ok(())
        })
        .await
}

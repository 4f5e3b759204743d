//! `yimen bench proof`: what sealing, journal and outbox cost: the operations by themselves, and their share in whole lives.
//!
//! There is no switch that leaves them out, so the life without them is reckoned: each operation is measured alone in the
//! same run, and as often as a life does it is taken off the life's CPU time.

use std::time::Instant;

use anyhow::{Result, anyhow};
use platform::sealed::{Sealer, Sealing, Worked};
use platform::vault::gcm::SealKey;
use platform::vault::sm2::SignKey;
use platform::{Clock, JournalEntry, OutboxEvent, World, journal};
use serde_json::json;
use sm3::{Digest, Sm3};

use super::casework::Stage;
use super::{Order, measure};
use crate::start;

/// Runs of which the median counts.
const RUNS: usize = 5;
/// A value as columns hold it, and the place it is sealed for.
const VALUE: &str = "佛山市禅城区祖庙街道同安社区福宁路1号";
const PLACE: &str = "bench.value/0193a000-0000-7000-8000-000000000001";

/// Prints the figures.
pub async fn run(order: &Order) -> Result<()> {
    let world = start::world(start::configuration()?, Clock::System).await?;
    start::vault(&world).await?;
    let stage = Stage::set(&world, order).await?;
    operations()?;
    let sealer = world.db.reader().sealer().clone();
    let seal = micros(2_000, || sealer.seal(PLACE, VALUE).map(drop))?;
    let sealed = sealer.seal(PLACE, VALUE)?;
    let open = micros(2_000, || sealer.open(PLACE, sealed.clone()).map(drop))?;
    let mark = micros(2_000, || sealer.mark("bench.value", VALUE).map(drop))?;
    say!("a column: sealed in {seal:.1} us, opened in {open:.1} us, marked in {mark:.1} us");
    let row = record(&world).await?;
    say!("a journal row and an outbox event in a commit: {row:.0} us of CPU");
    lives(&world, &stage, &sealer, order.count.unwrap_or(300), [seal, open, mark, row]).await?;
    world.db.close().await;
    Ok(())
}

/// What the algorithms do in a second, on one core.
fn operations() -> Result<()> {
    let (small, piece) = (vec![7_u8; 1024], vec![7_u8; 64 * 1024]);
    let hash = micros(2_000, || {
        std::hint::black_box(Sm3::digest(&small));
        Ok::<_, platform::Fault>(())
    })?;
    say!("SM3: {:.0} hashes/s of 1 KiB, {:.0} MB/s", 1e6 / hash, 1024.0 / hash);
    let pair = SignKey::generate()?;
    let sign = micros(200, || {
        std::hint::black_box(pair.sign(&small));
        Ok::<_, platform::Fault>(())
    })?;
    let (signature, public) = (pair.sign(&small), pair.public());
    let holds = || public.verify(&small, &signature).then_some(()).ok_or_else(|| anyhow!("a signature does not hold"));
    let check = micros(200, holds)?;
    say!("SM2: {:.0} signatures/s, {:.0} checks/s", 1e6 / sign, 1e6 / check);
    let key = SealKey::generate()?;
    let seal = micros(100, || key.seal(&piece, b"").map(drop))?;
    say!("SM4-GCM: {:.0} MB/s in pieces of 64 KiB", piece.len() as f64 / seal);
    Ok(())
}

/// Microseconds of one, the median of some runs of so many.
fn micros<E: Into<anyhow::Error>>(many: u32, mut one: impl FnMut() -> Result<(), E>) -> Result<f64> {
    let mut runs = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let begun = Instant::now();
        for _ in 0..many {
            one().map_err(Into::into)?;
        }
        runs.push(begun.elapsed().as_secs_f64() * 1e6 / f64::from(many));
    }
    Ok(measure::median(runs))
}

/// CPU microseconds that one journal row and one event add to a commit.
async fn record(world: &World) -> Result<f64> {
    const MANY: u32 = 500;
    let commits = async |with: bool| {
        let before = measure::cpu();
        for _ in 0..MANY {
            let chain = uuid::Uuid::now_v7();
            world
                .db
                .write(None, async |tx| {
                    tx.number("bench/proof").await?;
                    if with {
                        let facts = json!({ "item": "food-permit-new", "words": VALUE, "name": "bench" });
                        tx.record(JournalEntry::new(chain, "bench", "bench.act", chain).holding(&facts));
                        tx.publish(OutboxEvent::new("bench.act", chain).holding(&facts));
                    }
                    Ok(())
                })
                .await?;
        }
        Ok::<f64, platform::Fault>((measure::cpu() - before).as_secs_f64() * 1e6 / f64::from(MANY))
    };
    let mut runs = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        runs.push(commits(true).await? - commits(false).await?);
    }
    Ok(measure::median(runs).max(0.0))
}

/// Whole lives, and what is left of them without.
async fn lives(world: &World, stage: &Stage, sealer: &Sealer, lives: usize, each: [f64; 4]) -> Result<()> {
    stage.live(0).await?;
    let (rows, worked) = (journal::verify(&world.db).await?.rows, sealer.worked());
    let before = measure::cpu();
    for number in 1..=lives {
        stage.live(number).await?;
    }
    let life = (measure::cpu() - before).as_secs_f64() * 1e6 / lives as f64;
    let now = sealer.worked();
    let a_life = |now: u64, before: u64| (now - before) as f64 / lives as f64;
    let Worked { sealed, opened, marked } = worked;
    let done = [
        a_life(now.sealed, sealed),
        a_life(now.opened, opened),
        a_life(now.marked, marked),
        a_life(journal::verify(&world.db).await?.rows, rows),
    ];
    let cost: f64 = done.iter().zip(each).map(|(many, each)| many * each).sum();
    let [sealed, opened, marked, rows] = done;
    say!(
        "a life: {sealed:.0} values sealed, {opened:.0} opened, {marked:.0} marked, {rows:.0} journal rows with their events"
    );
    say!(
        "a life: {:.2} CPU-ms, {:.2} of it for these; {:.2} times the life without",
        life / 1e3,
        cost / 1e3,
        life / (life - cost).max(1.0)
    );
    Ok(())
}

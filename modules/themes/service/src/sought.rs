//! What most look for today (今天大家在找). A number a day and a theme or item, and nothing else: neither who asked nor what was
//! typed is kept anywhere, so what one person looked for can be told from nothing. Fewer than [`LEAST`] are not shown.
//!
//! Counted in memory and written some seconds later in one transaction, so that looking something up never waits for the
//! database. What was counted in the seconds before the machine stops is lost, which hurts nobody.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{Days, NaiveDate};
use platform::{Fault, World};

use crate::{FindKind, store};

/// A number below this says more about a person than about the day.
pub const LEAST: i64 = 5;

/// How long counts wait in memory.
const PATIENCE: Duration = Duration::from_secs(10);
/// Days the numbers are kept, for comparison.
const KEPT_DAYS: u64 = 31;

/// Counts that are not in the database yet. A world part.
#[derive(Default)]
struct Tally(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    counts: BTreeMap<(NaiveDate, FindKind, String), i64>,
    /// Somebody is on the way to write them.
    begun: bool,
}

/// Counts that somebody looked for this and found it.
pub fn count(world: &World, kind: FindKind, id: &str) {
    let tally = world.parts.get_or_install(Tally::default);
    let mut waiting = tally.0.lock().unwrap_or_else(PoisonError::into_inner);
    *waiting.counts.entry((world.clock.today(), kind, id.to_owned())).or_default() += 1;
    if !std::mem::replace(&mut waiting.begun, true) {
        let world = world.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            if let Err(fault) = write(&world).await {
                tracing::warn!(%fault, "what was looked for could not be counted");
            }
        });
    }
}

/// Writes what was counted so far, and forgets the numbers of days long gone.
///
/// # Errors
/// Those of the database; the counts are then lost.
pub async fn write(world: &World) -> Result<(), Fault> {
    let Waiting { counts, .. } = {
        let tally = world.parts.get_or_install(Tally::default);
        let mut waiting = tally.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *waiting)
    };
    if counts.is_empty() {
        return Ok(());
    }
    let before = world.clock.today() - Days::new(KEPT_DAYS);
    world
        .db
        .write(None, async |tx| {
            let rows = counts.iter().map(|((day, kind, id), count)| (*day, kind.word().to_owned(), id.clone(), *count));
            store::sought_add(tx.conn(), rows).await?;
            store::sought_forget(tx.conn(), before).await
        })
        .await
}

/// What most look for today, most first.
///
/// # Errors
/// Those of the database.
pub async fn most(world: &World, most: usize) -> Result<Vec<(FindKind, String)>, Fault> {
    let rows = store::sought_most(world.db.reader(), world.clock.today(), LEAST, most as u64).await?;
    let read = |(kind, id, _): (String, String, i64)| Some((FindKind::of_word(&kind)?, id));
    Ok(rows.into_iter().filter_map(read).collect())
}

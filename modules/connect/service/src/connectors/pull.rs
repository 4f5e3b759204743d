//! Theirs to us: a job for each connector reads what they report, keeps it with the cursor in one transaction, and leaves the
//! job that does it. At most one job of a connector waits, and a claimed one is nobody else's: two servers do not read doubly,
//! and a row that is read twice all the same is known.

use chrono::TimeDelta;
use connect::connector::{Connector, Row, digest_text, id_of};
use connect::pause;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, Tx, World};
use sm3::{Digest, Sm3};

use super::shelf::{current, is_connected};
use super::way::{Batch, Trouble, Way};
use super::{applying, leave};
use crate::store::reading::{self, Ending};
use crate::store::report;

const PULL: &str = "connect.pull";
/// Batches of one turn; what is left comes with the next.
const BATCHES_MAX: usize = 5;
/// Longest pause after failures: a system that comes back in the morning is read in the morning.
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(10);
/// Characters of a row that are kept.
const ROW_CHARS_MAX: usize = 60_000;
/// Characters of their name of a row that are kept; a longer one is known by its hash.
const ID_CHARS_MAX: usize = 120;

/// What is no row.
const UNREADABLE: &str = "file-unreadable";

/// The job that reads one connector.
pub(super) fn job() -> JobKind {
    JobKind::new(PULL, work)
}

/// Leaves the reading of every connector that is connected; at the start of a server, and when a newer catalogue is on the
/// shelf.
///
/// # Errors
/// As [`super::ConnectorShelf::install`].
pub(crate) async fn arrange(world: &World) -> Result<(), Fault> {
    for connector in current(world)?.connectors().iter().filter(|one| one.pull.is_some() && is_connected(world, one)) {
        leave(world, &reading_of(&connector.id)).await?;
    }
    Ok(())
}

fn reading_of(connector: &str) -> Job {
    Job::new(PULL, connector).keyed(format!("{PULL}/{connector}"))
}

async fn work(world: World, job: Delivery) -> Result<(), Fault> {
    let shelf = current(&world)?;
    let connector = shelf.connector(&job.subject).filter(|one| is_connected(&world, one));
    // Taken out of the catalogue or of the configuration: nobody reads it any more.
    let Some((connector, pull)) = connector.and_then(|one| Some((one, one.pull.as_ref()?))) else { return Ok(()) };
    let outcome = read(&world, connector).await?;
    let every = TimeDelta::seconds(i64::from(pull.every));
    let outcome = &outcome;
    world
        .db
        .write(None, async |tx| {
            let ending = match outcome {
                Ok(()) => Ending::Read,
                Err(trouble) => Ending::Failed(trouble.outcome),
            };
            let failures = reading::reading_ended(tx.conn(), &connector.id, tx.now(), ending).await?;
            let wait = if failures == 0 { every } else { every.max(pause(failures).min(PAUSE_MAX)) };
            tx.schedule(reading_of(&connector.id).due(tx.now() + wait));
            Ok(())
        })
        .await
}

/// Reads batch after batch; what went wrong on their side is an outcome, a fault is ours.
async fn read(world: &World, connector: &Connector) -> Result<Result<(), Trouble>, Fault> {
    let way = match Way::open(world, connector).await {
        Ok(way) => way,
        Err(trouble) => return Ok(Err(trouble)),
    };
    for _ in 0..BATCHES_MAX {
        let known = reading::reading_find(world.db.reader(), &connector.id).await?;
        let cursor = known.and_then(|known| known.cursor);
        let batch = match way.fetch(connector, cursor.as_deref()).await {
            Ok(batch) => batch,
            Err(trouble) => return Ok(Err(trouble)),
        };
        keep(world, connector, cursor.as_deref(), &batch).await?;
        let more = batch.more;
        way.put_aside(batch.handled).await;
        if !more {
            break;
        }
    }
    Ok(Ok(()))
}

/// One row as it is kept.
struct Kept {
    id: String,
    digest: String,
    text: String,
    /// Why nothing is to be done about it.
    conflict: Option<&'static str>,
}

/// Keeps what is new of a batch, and the cursor, in one transaction.
async fn keep(world: &World, connector: &Connector, cursor: Option<&str>, batch: &Batch) -> Result<(), Fault> {
    let rows = batch.rows.iter().map(|row| kept(connector, row));
    let rubbish = batch.rubbish.iter().map(|text| {
        let digest = digest(text);
        Kept { id: format!("file:{digest}"), digest, text: text.clone(), conflict: Some(UNREADABLE) }
    });
    let read: Vec<Kept> = rows.chain(rubbish).collect();
    let ids: Vec<&str> = read.iter().map(|row| row.id.as_str()).collect();
    let known = report::known(world.db.reader(), &connector.id, &ids).await?;
    let fresh = fresh(read, known);
    let moved = batch.cursor.as_deref().filter(|next| Some(*next) != cursor);
    if fresh.is_empty() && moved.is_none() {
        return Ok(());
    }
    let fresh = &fresh;
    world
        .db
        .write(None, async |tx| {
            put(&tx, connector, fresh).await?;
            if let Some(next) = moved {
                reading::cursor_moved(tx.conn(), &connector.id, cursor, next).await?;
            }
            if fresh.iter().any(|row| row.conflict.is_none()) {
                tx.schedule(applying(&connector.id));
            }
            Ok(())
        })
        .await
}

/// What is not known yet, each row once; a known name with something else in it is a conflict from the start: what was done
/// once is not undone by sending the row again.
fn fresh(read: Vec<Kept>, mut known: Vec<(String, String)>) -> Vec<Kept> {
    let mut fresh = Vec::new();
    for mut row in read {
        if known.iter().any(|(id, digest)| *id == row.id && *digest == row.digest) {
            continue;
        }
        if known.iter().any(|(id, _)| *id == row.id) {
            row.conflict = Some("row-changed");
        }
        known.push((row.id.clone(), row.digest.clone()));
        fresh.push(row);
    }
    fresh
}

/// Adds rows, all numbers in one round trip: others who write should not wait for somebody else's system.
async fn put(tx: &Tx, connector: &Connector, fresh: &[Kept]) -> Result<(), Fault> {
    let counter = format!("connect/connector/{}", connector.id);
    let numbers = tx.numbers(&vec![counter.as_str(); fresh.len()]).await?;
    let row = |(row, number): (&Kept, u64)| {
        Ok(report::Model {
            id: tx.new_uuid(),
            connector: connector.id.clone(),
            number: i64::try_from(number).map_err(Fault::internal)?,
            theirs: row.id.clone(),
            digest: row.digest.clone(),
            row: row.text.clone(),
            read_at: tx.now(),
            case_id: None,
            applied_at: None,
            note: None,
            conflict_at: row.conflict.map(|_| tx.now()),
            conflict: row.conflict.map(str::to_owned),
            said: None,
            ours: None,
            aside_at: None,
            aside_by: None,
            aside_reason: None,
        })
    };
    let rows = fresh.iter().zip(numbers).map(row).collect::<Result<Vec<_>, Fault>>()?;
    report::report_insert(tx.conn(), rows).await
}

fn kept(connector: &Connector, row: &Row) -> Kept {
    let digest = digest(&digest_text(row));
    let own = id_of(connector, row).filter(|id| id.chars().count() <= ID_CHARS_MAX);
    // One without a name is known by what it says.
    let id = own.unwrap_or_else(|| format!("row:{digest}"));
    let text = serde_json::to_string(row).unwrap_or_default();
    let conflict = (text.chars().count() > ROW_CHARS_MAX).then_some(UNREADABLE);
    Kept { id, digest, text: text.chars().take(ROW_CHARS_MAX).collect(), conflict }
}

fn digest(text: &str) -> String {
    hex::encode(Sm3::digest(text.as_bytes()))
}

//! When the courier is called: to fetch a parcel, and to ask where it is when nothing is heard.

use chrono::{DateTime, TimeDelta, Utc};
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World};

use crate::line::{self, Wanted};
use crate::store::{Model, shipment_find};
use crate::{ShipmentId, acts};

const ORDER: &str = "courier.order";
const TRACK: &str = "courier.track";

/// Hours between two questions, and days after which only a callback can tell.
const PAUSE_H: i64 = 6;
const ASKED_DAYS: i64 = 60;

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    vec![
        JobKind::new(ORDER, |world, job| async move { order(&world, &job).await }),
        JobKind::new(TRACK, |world, job| async move { track(&world, &job).await }),
    ]
}

pub(crate) fn ordering(id: ShipmentId) -> Job {
    Job::new(ORDER, id)
}

pub(crate) fn tracking(now: DateTime<Utc>, id: ShipmentId) -> Job {
    Job::new(TRACK, id).keyed(track_key(id)).due(now + TimeDelta::hours(PAUSE_H))
}

pub(crate) fn track_key(id: ShipmentId) -> String {
    format!("{TRACK}/{id}")
}

async fn find(world: &World, job: &Delivery) -> Result<(ShipmentId, Model), Fault> {
    let id: ShipmentId = job.subject.parse().map_err(Fault::internal)?;
    let row = shipment_find(world.db.reader(), id).await?;
    Ok((id, row.ok_or_else(|| Fault::internal(format_args!("parcel {id} is gone")))?))
}

async fn order(world: &World, job: &Delivery) -> Result<(), Fault> {
    let (_, row) = find(world, job).await?;
    let contents = row.contents()?;
    let wanted = Wanted {
        number: &row.number,
        direction: &row.direction,
        sender: &row.sender,
        recipient: &row.recipient,
        phone: &row.phone,
        address: &row.address,
        contents: &contents,
        payer: &row.payer,
        notify: line::notify(world),
    };
    let tracking = line::order(world, &wanted).await?;
    acts::note_ordered(world, &row.number, &tracking).await
}

async fn track(world: &World, job: &Delivery) -> Result<(), Fault> {
    let (id, row) = find(world, job).await?;
    acts::take_scans(world, &row.number, &line::track(world, &row.number).await?).await?;
    let Some(now) = shipment_find(world.db.reader(), id).await? else { return Ok(()) };
    if !now.shipment()?.is_under_way() || world.clock.now_utc() > now.created_at + TimeDelta::days(ASKED_DAYS) {
        return Ok(());
    }
    let work = async |tx: platform::Tx| {
        tx.schedule(tracking(tx.now(), id));
        Ok(())
    };
    world.db.write(None, work).await
}

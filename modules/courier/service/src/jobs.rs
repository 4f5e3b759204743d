//! When the courier is called: to fetch a parcel, and to ask where it is when nothing is heard.

use chrono::{DateTime, TimeDelta, Utc};
use courier::{Incoming, Way};
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World};

use crate::line::{self, Fetch, Wanted};
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
    let shipment = row.shipment()?;
    let contents = row.contents()?;
    let tracking = match &shipment.incoming {
        None => line::order(world, &outgoing(world, &row, &contents)).await?,
        Some(incoming) if incoming.way == Way::PickUp => {
            line::order(world, &coming(world, (&row, incoming), &contents)).await?
        }
        Some(incoming) => {
            let own = shipment.tracking.unwrap_or_default();
            if !line::follow(world, &row.number, &own, &incoming.hall_name).await? {
                tracing::info!(number = row.number, "the courier does not know this parcel; only the hall can tell");
            }
            return Ok(());
        }
    };
    acts::note_ordered(world, &row.number, &tracking).await
}

fn outgoing<'a>(world: &World, row: &'a Model, contents: &'a [String]) -> Wanted<'a> {
    Wanted {
        number: &row.number,
        direction: &row.direction,
        sender: &row.sender,
        recipient: &row.recipient,
        phone: &row.phone,
        address: &row.address,
        contents,
        payer: &row.payer,
        notify: line::notify(world),
        fetch: None,
    }
}

/// The same the other way round: fetched at the applicant's, brought to the hall.
fn coming<'a>(world: &World, (row, incoming): (&'a Model, &'a Incoming), contents: &'a [String]) -> Wanted<'a> {
    Wanted {
        sender: &row.recipient,
        recipient: &incoming.hall_name,
        phone: &incoming.hall_phone,
        address: &incoming.hall_address,
        fetch: Some(Fetch { phone: &row.phone, address: &row.address }),
        ..outgoing(world, row, contents)
    }
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

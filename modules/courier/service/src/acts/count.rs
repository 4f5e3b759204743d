//! 收件清点: a clerk of the hall opens a parcel in somebody's presence and says what was inside. What follows for the case is
//! the affair of the module whose papers they are, in the same transaction.

use access_service::Visit;
use chrono::NaiveDate;
use courier::{COUNT, Known, Said};
use kernel::id::ApplicationId;
use platform::clock::china_day;
use platform::{Fault, JournalEntry, OutboxEvent, Tx};
use serde_json::json;

use crate::reads::resource;
use crate::store::{Model, shipment_facts, shipment_find, shipment_lock};
use crate::{COUNTED, ShipmentId, jobs};

/// A parcel that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day since which what was inside counts.
    pub received_on: NaiveDate,
    /// Lines of the papers that were inside.
    pub arrived: Vec<String>,
}

/// Whose application a parcel belongs to, for those who lock the application first.
///
/// # Errors
/// [`Fault::NotFound`] also for a parcel that was sent by the hall.
pub async fn application_of(visit: &Visit, id: ShipmentId) -> Result<ApplicationId, Fault> {
    let row = shipment_find(visit.world.db.reader(), id).await?.filter(|row| row.hall.is_some());
    let row = row.ok_or(Fault::NotFound)?;
    visit.allow(COUNT, &resource(&row))?;
    Ok(ApplicationId::from_uuid(row.application))
}

/// Puts down what was inside, in the caller's transaction.
///
/// # Errors
/// Those of [`courier::Incoming::opened`]; [`Fault::NotAllowed`] for whoever is not of that hall, [`Fault::NotFound`].
pub async fn count(tx: &Tx, visit: &Visit, id: ShipmentId, said: &Said) -> Result<Counted, Fault> {
    let row = locked(tx, visit, id).await?;
    let mut shipment = row.shipment()?;
    let signed_on = shipment.signature().map(|(_, at)| china_day(at));
    let known = Known { sent_on: china_day(row.created_at), signed_on, today: tx.today() };
    let incoming = shipment.incoming.as_mut().ok_or(Fault::NotFound)?;
    let count = incoming.opened(said, &visit.actor.name, known, tx.now())?;
    let counted = Counted { received_on: count.received_on, arrived: count.arrived.clone() };
    let note = count.note.clone();
    incoming.count = Some(count);
    let (finding, lacking) = (incoming.finding(), incoming.lacking().len());
    let facts = json!({
        "number": row.number, "arrived": counted.arrived.len(), "lacking": lacking, "received_on": counted.received_on,
        "note": note, "name": visit.actor.name,
    });
    tx.record(JournalEntry::new(row.application, &visit.actor.id, COUNTED, id).holding(&facts));
    let told = json!({
        "application": ApplicationId::from_uuid(row.application), "number": row.number, "direction": row.direction,
        "finding": finding, "received_on": counted.received_on,
    });
    tx.publish(OutboxEvent::new(COUNTED, id).holding(&told));
    tx.unschedule(&jobs::track_key(id)).await?;
    shipment_facts(tx.conn(), row.id, &shipment).await?;
    Ok(counted)
}

/// An incoming parcel under lock, if the visitor is of its hall.
pub(super) async fn locked(tx: &Tx, visit: &Visit, id: ShipmentId) -> Result<Model, Fault> {
    let found = shipment_find(tx.conn(), id).await?.filter(|row| row.hall.is_some()).ok_or(Fault::NotFound)?;
    visit.allow(COUNT, &resource(&found))?;
    shipment_lock(tx.conn(), tx.engine(), &found.number).await?.ok_or(Fault::NotFound)
}

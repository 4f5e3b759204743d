//! 物流轨迹: the courier tells where a parcel is, by itself or when asked. A signature is told on as an event, so that the
//! cases whose results are inside hear of it.

use courier::{Scan, Shipment, take};
use kernel::id::ApplicationId;
use platform::sealed::Sealing;
use platform::{Fault, JournalEntry, OutboxEvent, Tx, World};
use serde_json::json;

use crate::store::{Model, shipment_facts, shipment_lock};
use crate::{SIGNED, ShipmentId, jobs};

/// That a parcel went astray.
const TROUBLED: &str = "courier.troubled";

/// Keeps what is new; heard twice it changes nothing.
///
/// # Errors
/// [`Fault::NotFound`] for a parcel that is not ours.
pub async fn take_scans(world: &World, number: &str, scans: &[Scan]) -> Result<(), Fault> {
    let work = async |tx: platform::Tx| {
        let row = shipment_lock(tx.conn(), tx.engine(), number).await?.ok_or(Fault::NotFound)?;
        let before = row.shipment()?;
        let fresh = take(&before, scans);
        if fresh.is_empty() {
            return Ok(());
        }
        let mut after = before.clone();
        after.scans.extend(fresh);
        shipment_facts(tx.conn(), row.id, &after).await?;
        let id = ShipmentId::from_uuid(row.id);
        let application = ApplicationId::from_uuid(row.application);
        // What the hall has opened already need not be told to have come.
        let told_by_us = after.incoming.as_ref().is_some_and(|incoming| !incoming.waits());
        if let (None, Some((signer, at)), false) = (before.signature(), after.signature(), told_by_us) {
            let signer = tx.conn().sealer().seal_for_record(&format!("courier.signed/{}", row.id), signer)?;
            let facts = json!({ "number": row.number, "signer": signer, "at": at });
            tx.record(JournalEntry::new(row.application, "system", SIGNED, id).holding(&facts));
            // Who signed is asked for by whoever must know: what waits in the queue names nobody.
            let told = json!({
                "application": application, "number": row.number, "direction": row.direction, "cases": row.cases()?,
                "at": at,
            });
            tx.publish(OutboxEvent::new(SIGNED, id).holding(&told));
        }
        if after.is_troubled() && !before.is_troubled() {
            let facts = json!({ "number": row.number, "state": after.state() });
            tx.record(JournalEntry::new(row.application, "system", TROUBLED, id).holding(&facts));
            trouble(&tx, &row, &after);
        }
        if !after.is_under_way() {
            tx.unschedule(&jobs::track_key(id)).await?;
        }
        Ok(())
    };
    world.db.write(None, work).await
}

/// Tells that a parcel went astray.
pub(super) fn trouble(tx: &Tx, row: &Model, shipment: &Shipment) {
    let told = json!({
        "application": ApplicationId::from_uuid(row.application), "number": row.number, "direction": row.direction,
        "state": shipment.state(),
    });
    tx.publish(OutboxEvent::new(TROUBLED, ShipmentId::from_uuid(row.id)).holding(&told));
}

//! 没有收到: the hall says that a parcel never came, whatever the courier says. Nothing counts as handed in, and the applicant
//! is told to send again.

use access_service::Visit;
use courier::Missed;
use kernel::refusal::Refusal;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;

use super::count::locked;
use super::take_scans::trouble;
use crate::store::shipment_facts;
use crate::{ShipmentId, jobs};

/// Says so, with what was done to find it.
///
/// # Errors
/// `courier.counted` for one that was opened, `courier.miss-unexplained`; [`Fault::NotAllowed`], [`Fault::NotFound`].
pub async fn miss(visit: &Visit, key: Option<&RequestKey>, id: ShipmentId, note: &str) -> Result<(), Fault> {
    let note = note.trim();
    let work = async |tx: platform::Tx| {
        let row = locked(&tx, visit, id).await?;
        let mut shipment = row.shipment()?;
        let incoming = shipment.incoming.as_mut().ok_or(Fault::NotFound)?;
        if !incoming.waits() {
            return Err(Refusal::new("courier.counted", "look-at-count").into());
        }
        if note.is_empty() {
            return Err(Refusal::new("courier.miss-unexplained", "note-search").into());
        }
        incoming.missed = Some(Missed { at: tx.now(), by: visit.actor.name.clone(), note: note.to_owned() });
        shipment_facts(tx.conn(), row.id, &shipment).await?;
        let facts = json!({ "number": row.number, "note": note, "name": visit.actor.name });
        tx.record(JournalEntry::new(row.application, &visit.actor.id, "courier.missed", id).holding(&facts));
        trouble(&tx, &row, &shipment);
        tx.unschedule(&jobs::track_key(id)).await
    };
    match visit.write(key, work).await {
        Err(Fault::Repeated(_)) => Ok(()),
        other => other,
    }
}

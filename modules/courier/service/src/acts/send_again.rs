//! 重新寄送: what came back or was lost is sent once more, to the same address.

use access_service::Visit;
use courier::{MEND, Shipment};
use kernel::refusal::Refusal;
use platform::{Fault, RequestKey};

use super::send::{number, put};
use crate::ShipmentId;
use crate::reads::resource;
use crate::store::{Model, shipment_facts, shipment_find, shipment_lock};

/// Sends it again; the first parcel stays with what became of it.
///
/// # Errors
/// `courier.sender-sends` for one that was to come to the hall; `courier.not-troubled`; [`Fault::NotAllowed`], [`Fault::NotFound`].
pub async fn send_again(visit: &Visit, key: Option<&RequestKey>, id: ShipmentId) -> Result<(), Fault> {
    let found = shipment_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(MEND, &resource(&found))?;
    if found.hall.is_some() {
        return Err(Refusal::new("courier.sender-sends", "applicant-sends").into());
    }
    let found = &found;
    let work = async |tx: platform::Tx| {
        let row = shipment_lock(tx.conn(), tx.engine(), &found.number).await?.ok_or(Fault::NotFound)?;
        let mut shipment = row.shipment()?;
        if !shipment.is_troubled() {
            return Err(Refusal::new("courier.not-troubled", "follow-parcel").into());
        }
        let number = number(&tx, &row.region).await?;
        shipment.replaced_by = Some(number.clone());
        shipment_facts(tx.conn(), row.id, &shipment).await?;
        let again = Model {
            id: tx.new_id::<ShipmentId>().uuid(),
            facts: serde_json::to_string(&Shipment::new(number.clone()))?,
            number,
            troubled: false,
            created_at: tx.now(),
            ..row
        };
        put(&tx, again, &visit.actor.id, &visit.actor.name).await
    };
    match visit.write(key, work).await {
        Err(Fault::Repeated(_)) => Ok(()),
        other => other,
    }
}

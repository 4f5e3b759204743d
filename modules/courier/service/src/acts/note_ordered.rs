//! The courier has taken the order: its number of the parcel.

use platform::{Fault, World};

use crate::store::{shipment_facts, shipment_lock};

/// Notes it once; the first number stays.
pub(crate) async fn note_ordered(world: &World, number: &str, tracking: &str) -> Result<(), Fault> {
    let work = async |tx: platform::Tx| {
        let row = shipment_lock(tx.conn(), tx.engine(), number).await?.ok_or(Fault::NotFound)?;
        let mut shipment = row.shipment()?;
        shipment.tracking.get_or_insert_with(|| tracking.to_owned());
        shipment_facts(tx.conn(), row.id, &shipment).await
    };
    world.db.write(None, work).await
}

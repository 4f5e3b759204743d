//! 核实到账: somebody says it has been paid; the gateway is asked at once. Nobody books money by hand.

use access_service::Visit;
use fees::{CONFIRM, PAY};
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;

use crate::reads::resource;
use crate::store::order::order_find;
use crate::{OrderId, jobs};

/// Leaves the question for the next moment.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn ask_gateway(visit: &Visit, key: Option<&RequestKey>, id: OrderId) -> Result<(), Fault> {
    let row = order_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(if visit.actor.is_staff() { CONFIRM } else { PAY }, &resource(&row))?;
    let row = &row;
    let work = async |tx: platform::Tx| {
        let facts = json!({ "number": row.number, "name": visit.actor.name });
        tx.record(JournalEntry::new(row.application, &visit.actor.id, "fees.asked", id).holding(&facts));
        tx.schedule(jobs::asking_now(id));
        Ok(())
    };
    match visit.write(key, work).await {
        Err(Fault::Repeated(_)) => Ok(()),
        other => other,
    }
}

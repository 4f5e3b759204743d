//! 再发一次: what was given up or lost is sent again from the beginning. A provider that
//! may have taken it knows it by its number and brings it once; one that could not bring it is asked anew.

use access::Resource;
use access_service::Visit;
use messages::acts::SEND_AGAIN;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use uuid::Uuid;

use crate::deliver;
use crate::store::sending::{sending_anew, sending_find};

/// Sends it again.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::NotFound`]; [`Fault::Conflict`] when it is on its way or has arrived.
pub async fn send_again(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    visit.allow(SEND_AGAIN, &Resource::of("sendings"))?;
    visit
        .write(key, async |tx| {
            let row = sending_find(tx.conn(), id).await?.ok_or(Fault::NotFound)?;
            let is_over = row.given_up_at.is_some() || row.arrived == Some(false);
            if !is_over || row.arrived == Some(true) {
                return Err(Fault::Conflict);
            }
            sending_anew(tx.conn(), &row, tx.now()).await?;
            tx.schedule(deliver::send(id, None));
            let facts = serde_json::json!({ "channel": row.channel, "fault": row.fault, "tries": row.tries });
            let entry = JournalEntry::new(named_chain("operations"), &visit.actor.id, SEND_AGAIN.name(), id);
            tx.record(entry.holding(&facts));
            Ok(())
        })
        .await
}

//! 重推: what was sent from a number on is sent again, under the same numbers and ids, whether it was taken or not.

use access_service::Visit;
use connect::acts::REPLAY;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::resource;
use crate::deliver;
use crate::store::delivery::{delivery_anew, delivery_from};
use crate::store::subscription::subscription_find;

/// Deliveries sent again at once; more are asked for again.
pub const REPLAY_MAX: u64 = 1_000;

/// Sends them again; gives how many.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`]; [`Fault::Conflict`] while the subscription is paused.
pub async fn replay(visit: &Visit, key: Option<&RequestKey>, id: Uuid, from: i64) -> Result<u64, Fault> {
    let row = subscription_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(REPLAY, &resource(&row))?;
    if row.paused_at.is_some() {
        return Err(Fault::Conflict);
    }
    visit
        .write(key, async |tx| {
            let again = delivery_from(tx.conn(), id, from, false, REPLAY_MAX).await?;
            for one in &again {
                delivery_anew(tx.conn(), one.id).await?;
                tx.schedule(deliver::send(one.id, None));
            }
            let entry = JournalEntry::new(named_chain("access"), &visit.actor.id, REPLAY.name(), id);
            tx.record(entry.holding(&json!({ "from": from, "number": again.len() })));
            Ok(again.len() as u64)
        })
        .await
}

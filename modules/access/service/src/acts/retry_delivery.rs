//! 再试一次: an event or a job that failed is delivered again at once.

use access::acts::RETRY_DELIVERY;
use platform::fault::Fault;
use platform::journal::named_chain;
use platform::queue::{self, Place};
use platform::{JournalEntry, RequestKey};
use uuid::Uuid;

use crate::Visit;
use crate::work::work;

/// The chain on which the work of operators is recorded.
pub(super) const CHAIN: &str = "operations";

/// Tries again: a dead letter goes back into the queue with all its tries, one that waits after a failure need not wait.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::NotFound`] when it has been done meanwhile; [`Fault::Conflict`] when it is being
/// delivered just now.
pub async fn retry_delivery(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    visit.allow(RETRY_DELIVERY, &work())?;
    let (item, _) = queue::item(&visit.world.db, id).await?;
    visit
        .write(key, async |tx| {
            match item.place {
                Place::Dead => queue::revive_in(&tx, id).await?,
                Place::Waiting => queue::hurry(&tx, id).await?,
            }
            let facts = serde_json::json!({ "topic": item.topic, "tries": item.tries });
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, RETRY_DELIVERY.name(), id);
            tx.record(entry.holding(&facts));
            Ok(())
        })
        .await
}

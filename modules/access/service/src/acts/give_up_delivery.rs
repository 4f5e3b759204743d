//! 放弃: a dead letter is taken away for good, and why is on record.

use access::acts::GIVE_UP_DELIVERY;
use platform::fault::Fault;
use platform::journal::named_chain;
use platform::telemetry::mask::mask;
use platform::{JournalEntry, RequestKey, queue};
use uuid::Uuid;

use super::retry_delivery::CHAIN;
use crate::Visit;
use crate::work::work;

/// Longest reason in characters.
pub const REASON_CHARS_MAX: u32 = 200;

/// Gives a dead letter up. What it was about stays on record, its payload does not.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::Invalid`] of `reason`; [`Fault::NotFound`] when it is no dead letter (any more).
pub async fn give_up_delivery(visit: &Visit, key: Option<&RequestKey>, id: Uuid, reason: &str) -> Result<(), Fault> {
    visit.allow(GIVE_UP_DELIVERY, &work())?;
    let reason = Fault::words("reason", reason, REASON_CHARS_MAX)?;
    let (item, troubles) = queue::item(&visit.world.db, id).await?;
    let facts = serde_json::json!({
        "topic": item.topic, "subject": item.subject, "reason": mask(reason), "tries": item.tries,
        "trouble": troubles.first().map(|trouble| &trouble.reason),
    });
    let facts = &facts;
    visit
        .write(key, async |tx| {
            queue::give_up(&tx, id).await?;
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, GIVE_UP_DELIVERY.name(), id);
            tx.record(entry.holding(facts));
            Ok(())
        })
        .await
}

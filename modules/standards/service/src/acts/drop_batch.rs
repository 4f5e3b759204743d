//! 作废导入: a file that was brought in is not published. It stays readable.

use access_service::Visit;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::acts::BRING_IN;
use uuid::Uuid;

use super::{CHAIN, own_batch, settled};
use crate::store::batch::batch_drop;

/// Drops it.
///
/// # Errors
/// Refusal `standards.batch-settled` when it is published or dropped already; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn drop_batch(visit: &Visit, key: Option<&RequestKey>, batch: Uuid) -> Result<(), Fault> {
    own_batch(visit, BRING_IN, batch).await?;
    visit
        .write(key, async |tx| {
            if !batch_drop(tx.conn(), batch, tx.now()).await? {
                return Err(settled());
            }
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, BRING_IN.name(), batch);
            tx.record(entry.holding(&json!({ "what": "dropped" })));
            Ok(())
        })
        .await
}

//! 作废导入: a file that was brought in is not published. It stays readable.

use access_service::Visit;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::acts::BRING_IN;
use uuid::Uuid;

use super::{CHAIN, settled, whose_files};
use crate::store::batch::{batch_drop, batch_find};

/// Drops it.
///
/// # Errors
/// Refusal `standards.batch-settled` when it is published or dropped already; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn drop_batch(visit: &Visit, key: Option<&RequestKey>, batch: Uuid) -> Result<(), Fault> {
    let own = whose_files(visit, BRING_IN)?;
    let line = batch_find(visit.world.db.reader(), batch).await?.filter(|line| line.is_of(own.as_deref()));
    line.ok_or(Fault::NotFound)?;
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

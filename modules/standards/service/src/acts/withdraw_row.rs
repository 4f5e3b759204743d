//! 移出清单: a row is no longer in force from now on, for a reason that everybody can read.

use access_service::Visit;
use kernel::refusal::Refusal;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::acts::WITHDRAW_ROW;
use uuid::Uuid;

use super::{CHAIN, lists};
use crate::store::row::{Ending, WITHDRAWN, row_end, row_versions};

/// Longest reason in characters.
pub const REASON_CHARS_MAX: u32 = 200;

/// Withdraws it.
///
/// # Errors
/// [`Fault::Invalid`] of `reason`; refusals `standards.row-of-catalogue` for a row that follows an item, which is ended in
/// the catalogue, and `standards.row-ended`; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn withdraw_row(visit: &Visit, key: Option<&RequestKey>, row: Uuid, reason: &str) -> Result<(), Fault> {
    visit.allow(WITHDRAW_ROW, &lists())?;
    let versions = row_versions(visit.world.db.reader(), row).await?;
    let newest = versions.first().ok_or(Fault::NotFound)?;
    let reason = Fault::words("reason", reason, REASON_CHARS_MAX)?;
    if newest.until.is_some() {
        return Err(Refusal::new("standards.row-ended", "look-at-history").into());
    }
    if newest.batch.is_none() {
        return Err(Refusal::new("standards.row-of-catalogue", "end-item").into());
    }
    visit
        .write(key, async |tx| {
            let ending = Ending { at: tx.now(), how: WITHDRAWN, by: &visit.actor.name, reason: Some(reason) };
            if row_end(tx.conn(), &[newest.id], ending).await? != 1 {
                return Err(Fault::Conflict);
            }
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, WITHDRAW_ROW.name(), row);
            tx.record(entry.holding(&json!({ "version": newest.version, "reason": reason })));
            Ok(())
        })
        .await
}

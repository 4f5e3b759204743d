//! 搁置: a report that was not followed stays as it is, and why is kept. Nothing happens to the case.

use access_service::Visit;
use connect::acts::KEEP_CONNECTOR;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::{CHAIN, connector_resource};
use crate::connectors::current;
use crate::store::report::{report_aside, report_find};

/// Longest reason in characters.
pub const REASON_CHARS_MAX: u32 = 200;

/// Sets it aside.
///
/// # Errors
/// [`Fault::Invalid`] of `reason`; [`Fault::NotFound`], [`Fault::NotAllowed`]; [`Fault::Conflict`] when it is settled already.
pub async fn set_aside(visit: &Visit, key: Option<&RequestKey>, id: Uuid, reason: &str) -> Result<(), Fault> {
    let shelf = current(&visit.world)?;
    let row = report_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    let connector = shelf.connector(&row.connector).ok_or(Fault::NotFound)?;
    visit.allow(KEEP_CONNECTOR, &connector_resource(&shelf, connector))?;
    let reason = Fault::words("reason", reason, REASON_CHARS_MAX)?;
    let row = &row;
    visit
        .write(key, async |tx| {
            if !report_aside(tx.conn(), id, (&visit.actor.name, reason), tx.now()).await? {
                return Err(Fault::Conflict);
            }
            // The reason may name somebody and is kept sealed with the report.
            let facts = json!({ "what": "set-aside", "connector": connector.id, "conflict": row.conflict });
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, KEEP_CONNECTOR.name(), id);
            tx.record(entry.holding(&facts));
            Ok(())
        })
        .await
}

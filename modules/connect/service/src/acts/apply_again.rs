//! 再办一次: a report that was not followed is tried once more, after somebody has put our side right. Casework is asked again,
//! and may refuse again.

use access_service::Visit;
use connect::acts::KEEP_CONNECTOR;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::{CHAIN, connector_resource};
use crate::connectors::{applying, current};
use crate::store::report::{report_anew, report_find};

/// What can never be done again as it is: it could not be read, or another row had its name before.
pub(crate) const NEVER: [&str; 2] = ["file-unreadable", "row-changed"];

/// Tries it again.
///
/// # Errors
/// [`Fault::NotFound`] also when the connector is gone from the catalogue; [`Fault::NotAllowed`]; [`Fault::Conflict`] when it
/// is settled already, or can never be done.
pub async fn apply_again(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    let shelf = current(&visit.world)?;
    let row = report_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    let connector = shelf.connector(&row.connector).ok_or(Fault::NotFound)?;
    visit.allow(KEEP_CONNECTOR, &connector_resource(&shelf, connector))?;
    if row.conflict.as_deref().is_some_and(|code| NEVER.contains(&code)) {
        return Err(Fault::Conflict);
    }
    let row = &row;
    visit
        .write(key, async |tx| {
            if !report_anew(tx.conn(), id).await? {
                return Err(Fault::Conflict);
            }
            tx.schedule(applying(&connector.id));
            let facts = json!({ "what": "apply-again", "connector": connector.id, "conflict": row.conflict });
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, KEEP_CONNECTOR.name(), id);
            tx.record(entry.holding(&facts));
            Ok(())
        })
        .await
}

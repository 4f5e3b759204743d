//! 再推一次: a parcel that was given up is sent with all its tries. One that could not be filled in is filled in anew first.

use access_service::Visit;
use connect::acts::KEEP_CONNECTOR;
use kernel::refusal::Refusal;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::{CHAIN, connector_resource};
use crate::connectors::{current, mapped, sending};
use crate::store::parcel::{parcel_anew, parcel_find};

/// Sends it again.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`]; [`Fault::Conflict`] when it was not given up; `connect.still-unmapped` when a
/// column still has no value.
pub async fn send_again(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    let shelf = current(&visit.world)?;
    let row = parcel_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    let connector = shelf.connector(&row.connector).ok_or(Fault::NotFound)?;
    visit.allow(KEEP_CONNECTOR, &connector_resource(&shelf, connector))?;
    // What may have arrived is sent as it was: the same key is the same case.
    let document = match &row.document {
        Some(_) => None,
        None => match mapped(&visit.world, connector, &row).await? {
            Ok(document) => Some(serde_json::to_string(&document)?),
            Err(lacks) => {
                let column = lacks.split_once(' ').map_or("", |(_, column)| column).to_owned();
                return Err(Refusal::new("connect.still-unmapped", "mend-mapping").fact("column", column).into());
            }
        },
    };
    let document = &document;
    visit
        .write(key, async |tx| {
            if !parcel_anew(tx.conn(), id, document.as_deref()).await? {
                return Err(Fault::Conflict);
            }
            tx.schedule(sending(id, None));
            let facts = json!({ "what": "send-again", "connector": connector.id });
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, KEEP_CONNECTOR.name(), id);
            tx.record(entry.holding(&facts));
            Ok(())
        })
        .await
}

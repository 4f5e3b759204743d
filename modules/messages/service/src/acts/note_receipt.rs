//! 回执: what a provider reports about one sending, heard over its signed line.

use access::Resource;
use access_service::Visit;
use messages::acts::TELL;
use messages::{Became, Channel};
use platform::Fault;
use uuid::Uuid;

use crate::store::sending::{sending_find, sending_receipt};

/// Keeps the report. Reported twice, it is the same; that it arrived is not taken back.
///
/// # Errors
/// [`Fault::NotFound`] for what was never sent by this way, or has been asked of the provider anew since.
pub async fn note_receipt(visit: &Visit, channel: Channel, wish: &str, arrived: bool) -> Result<(), Fault> {
    visit.allow(TELL, &Resource::of("messages"))?;
    let id: Uuid = wish.split('.').next().and_then(|id| id.parse().ok()).ok_or(Fault::NotFound)?;
    visit
        .write(None, async |tx| {
            let row = sending_find(tx.conn(), id).await?.ok_or(Fault::NotFound)?;
            if row.way()? != channel || row.wish() != wish {
                return Err(Fault::NotFound);
            }
            sending_receipt(tx.conn(), id, Became { at: tx.now(), arrived }).await
        })
        .await
}

//! 暂停、恢复、试推、退订: what is done to a subscription that is there.

use access_service::Visit;
use connect::PING;
use connect::acts::KEEP_WEBHOOK;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey, Tx};
use serde_json::{Map, json};
use uuid::Uuid;

use super::resource;
use crate::deliver;
use crate::listeners::put_down;
use crate::store::delivery::delivery_from;
use crate::store::subscription::{Model, subscription_end, subscription_find, subscription_pause, subscription_resume};

/// Deliveries put back into the queue when a subscription goes on; further ones follow by replay.
const WAITING_MAX: u64 = 1_000;

/// Pauses it; what happens meanwhile waits.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn pause(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    let row = kept(visit, id).await?;
    visit
        .write(key, async |tx| {
            subscription_pause(tx.conn(), id, tx.now(), "owner").await?;
            record(&tx, visit, &row, "pause");
            Ok(())
        })
        .await
}

/// Has it go on, with what waited.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn resume(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    let row = kept(visit, id).await?;
    visit
        .write(key, async |tx| {
            subscription_resume(tx.conn(), id).await?;
            for waiting in delivery_from(tx.conn(), id, 0, true, WAITING_MAX).await? {
                tx.schedule(deliver::send(waiting.id, None));
            }
            record(&tx, visit, &row, "resume");
            Ok(())
        })
        .await
}

/// Sends something to try it out; gives the delivery.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`]; [`Fault::Conflict`] while it is paused.
pub async fn ping(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<Uuid, Fault> {
    let row = kept(visit, id).await?;
    if row.paused_at.is_some() {
        return Err(Fault::Conflict);
    }
    visit
        .write(key, async |tx| {
            let source = tx.new_uuid();
            let made = put_down(&tx, id, source, (PING, &id.to_string()), &Map::new()).await?;
            record(&tx, visit, &row, "ping");
            made.ok_or_else(|| Fault::internal("a fresh event is known already"))
        })
        .await
}

/// Ends it for good. Nothing more is sent, not even what waits.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn end(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    let row = kept(visit, id).await?;
    visit
        .write(key, async |tx| {
            subscription_end(tx.conn(), id, tx.now()).await?;
            record(&tx, visit, &row, "end");
            Ok(())
        })
        .await
}

async fn kept(visit: &Visit, id: Uuid) -> Result<Model, Fault> {
    let row = subscription_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    // Whose it is not, learns nothing of it.
    if !visit.may(KEEP_WEBHOOK, &resource(&row)) && visit.may(KEEP_WEBHOOK, &own(visit)) {
        return Err(Fault::NotFound);
    }
    visit.allow(KEEP_WEBHOOK, &resource(&row))?;
    Ok(row)
}

fn own(visit: &Visit) -> access::Resource {
    let region = visit.actor.region().unwrap_or_default();
    access::Resource::of("webhook").in_region(region).opened_by(visit.actor.id.as_str())
}

fn record(tx: &Tx, visit: &Visit, row: &Model, what: &str) {
    let entry = JournalEntry::new(named_chain("access"), &visit.actor.id, KEEP_WEBHOOK.name(), row.id);
    tx.record(entry.holding(&json!({ "what": what, "url": row.url })));
}

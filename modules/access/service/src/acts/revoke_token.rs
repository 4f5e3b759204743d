//! A token is revoked (吊销令牌): its next call is refused.

use access::acts::REVOKE_TOKEN;
use platform::fault::Fault;
use platform::{JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use crate::systems::resource;
use crate::{Visit, store};

/// Revokes it. Revoking it again changes nothing.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn revoke_token(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    let (row, system) = store::token_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(REVOKE_TOKEN, &resource(&system))?;
    if row.revoked_at.is_some() {
        return Ok(());
    }
    visit
        .write(key, async |tx| {
            store::token_revoked(tx.conn(), id, tx.now()).await?;
            let entry = JournalEntry::new(super::chain(), &visit.actor.id, REVOKE_TOKEN.name(), id);
            tx.record(entry.holding(&json!({ "system": system.name })));
            Ok(())
        })
        .await
}

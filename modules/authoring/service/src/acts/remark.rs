//! 内部讨论: something said about a revision inside the office. What was said is not changed.

use access_service::Visit;
use authoring::acts::REMARK;
use kernel::refusal::Refusal;
use platform::{Fault, JournalEntry, RequestKey};
use uuid::Uuid;

use super::{found, resource};
use crate::store::remark::{Model, remark_add, remark_count};

/// Longest remark, in characters.
pub const REMARK_CHARS_MAX: u32 = 500;
/// Most remarks about one revision.
const REMARKS_MAX: u64 = 500;

/// Says it.
///
/// # Errors
/// [`Fault::Invalid`] of `remark`; refusal `authoring.too-many-remarks`; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn remark(visit: &Visit, key: Option<&RequestKey>, id: Uuid, said: &str) -> Result<(), Fault> {
    let row = found(visit, id).await?;
    visit.allow(REMARK, &resource(&row.authority))?;
    let said = Fault::words("remark", said, REMARK_CHARS_MAX)?;
    visit
        .write(key, async |tx| {
            if remark_count(tx.conn(), id).await? >= REMARKS_MAX {
                return Err(Refusal::new("authoring.too-many-remarks", "meet").fact("max", REMARKS_MAX).into());
            }
            let remark = tx.new_uuid();
            let row =
                Model { id: remark, revision: id, said: said.to_owned(), by: visit.actor.name.clone(), at: tx.now() };
            remark_add(tx.conn(), row).await?;
            tx.record(JournalEntry::new(id, &visit.actor.id, REMARK.name(), remark));
            Ok(())
        })
        .await
}

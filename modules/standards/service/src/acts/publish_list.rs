//! 发布清单: the sound rows of a file come into force. Rows with errors stay behind and are told.

use access_service::Visit;
use catalog_service::Shelf;
use kernel::refusal::Refusal;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::acts::PUBLISH_LIST;
use standards::reading::{Known, read};
use uuid::Uuid;

use super::settle::{Arriving, settle};
use super::{CHAIN, lists, settled};
use crate::store::batch::{Counts, batch_published, batch_table};
use crate::store::row::in_force;

/// Publishes what was brought in.
///
/// # Errors
/// Refusals `standards.nothing-sound` when every row has an error or columns have no place, `standards.batch-settled`;
/// [`Fault::NotFound`], [`Fault::NotAllowed`]; [`Fault::Conflict`] when somebody else published one of the rows meanwhile.
pub async fn publish_list(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<Counts, Fault> {
    visit.allow(PUBLISH_LIST, &lists())?;
    let (sheet, mapping) = batch_table(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    let shelf = visit.world.part::<Shelf>();
    let rows = if mapping.missing(&sheet).is_empty() {
        read(&sheet, &mapping, &Known::of(shelf.catalog()))
    } else {
        Vec::new()
    };
    let left_out = rows.iter().filter(|row| !row.is_fit()).count();
    if left_out == rows.len() {
        return Err(Refusal::new("standards.nothing-sound", "mend-file").into());
    }
    let rows = &rows;
    visit
        .write(key, async |tx| {
            let in_force = in_force(tx.conn()).await?;
            let sound = rows.iter().filter(|row| row.is_fit());
            let arriving = sound.map(|one| Arriving { row: &one.row, line: i32::try_from(one.line).ok() });
            let mut counts = settle(&tx, &in_force, arriving, (Some(id), &visit.actor.name)).await?;
            counts.left_out = left_out;
            if !batch_published(tx.conn(), id, (tx.now(), &visit.actor.name), counts).await? {
                return Err(settled());
            }
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, PUBLISH_LIST.name(), id);
            let Counts { added, changed, unchanged, left_out } = counts;
            let facts = json!({ "added": added, "changed": changed, "unchanged": unchanged, "left_out": left_out });
            tx.record(entry.holding(&facts));
            Ok(counts)
        })
        .await
}

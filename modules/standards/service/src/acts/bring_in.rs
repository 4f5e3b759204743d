//! 导入: a file of an office is kept as the table it is, with a first guess at what its columns are. Nothing is published.

use access_service::Visit;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::ListKind;
use standards::acts::BRING_IN;
use standards::mapping::Mapping;
use uuid::Uuid;

use super::{CHAIN, lists, whose};
use crate::sheets;
use crate::store::batch::{Model, batch_add};

/// Longest file name kept, in characters.
const NAME_CHARS_MAX: usize = 120;

/// A file.
#[derive(Debug, Clone)]
pub struct BringIn {
    pub file: String,
    pub bytes: Vec<u8>,
    /// On which list rows are that say neither list nor type.
    pub list: ListKind,
}

/// Brings it in; gives the batch.
///
/// # Errors
/// [`Fault::Invalid`] of `file`, see [`sheets::read`]; [`Fault::NotAllowed`].
pub async fn bring_in(visit: &Visit, key: Option<&RequestKey>, order: BringIn) -> Result<Uuid, Fault> {
    let own = whose(visit, BRING_IN, lists())?;
    let sheet = sheets::read(&order.bytes)?;
    let mapping = Mapping::guess(&sheet, order.list);
    let file: String = order.file.chars().take(NAME_CHARS_MAX).collect();
    let rows = i32::try_from(sheet.rows.len()).map_err(Fault::internal)?;
    let (sheet, mapping) = (serde_json::to_string(&sheet)?, serde_json::to_string(&mapping)?);
    visit
        .write(key, async |tx| {
            let id = tx.new_uuid();
            let batch = Model {
                id,
                file: file.clone(),
                list: order.list.code().to_owned(),
                sheet: sheet.clone(),
                mapping: mapping.clone(),
                rows,
                brought_at: tx.now(),
                brought_by: visit.actor.name.clone(),
                published_at: None,
                published_by: None,
                added: None,
                changed: None,
                unchanged: None,
                left_out: None,
                dropped_at: None,
                authority: own.clone(),
            };
            batch_add(tx.conn(), batch).await?;
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, BRING_IN.name(), id);
            tx.record(entry.holding(&json!({ "file": file, "rows": rows, "list": order.list.code() })));
            Ok(id)
        })
        .await
}

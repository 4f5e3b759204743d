//! 列对应: which column of the office's table is what, said by a person.

use std::collections::BTreeMap;

use access_service::Visit;
use platform::journal::named_chain;
use platform::{Fault, FieldFault, JournalEntry, RequestKey};
use serde_json::json;
use standards::ListKind;
use standards::acts::BRING_IN;
use standards::column::Column;
use standards::mapping::Mapping;
use uuid::Uuid;

use super::{CHAIN, own_batch, settled};
use crate::store::batch::{batch_map, batch_table};

/// Says anew which column is what. `columns` holds the places that are taken, from 0; columns left out are not read.
///
/// # Errors
/// [`Fault::Invalid`] with `map-<column>`: `required` for a column that must have a place, `unknown-place` for one beyond the
/// table; refusal `standards.batch-settled`; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn map_columns(
    visit: &Visit,
    key: Option<&RequestKey>,
    batch: Uuid,
    list: ListKind,
    columns: BTreeMap<Column, usize>,
) -> Result<(), Fault> {
    own_batch(visit, BRING_IN, batch).await?;
    let (sheet, _) = batch_table(visit.world.db.reader(), batch).await?.ok_or(Fault::NotFound)?;
    let mapping = Mapping { columns, list };
    let fault = |column: Column| {
        let code = if mapping.columns.contains_key(&column) { "unknown-place" } else { "required" };
        FieldFault::new(format!("map-{}", column.code()), code)
    };
    let faults: Vec<FieldFault> = mapping.missing(&sheet).into_iter().map(fault).collect();
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    let text = serde_json::to_string(&mapping)?;
    visit
        .write(key, async |tx| {
            if !batch_map(tx.conn(), batch, list.code(), text.clone()).await? {
                return Err(settled());
            }
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, BRING_IN.name(), batch);
            tx.record(entry.holding(&json!({ "what": "mapped", "mapping": mapping })));
            Ok(())
        })
        .await
}

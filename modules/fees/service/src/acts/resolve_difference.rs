//! A difference is settled by the fee keeper, with a note that stays.

use access_service::Visit;
use fees::RESOLVE;
use kernel::refusal::Refusal;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;

use super::take_statement::CHAIN;
use crate::DifferenceId;
use crate::reads::statements;
use crate::store::difference::{Model, difference_find, difference_resolve};

/// Letters of a note at most.
const NOTE_CHARS_MAX: usize = 1_000;

/// Settle this difference.
#[derive(Debug, Clone)]
pub struct ResolveDifference {
    pub difference: DifferenceId,
    /// What was found, and what was done.
    pub note: String,
}

/// Settles it.
///
/// # Errors
/// `fees.note-missing`, `fees.difference-resolved`; [`Fault::NotAllowed`], [`Fault::NotFound`].
pub async fn resolve_difference(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: ResolveDifference,
) -> Result<(), Fault> {
    visit.allow(RESOLVE, &statements(visit)?)?;
    let note: String = order.note.trim().chars().take(NOTE_CHARS_MAX).collect();
    if note.is_empty() {
        return Err(Refusal::new("fees.note-missing", "write-note").into());
    }
    let note = &note;
    let work = async |tx: platform::Tx| {
        let row = difference_find(tx.conn(), order.difference).await?.ok_or(Fault::NotFound)?;
        let settled = Model {
            resolved_at: Some(tx.now()),
            resolved_by: Some(visit.actor.id.clone()),
            resolved_by_name: Some(visit.actor.name.clone()),
            note: Some(note.clone()),
            ..row
        };
        if !difference_resolve(tx.conn(), &settled).await? {
            return Err(Refusal::new("fees.difference-resolved", "look-again").into());
        }
        let facts = json!({ "number": settled.number, "note": note, "name": visit.actor.name });
        let entry =
            JournalEntry::new(named_chain(CHAIN), &visit.actor.id, "fees.difference-resolved", order.difference);
        tx.record(entry.holding(&facts));
        Ok(())
    };
    match visit.write(key, work).await {
        Err(Fault::Repeated(_)) => Ok(()),
        other => other,
    }
}

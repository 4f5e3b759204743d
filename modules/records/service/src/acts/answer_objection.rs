//! The data steward answers an objection.

use access::Resource;
use access_service::Visit;
use kernel::id::Uuid;
use platform::journal::{JournalEntry, named_chain};
use platform::{Fault, RequestKey};
use records::acts::ANSWER_OBJECTION;
use serde_json::json;

use super::object_to_look::words_of;
use crate::store::objection;

/// Answer this objection.
#[derive(Debug, Clone)]
pub struct AnswerObjection {
    pub objection: Uuid,
    /// What was found: the look was in order, or what follows from it.
    pub words: String,
}

/// Answers it, once; the person reads the answer beside the look.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Invalid`] of `words`; [`Fault::Conflict`] when it has an answer.
pub async fn answer_objection(visit: &Visit, key: Option<&RequestKey>, order: AnswerObjection) -> Result<(), Fault> {
    let (order, words) = (&order, words_of(&order.words)?);
    let outcome = visit
        .write(key, async |tx| {
            let found = objection::objection_find(tx.conn(), order.objection).await?.ok_or(Fault::NotFound)?;
            visit.allow(ANSWER_OBJECTION, &Resource::of("objection").in_region(&found.region))?;
            if !objection::objection_answer(tx.conn(), found.id, &words, &visit.actor.id, tx.now()).await? {
                return Err(Fault::Conflict);
            }
            let entry = JournalEntry::new(named_chain("records"), &visit.actor.id, ANSWER_OBJECTION.name(), found.id);
            tx.record(entry.holding(&json!({ "look": found.look, "name": visit.actor.name })));
            Ok(())
        })
        .await;
    match outcome {
        Err(Fault::Repeated(_)) => Ok(()),
        other => other,
    }
}

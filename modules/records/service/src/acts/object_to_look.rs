//! 异议: somebody says that a look at their record should not have been.

use access_service::Visit;
use kernel::id::Uuid;
use kernel::refusal::Refusal;
use platform::journal::{JournalEntry, named_chain};
use platform::{Fault, RequestKey};
use records::acts::OBJECT;
use records::{Purpose, Why};
use serde_json::json;

use crate::reads::find;
use crate::store::{lookup, objection};

/// Longest objection, and longest answer.
pub(super) const WORDS_CHARS_MAX: usize = 500;

/// Object to this look.
#[derive(Debug, Clone)]
pub struct ObjectToLook {
    pub look: Uuid,
    /// Why it should not have been.
    pub words: String,
}

/// Puts the objection on record for the data steward of the person's region.
///
/// # Errors
/// [`Fault::NotFound`] for looks at others; [`Fault::Invalid`] of `words`; `records.objected-before`.
pub async fn object_to_look(visit: &Visit, key: Option<&RequestKey>, order: ObjectToLook) -> Result<(), Fault> {
    let (order, words) = (&order, words_of(&order.words)?);
    let outcome = visit
        .write(key, async |tx| {
            let look = lookup::lookup_get(tx.conn(), order.look).await?.ok_or(Fault::NotFound)?;
            let person = find(tx.conn(), look.subject).await?;
            visit.allow(OBJECT, &Purpose::of(Why::OwnRecord).resource(&person)).map_err(|_| Fault::NotFound)?;
            if objection::objection_to(tx.conn(), look.id).await?.is_some() {
                return Err(Refusal::new("records.objected-before", "wait-for-steward").into());
            }
            let id = tx.new_uuid();
            let row = objection::Model {
                id,
                look: look.id,
                subject: look.subject.uuid(),
                region: person.home_region().unwrap_or_default().to_owned(),
                words: words.clone(),
                made_at: tx.now(),
                answer: None,
                answered_by: None,
                answered_at: None,
            };
            objection::objection_insert(tx.conn(), row).await?;
            let facts = json!({ "look": look.id, "subject": look.subject });
            tx.record(JournalEntry::new(named_chain("records"), &visit.actor.id, OBJECT.name(), id).holding(&facts));
            Ok(())
        })
        .await;
    match outcome {
        Err(Fault::Repeated(_)) => Ok(()),
        other => other,
    }
}

/// What was written, if it is something and not too much.
pub(super) fn words_of(words: &str) -> Result<String, Fault> {
    match words.trim() {
        "" => Err(Fault::field("words", "required")),
        long if long.chars().count() > WORDS_CHARS_MAX => Err(Fault::field("words", "too-long")),
        words => Ok(words.to_owned()),
    }
}

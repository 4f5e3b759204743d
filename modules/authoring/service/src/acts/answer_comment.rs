//! 答复意见: the office answers a comment, and says whether its words are shown (公开) once it has seen that they name nobody.

use access_service::Visit;
use authoring::acts::PUBLISH_REVISION;
use authoring::consultation::ANSWER_CHARS_MAX;
use kernel::refusal::Refusal;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::{found, resource};
use crate::store::comment::{comment_answer, comment_find};

/// An answer to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerComment {
    pub answer: String,
    /// Whether the words of the comment are shown beside it.
    pub shown: bool,
}

/// Answers it.
///
/// # Errors
/// [`Fault::Invalid`] of `answer`; refusal `authoring.settled-already` when the revision is published or withdrawn;
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn answer_comment(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    order: AnswerComment,
) -> Result<Uuid, Fault> {
    let comment = comment_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    let row = found(visit, comment.revision).await?;
    visit.allow(PUBLISH_REVISION, &resource(&row.authority))?;
    let answer = Fault::words("answer", &order.answer, ANSWER_CHARS_MAX)?;
    let facts = row.facts()?;
    if facts.withdrawn.is_some() || (facts.published.is_some() && comment.answered_at.is_some()) {
        return Err(Refusal::new("authoring.settled-already", "look-at-revision").into());
    }
    visit
        .write(key, async |tx| {
            comment_answer(tx.conn(), id, (answer, order.shown), (&visit.actor.name, tx.now())).await?;
            let entry = JournalEntry::new(row.id, &visit.actor.id, PUBLISH_REVISION.name(), id);
            tx.record(entry.holding(&json!({ "order": "answer", "shown": order.shown })));
            Ok(row.id)
        })
        .await
}

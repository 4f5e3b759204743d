//! Saving answers to the questions.

use access_service::Visit;
use kernel::id::{DraftId, SubjectId};
use platform::Fault;
use themes::Answers;
use themes::acts::EDIT_DRAFT;

use super::{Seen, open_draft, write_back};

/// Answers to keep.
#[derive(Debug, Clone)]
pub struct SaveAnswers {
    pub draft: DraftId,
    pub seen: Seen,
    /// All answers; they take the place of those kept before.
    pub answers: Answers,
    /// The organisation the matter is for, when the page asked.
    pub organisation: Option<SubjectId>,
}

/// Saves answers and gives the new version.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when another page has saved meanwhile, or the draft was submitted.
pub async fn save_answers(visit: &Visit, order: &SaveAnswers) -> Result<i32, Fault> {
    visit
        .write(None, async |tx| {
            let mut draft = open_draft(&tx, visit, EDIT_DRAFT, order.draft).await?;
            draft.answers = order.answers.clone();
            draft.organisation = order.organisation.or(draft.organisation);
            write_back(&tx, &draft, &order.seen).await
        })
        .await
}

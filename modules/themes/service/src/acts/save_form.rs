//! Saving what was typed into the form, right or wrong.

use access_service::Visit;
use kernel::id::DraftId;
use platform::Fault;
use themes::Answers;
use themes::acts::EDIT_DRAFT;

use super::{Seen, open_draft, write_back};
use crate::draft::Sheet;

/// What to keep.
#[derive(Debug, Clone)]
pub struct SaveForm {
    pub draft: DraftId,
    pub seen: Seen,
    /// The whole sheet as it now stands.
    pub form: Sheet,
    /// The answers, when the page changed one of them as well (how the results are handed over).
    pub answers: Option<Answers>,
}

/// Saves the form and gives the new version.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when another page has saved meanwhile, or the draft was submitted.
pub async fn save_form(visit: &Visit, order: &SaveForm) -> Result<i32, Fault> {
    visit
        .write(None, async |tx| {
            let mut draft = open_draft(&tx, visit, EDIT_DRAFT, order.draft).await?;
            draft.form = order.form.clone();
            if let Some(answers) = &order.answers {
                draft.answers = answers.clone();
            }
            write_back(&tx, &draft, &order.seen).await
        })
        .await
}

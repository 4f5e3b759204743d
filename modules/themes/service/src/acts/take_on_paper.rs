//! Noting at the window that a paper was handed over on paper, so that nobody need scan it first.

use access_service::Visit;
use kernel::id::DraftId;
use platform::Fault;
use themes::acts::EDIT_DRAFT;

use super::open_draft;
use crate::store::{self, Change};

/// What stands in the sheet for such a paper.
pub(crate) fn mark(slot: &str) -> String {
    format!("_on-paper.{slot}")
}

/// Notes, or takes back, that the paper of this slot was received on paper. Only of drafts opened at the window: who
/// files from home has nobody to hand a paper to.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::NotAllowed`] for a draft begun at home; [`Fault::Conflict`] when it was submitted.
pub async fn take_on_paper(visit: &Visit, draft: DraftId, slot: &str, received: bool) -> Result<(), Fault> {
    visit
        .write(None, async |tx| {
            let mut draft = open_draft(&tx, visit, EDIT_DRAFT, draft).await?;
            if !draft.is_at_window() || !visit.actor.is_staff() {
                return Err(Fault::NotAllowed);
            }
            if received {
                draft.form.keep(mark(slot), vec!["true".to_owned()]);
            } else {
                draft.form.forget(&mark(slot));
            }
            // Papers and fields do not meet, so the page's version says nothing here; the row is locked.
            let change = Change {
                answers: &draft.answers,
                form: &draft.form,
                organisation: draft.organisation,
                tab: &draft.tab,
                at: tx.now(),
            };
            if store::draft_change(tx.conn(), draft.id, draft.version, &change).await? {
                Ok(())
            } else {
                Err(Fault::Conflict)
            }
        })
        .await
}

//! One act, one file.

mod add_paper;
mod remove_paper;
mod save_answers;
mod save_form;
mod start_draft;
mod submit_draft;
mod take_on_paper;

pub(crate) use add_paper::has_room;
pub use add_paper::{AddPaper, add_paper};
pub use remove_paper::remove_paper;
pub use save_answers::{SaveAnswers, save_answers};
pub use save_form::{SaveForm, save_form};
pub use start_draft::{StartDraft, start_draft};
pub use submit_draft::{SubmitDraft, submit_draft};
pub(crate) use submit_draft::{WAY_KEY, chosen_way, way_question, way_word};
pub(crate) use take_on_paper::mark as on_paper_mark;
pub use take_on_paper::take_on_paper;

use access::Act;
use access_service::Visit;
use kernel::id::DraftId;
use platform::{Fault, Tx};

use crate::draft::Draft;
use crate::store::{self, Change};

/// The page that saves, and what it knew when it was drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Version of the draft the page shows.
    pub version: i32,
    /// The page itself, a word of its own for every drawing.
    pub tab: String,
}

/// The open draft for a change by this visit. What belongs to others does not exist; what has been submitted is shut.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when it has been submitted meanwhile.
async fn open_draft(tx: &Tx, visit: &Visit, act: Act, id: DraftId) -> Result<Draft, Fault> {
    let draft = store::draft_locked(tx.conn(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(act, &draft.resource()).map_err(|_| Fault::NotFound)?;
    if draft.application.is_some() { Err(Fault::Conflict) } else { Ok(draft) }
}

/// Writes a draft back, unless another page has saved since this one was drawn.
///
/// # Errors
/// [`Fault::Conflict`].
async fn write_back(tx: &Tx, draft: &Draft, seen: &Seen) -> Result<i32, Fault> {
    let own_page = !seen.tab.is_empty() && seen.tab == draft.tab;
    if seen.version != draft.version && !own_page {
        return Err(Fault::Conflict);
    }
    let change = Change {
        answers: &draft.answers,
        form: &draft.form,
        organisation: draft.organisation,
        tab: &seen.tab,
        at: tx.now(),
    };
    if store::draft_change(tx.conn(), draft.id, draft.version, &change).await? {
        Ok(draft.version + 1)
    } else {
        Err(Fault::Conflict)
    }
}

//! Taking a file back before submission.

use access_service::Visit;
use kernel::id::DraftId;
use platform::Fault;
use themes::acts::EDIT_DRAFT;
use uuid::Uuid;

use super::open_draft;
use crate::store;

/// Takes a file back and says for which paper it was. Taking it back twice changes nothing. The content stays in the
/// blob store, where another draft may have the same.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when the draft was submitted.
pub async fn remove_paper(visit: &Visit, draft: DraftId, paper: Uuid) -> Result<Option<String>, Fault> {
    visit
        .write(None, async |tx| {
            let draft = open_draft(&tx, visit, EDIT_DRAFT, draft).await?;
            store::paper_delete(tx.conn(), draft.id, paper).await?;
            Ok(draft.papers.into_iter().find(|one| one.id == paper).map(|one| one.slot))
        })
        .await
}

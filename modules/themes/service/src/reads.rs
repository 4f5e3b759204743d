//! What others ask about drafts.

use std::collections::BTreeMap;

use access_service::Visit;
use chrono::{DateTime, Utc};
use kernel::id::{DraftId, SubjectId};
use platform::Fault;
use themes::acts::READ_DRAFT;
use uuid::Uuid;

use crate::draft::{Draft, Paper};
use crate::{ThemeShelf, store};

/// A draft that was not finished, for the list of one's own matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    pub id: DraftId,
    /// Id of the theme.
    pub theme: String,
    /// In people's words: 开一家餐饮店.
    pub theme_name: String,
    /// Where it goes on.
    pub href: String,
    pub saved_at: DateTime<Utc>,
    /// Whether a clerk began it at the window.
    pub by_clerk: bool,
}

/// A draft, open or submitted. Somebody else's does not exist.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn draft(visit: &Visit, id: DraftId) -> Result<Draft, Fault> {
    let found = store::draft_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(READ_DRAFT, &found.resource()).map_err(|_| Fault::NotFound)?;
    Ok(found)
}

/// The open drafts of a person that this visit may read, the newest first: all of their own for a resident, for a clerk
/// those begun at their window.
pub async fn open_drafts(visit: &Visit, subject: SubjectId) -> Result<Vec<DraftLine>, Fault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let found = store::draft_list(visit.world.db.reader(), subject).await?;
    let line = |draft: Draft| DraftLine {
        theme_name: shelf.theme(&draft.theme).map_or_else(|_| draft.theme.clone(), |theme| theme.name.clone()),
        href: format!("/drafts/{}", draft.id),
        id: draft.id,
        theme: draft.theme,
        saved_at: draft.updated_at,
        by_clerk: draft.opened_by.is_some(),
    };
    Ok(found.into_iter().filter(|draft| visit.may(READ_DRAFT, &draft.resource())).map(line).collect())
}

/// How many drafts of residents are open, by theme: figures only, of nobody in particular.
pub async fn open_counts(world: &platform::World) -> Result<BTreeMap<String, u64>, Fault> {
    let counts = store::draft_open_counts(world.db.reader()).await?;
    Ok(counts.into_iter().map(|(theme, drafts)| (theme, drafts.unsigned_abs())).collect())
}

/// A file of a draft.
///
/// # Errors
/// [`Fault::NotFound`], also for files of other people's drafts.
pub async fn paper(visit: &Visit, draft: DraftId, paper: Uuid) -> Result<Paper, Fault> {
    let found = self::draft(visit, draft).await?;
    store::paper_find(visit.world.db.reader(), found.id, paper).await?.ok_or(Fault::NotFound)
}

//! What the public is asked about, and what it said: to everybody without names and only what was answered, to the office all.

use std::collections::BTreeMap;

use access::Resource;
use access_service::Visit;
use authoring::acts::{PUBLISH_REVISION, READ_CONSULTATIONS};
use authoring::changes::{self, RecordChange};
use authoring::consultation::{Stance, counted};
use authoring::{Known, State};
use chrono::{DateTime, NaiveDate, Utc};
use platform::Fault;
use uuid::Uuid;

use crate::acts::{Looked, found, resource};
use crate::store::comment::{Model, comment_page, comment_stances};
use crate::store::edit::edit_list;
use crate::store::revision::{Model as RevisionModel, revision_consulted};

/// Consultations shown.
const LIST_MAX: u64 = 100;
/// Comments on a page.
pub const PAGE: u64 = 50;

/// A consultation in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsultationLine {
    pub id: Uuid,
    pub title: String,
    pub authority: String,
    pub opened_on: NaiveDate,
    pub last_day: NaiveDate,
    /// Whether something can be said today.
    pub is_open: bool,
    /// Whether it was published, or withdrawn.
    pub ended: Option<State>,
    pub counts: BTreeMap<Stance, u64>,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentView {
    pub id: Uuid,
    pub stance: Stance,
    /// Hidden from the public where the office did not release it.
    pub said: Option<String>,
    /// Only for the office.
    pub name: Option<String>,
    pub at: DateTime<Utc>,
    pub answer: Option<(String, DateTime<Utc>)>,
    pub shown: bool,
}

/// One consultation.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsultationView {
    pub line: ConsultationLine,
    /// What would change; nothing once it is published, when the items themselves say it, and while it is drafted again.
    pub changes: Vec<RecordChange>,
    /// What the changes name.
    pub known: Known,
    pub comments: Vec<CommentView>,
    pub next: Option<Uuid>,
}

/// All of them, those with the latest last day first.
pub async fn list(visit: &Visit) -> Result<Vec<ConsultationLine>, Fault> {
    visit.allow(READ_CONSULTATIONS, &Resource::of("consultation"))?;
    let mut lines = Vec::new();
    for row in revision_consulted(visit.world.db.reader(), LIST_MAX).await? {
        lines.extend(line(visit, &row).await?);
    }
    Ok(lines)
}

/// One of them as the public sees it, with a page of comments that were answered.
///
/// # Errors
/// [`Fault::NotFound`] for a revision the public was not asked about.
pub async fn one(visit: &Visit, id: Uuid, after: Option<Uuid>) -> Result<ConsultationView, Fault> {
    visit.allow(READ_CONSULTATIONS, &Resource::of("consultation"))?;
    let row = found(visit, id).await?;
    let line = line(visit, &row).await?.ok_or(Fault::NotFound)?;
    let (comments, next) = comments(visit, id, true, after).await?;
    // What is being drafted again is not what the public was asked about.
    let is_settled = row.facts()?.state() != State::Drafting;
    let looked = Looked::at(visit, row).await?;
    let changes = if is_settled { changes::between(&looked.shelf.files, &looked.edits).0 } else { Vec::new() };
    let known = Known::of(looked.shelf.catalog(), &looked.edits);
    Ok(ConsultationView { line, changes, known, comments, next })
}

/// What the public said, as the office reads it: everything, a page at a time.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn said(
    visit: &Visit,
    id: Uuid,
    after: Option<Uuid>,
) -> Result<(ConsultationLine, Vec<CommentView>, Option<Uuid>), Fault> {
    let row = found(visit, id).await?;
    visit.allow(PUBLISH_REVISION, &resource(&row.authority))?;
    let line = line(visit, &row).await?.ok_or(Fault::NotFound)?;
    let (comments, next) = comments(visit, id, false, after).await?;
    Ok((line, comments, next))
}

async fn comments(
    visit: &Visit,
    id: Uuid,
    in_public: bool,
    after: Option<Uuid>,
) -> Result<(Vec<CommentView>, Option<Uuid>), Fault> {
    let mut rows = comment_page(visit.world.db.reader(), id, in_public, after, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let view = |row: Model| {
        Some(CommentView {
            id: row.id,
            stance: Stance::parse(&row.stance)?,
            said: Some(row.said).filter(|said| !said.is_empty() && (row.shown || !in_public)),
            name: row.name.filter(|_| !in_public),
            at: row.at,
            answer: row.answer.zip(row.answered_at),
            shown: row.shown,
        })
    };
    Ok((rows.into_iter().filter_map(view).collect(), next))
}

async fn line(visit: &Visit, row: &RevisionModel) -> Result<Option<ConsultationLine>, Fault> {
    let facts = row.facts()?;
    let Some(asked) = &facts.consultation else { return Ok(None) };
    let reader = visit.world.db.reader();
    let mut counts = counted([]);
    counts.extend(comment_stances(reader, row.id).await?);
    // A draft that names no item any more has nothing to show.
    let is_empty = edit_list(reader, row.id).await?.is_empty();
    let state = facts.state();
    Ok((!is_empty).then(|| ConsultationLine {
        id: row.id,
        title: row.title.clone(),
        authority: row.authority.clone(),
        opened_on: asked.opened_on,
        last_day: asked.last_day,
        is_open: state == State::Consulting && visit.today() <= asked.last_day,
        ended: Some(state).filter(|state| matches!(state, State::Published | State::Withdrawn)),
        counts,
    }))
}

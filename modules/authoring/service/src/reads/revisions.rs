//! Revisions as staff see them.

use std::sync::Arc;

use access::Role;
use access_service::Visit;
use authoring::acts::READ_REVISIONS;
use authoring::candidate::{self, Edit, Found, authority_of, conflicts, text_of};
use authoring::subject::Record;
use authoring::{Known, Revision, State, Subject};
use catalog::SourceFile;
use catalog_service::Shelf;
use chrono::{DateTime, Utc};
use platform::Fault;
use uuid::Uuid;

use crate::acts::{Looked, found, resource};
use crate::checking;
use crate::store::edit::{self, edit_list};
use crate::store::remark::remark_list;
use crate::store::request::request_of;
use crate::store::revision::{Model, revision_page};

/// Revisions on a page.
pub const PAGE: u64 = 50;
/// Remarks shown with a revision.
const REMARKS: u64 = 500;

/// A revision in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionLine {
    pub id: Uuid,
    pub title: String,
    pub authority: String,
    pub state: State,
    pub facts: Revision,
    pub opened_at: DateTime<Utc>,
    pub opened_by: String,
    /// Files it edits.
    pub files: usize,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionPage {
    pub rows: Vec<RevisionLine>,
    pub next: Option<Uuid>,
}

/// An edited file.
#[derive(Debug, Clone, PartialEq)]
pub struct EditedFile {
    pub path: String,
    /// What has a form and stands in it.
    pub subject: Option<Subject>,
    /// The item or the theme it is: id and name as edited.
    pub record: Option<(String, String)>,
    pub is_new: bool,
    pub is_gone: bool,
    /// Whether it was changed in the catalogue in force as well.
    pub in_conflict: bool,
    pub edited_at: DateTime<Utc>,
    pub edited_by: String,
}

/// One revision.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionView {
    pub line: RevisionLine,
    pub edits: Vec<EditedFile>,
    /// Whether the release below it is the one in force.
    pub is_current: bool,
    pub digest: String,
    /// Who said what, and when.
    pub remarks: Vec<(String, DateTime<Utc>, String)>,
    /// The change requests it took up: id, item's name, what.
    pub requests: Vec<(Uuid, String, String)>,
}

/// The authority whose revisions the visitor may see; `None` means all.
fn scope(visit: &Visit) -> Result<Option<String>, Fault> {
    if visit.actor.has_role(Role::Standards) {
        visit.allow(READ_REVISIONS, &resource(""))?;
        return Ok(None);
    }
    let own = visit.actor.authority().ok_or(Fault::NotAllowed)?;
    visit.allow(READ_REVISIONS, &resource(own))?;
    Ok(Some(own.to_owned()))
}

/// A page of those in this state, or of all, the newest first, before this one.
pub async fn page(visit: &Visit, state: Option<State>, before: Option<Uuid>) -> Result<RevisionPage, Fault> {
    let own = scope(visit)?;
    let states = state.map_or_else(|| State::ALL.to_vec(), |state| vec![state]);
    let reader = visit.world.db.reader();
    let mut rows = revision_page(reader, &states, own.as_deref(), before, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let mut lines = Vec::new();
    for row in rows {
        let files = edit_list(reader, row.id).await?.len();
        lines.push(line(&row, files)?);
    }
    Ok(RevisionPage { rows: lines, next })
}

/// One revision. Another authority's does not exist.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn one(visit: &Visit, id: Uuid) -> Result<RevisionView, Fault> {
    let row = readable(visit, id).await?;
    let reader = visit.world.db.reader();
    let rows = edit_list(reader, id).await?;
    let looked = Looked::at(visit, row).await?;
    let edits = rows.iter().map(|row| edited(row, &looked.shelf)).collect();
    let remarks = remark_list(reader, id, REMARKS).await?;
    let requests = request_of(reader, id).await?;
    Ok(RevisionView {
        line: line(&looked.row, rows.len())?,
        edits,
        is_current: looked.row.base == looked.shelf.release,
        digest: looked.digest,
        remarks: remarks.into_iter().map(|one| (one.by, one.at, one.said)).collect(),
        requests: requests.into_iter().map(|one| (one.id, one.item_name, one.what)).collect(),
    })
}

/// What the check says of a revision's candidate, new findings first.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn findings(visit: &Visit, id: Uuid) -> Result<Vec<Found>, Fault> {
    let looked = look(visit, id).await?;
    checking::examine(&visit.world, &looked.shelf, id, &looked.edits).await
}

/// The text of a file as the candidate has it, and as the release in force has it.
///
/// # Errors
/// [`Fault::NotFound`] of the revision.
pub async fn file(visit: &Visit, id: Uuid, path: &str) -> Result<(Option<String>, Option<String>), Fault> {
    let looked = look(visit, id).await?;
    let in_force = text_of(&looked.shelf.files, path).map(str::to_owned);
    let edit = looked.edits.iter().find(|edit| edit.path == path);
    Ok((edit.map_or_else(|| in_force.clone(), |edit| edit.text.clone()), in_force))
}

/// A record of the candidate.
///
/// # Errors
/// [`Fault::NotFound`] of the revision, and of a record that is in no file that can be read.
pub async fn record(visit: &Visit, id: Uuid, subject: Subject, of: &str) -> Result<Record, Fault> {
    let looked = look(visit, id).await?;
    subject.find(&looked.texts(), of).ok_or(Fault::NotFound)
}

/// What the forms of a revision may name.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn known(visit: &Visit, id: Uuid) -> Result<Known, Fault> {
    let looked = look(visit, id).await?;
    Ok(Known::of(looked.shelf.catalog(), &looked.edits))
}

/// Id and name of every record of a subject, and the files that may take one more. An authority's revision knows its own items.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn records(visit: &Visit, id: Uuid, subject: Subject) -> Result<(Vec<(String, String)>, Vec<String>), Fault> {
    let looked = look(visit, id).await?;
    let whose = looked.row.authority.as_str();
    // Only a file that names the authority anywhere is read for whose it is.
    let is_whose =
        |path: &str, text: &str| text.contains(whose) && authority_of(path, text).is_some_and(|own| own == whose);
    let mut texts = looked.texts();
    texts.retain(|path, text| Subject::of(path) == Some(subject) && (whose.is_empty() || is_whose(path, text)));
    Ok((subject.list(&texts), texts.into_keys().map(str::to_owned).collect()))
}

/// The files of the candidate.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn files(visit: &Visit, id: Uuid) -> Result<Vec<SourceFile>, Fault> {
    let looked = look(visit, id).await?;
    Ok(candidate::files(&looked.shelf.files, &looked.edits))
}

async fn look(visit: &Visit, id: Uuid) -> Result<Looked, Fault> {
    Looked::at(visit, readable(visit, id).await?).await
}

pub(crate) async fn readable(visit: &Visit, id: Uuid) -> Result<Model, Fault> {
    let row = found(visit, id).await?;
    visit.allow(READ_REVISIONS, &resource(&row.authority)).map_err(|_| Fault::NotFound)?;
    Ok(row)
}

fn line(row: &Model, files: usize) -> Result<RevisionLine, Fault> {
    let facts = row.facts()?;
    Ok(RevisionLine {
        id: row.id,
        title: row.title.clone(),
        authority: row.authority.clone(),
        state: facts.state(),
        facts,
        opened_at: row.opened_at,
        opened_by: row.opened_by.clone(),
        files,
    })
}

fn edited(row: &edit::Model, shelf: &Arc<Shelf>) -> EditedFile {
    let edits: [Edit; 1] = [row.edit()];
    let said = row.text.as_deref().or(row.was.as_deref()).unwrap_or_default();
    let subject = Subject::of(&row.path);
    let own = subject.filter(|subject| !subject.is_listed());
    EditedFile {
        path: row.path.clone(),
        subject,
        record: own.and_then(|subject| subject.named(&row.path, said).pop()),
        is_new: row.was.is_none(),
        is_gone: row.text.is_none(),
        in_conflict: !conflicts(&shelf.files, &edits).is_empty(),
        edited_at: row.edited_at,
        edited_by: row.edited_by.clone(),
    }
}

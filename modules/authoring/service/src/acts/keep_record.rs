//! 新增和删去: a record of its own, which no file held before, and one that is taken away.

use std::collections::{BTreeMap, BTreeSet};

use access::Resource;
use access_service::Visit;
use authoring::Subject;
use authoring::acts::EDIT_REVISION;
use authoring::candidate::is_path;
use authoring::form::{self, Row, Section};
use authoring::split::copied;
use authoring::subject::{first, is_id};
use authoring::yaml::{self, Value};
use platform::{Fault, FieldFault, RequestKey};
use uuid::Uuid;

use super::edit_revision::{allow_record, put, record, told};
use super::{Looked, found};

/// A record that is to be.
#[derive(Debug, Clone, Default)]
pub struct NewRecord {
    pub id: String,
    /// The file it is to stand in, for a subject that has several to a file.
    pub path: String,
    /// What the first section of its form says.
    pub row: Row,
}

/// The part of a form that a new record fills in: the columns of the first section that must say something.
pub fn first_section(subject: Subject) -> &'static Section {
    &subject.sections()[0]
}

/// Adds a theme, an element or a material to the candidate.
///
/// # Errors
/// [`Fault::Invalid`] of `id` (`record-id`, `record-id-taken`), `path` (`file-path`) and of columns by their paths;
/// [`Fault::NotFound`], [`Fault::NotAllowed`]; refusal `authoring.not-now`.
pub async fn add_record(
    visit: &Visit,
    key: Option<&RequestKey>,
    revision: Uuid,
    subject: Subject,
    new: &NewRecord,
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, revision).await?).await?;
    visit.allow(EDIT_REVISION, &Resource::of("revision"))?;
    visit.allow(EDIT_REVISION, &super::resource(&looked.row.authority))?;
    let texts = looked.texts();
    let mut faults: Vec<FieldFault> = id_fault(&texts, subject, &new.id).into_iter().collect();
    if subject.is_listed() && !(is_path(&new.path) && Subject::of(&new.path) == Some(subject)) {
        faults.push(FieldFault::new("path", "file-path"));
    }
    let section = first_section(subject);
    let mut cells = form::missing(section, &new.row);
    let said = form::written(section, &Value::Map(Vec::new()), std::slice::from_ref(&new.row));
    let said = said.unwrap_or_else(|more| {
        cells.extend(more);
        Vec::new()
    });
    if let Fault::Invalid(more) = told(cells) {
        faults.extend(more);
    }
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    let beside = texts.get(new.path.as_str()).copied().unwrap_or_default();
    let (path, text) = subject.born(&new.id, said, (&new.path, beside));
    put(visit, key, &looked, &[(path, Some(text))]).await
}

/// Adds an item that says what another one says, under an id, a name and a code of its own.
///
/// # Errors
/// [`Fault::Invalid`] of `id` and `name`; refusals `authoring.no-serial-left`, `authoring.not-a-form`; as [`add_record`].
pub async fn copy_item(
    visit: &Visit,
    key: Option<&RequestKey>,
    revision: Uuid,
    (from, id, name): (&str, &str, &str),
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, revision).await?).await?;
    let (like, text) = record(&looked, Subject::Item, from).map_err(|_| Fault::field("from", "required"))?;
    allow_record(visit, &looked, Subject::Item, &like)?;
    let mut faults: Vec<FieldFault> = id_fault(&looked.texts(), Subject::Item, id).into_iter().collect();
    if name.trim().is_empty() {
        faults.push(FieldFault::new("name", "required"));
    }
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    let (path, text) = copied((&like, text), (id, name.trim()), &codes_taken(&looked), visit.today())?;
    put(visit, key, &looked, &[(path, Some(text))]).await
}

/// Takes an element or a material out of its file. Whoever still names it is told by the check.
///
/// # Errors
/// [`Fault::NotFound`] also for what has a file of its own; as [`add_record`].
pub async fn remove_record(
    visit: &Visit,
    key: Option<&RequestKey>,
    revision: Uuid,
    (subject, id): (Subject, &str),
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, revision).await?).await?;
    let (record, text) = record(&looked, subject, id)?;
    allow_record(visit, &looked, subject, &record)?;
    let at = record.place.at.ok_or(Fault::NotFound)?;
    put(visit, key, &looked, &[(record.place.path, Some(yaml::remove(text, at)))]).await
}

fn id_fault(texts: &BTreeMap<&str, &str>, subject: Subject, id: &str) -> Option<FieldFault> {
    if !is_id(id) {
        return Some(FieldFault::new("id", "record-id"));
    }
    let is_taken = subject.list(texts).iter().any(|(taken, _)| taken == id);
    is_taken.then(|| FieldFault::new("id", "record-id-taken"))
}

/// Codes that any item has, in force or in the candidate.
pub(super) fn codes_taken(looked: &Looked) -> BTreeSet<String> {
    let in_force = looked.shelf.catalog().items.values().map(|item| item.code.clone());
    let edited = looked.texts().into_iter().filter(|(path, _)| path.starts_with("items/"));
    let edited = edited.filter_map(|(_, text)| first(text, "code:").map(str::to_owned));
    in_force.chain(edited).collect()
}

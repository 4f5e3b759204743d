//! 编辑: a section of a record's form, the condition of one of its rows, or a whole file as text. A version is raised by itself.

use access::Resource;
use access_service::Visit;
use authoring::acts::EDIT_REVISION;
use authoring::candidate::{self, Edit, FILE_BYTES_MAX, FILES_MAX, authority_of, is_path, item_id, text_of};
use authoring::form::{self, Kind, Row, Section};
use authoring::subject::{self, Record};
use authoring::{Order, Subject};
use kernel::refusal::Refusal;
use platform::{Fault, FieldFault, JournalEntry, RequestKey, Tx};
use serde_json::json;
use sm3::{Digest, Sm3};
use uuid::Uuid;

use super::{Looked, found, give};
use crate::store::edit::{Model, edit_drop, edit_list, edit_put};

/// The folders a console may edit. Who works here, where days are off and how regions nest is loaded with the district, not
/// published with an item.
const FOLDERS: [&str; 9] = [
    "items/",
    "themes/",
    "elements/",
    "materials/",
    "licences/",
    "laws/",
    "words/",
    "accepted.yaml",
    "delegations.yaml",
];

/// Puts the text of a file in the place of the one in force; `None` takes the file away. `seen` is the stamp of the text the editor
/// saw, where somebody looked before.
///
/// # Errors
/// [`Fault::Invalid`] of `path` (`file-path`) and `text` (`file-too-long`); refusals `authoring.not-now`,
/// `authoring.too-many-files`, `authoring.edited-meanwhile`; [`Fault::NotFound`], [`Fault::NotAllowed`], [`Fault::Conflict`].
pub async fn edit_file(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    (path, seen): (&str, Option<&str>),
    text: Option<&str>,
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    if !is_path(path) || !FOLDERS.iter().any(|folder| path.starts_with(folder)) {
        return Err(Fault::field("path", "file-path"));
    }
    if text.is_some_and(|text| text.len() > FILE_BYTES_MAX) {
        let fault = FieldFault::new("text", "file-too-long").fact("limit", FILE_BYTES_MAX >> 10);
        return Err(Fault::Invalid(vec![fault]));
    }
    let text = text.map(|text| text.replace("\r\n", "\n"));
    let authorities = [text_of(&looked.shelf.files, path), text.as_deref()];
    let authorities = authorities.into_iter().flatten().filter_map(|text| authority_of(path, text));
    // Whoever may not write for the one before and the one after may not write at all.
    let mut is_somebodys = false;
    for authority in authorities {
        is_somebodys = true;
        visit.allow(EDIT_REVISION, &super::resource(&authority))?;
    }
    if !is_somebodys {
        visit.allow(EDIT_REVISION, &Resource::of("revision"))?;
    }
    visit.allow(EDIT_REVISION, &super::resource(&looked.row.authority))?;
    let stands = looked.texts().get(path).copied().unwrap_or_default();
    if seen.is_some_and(|seen| seen != stamp_of_text(stands)) {
        return Err(meanwhile());
    }
    put(visit, key, &looked, &[(path.to_owned(), text)]).await
}

/// What is edited: a section of the form of a record.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p> {
    pub subject: Subject,
    pub id: &'p str,
    pub section: &'static Section,
    /// What the editor saw of it, see [`stamp`]; none where nobody looked before.
    pub seen: Option<&'p str>,
}

/// What tells rows somebody saw from rows that were changed since.
pub fn stamp(rows: &[Row]) -> String {
    hex::encode(&Sm3::digest(format!("{rows:?}").as_bytes())[..8])
}

/// What tells a text somebody saw from one that was changed since.
pub fn stamp_of_text(text: &str) -> String {
    hex::encode(&Sm3::digest(text.as_bytes())[..8])
}

/// Writes a section of a record's form.
///
/// # Errors
/// [`Fault::Invalid`] with fields named `row-path`; refusals `authoring.not-a-form`, `authoring.edited-meanwhile`; as [`edit_file`].
pub async fn edit_section(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    part: Part<'_>,
    rows: &[Row],
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    let record = record(&looked, part.subject, part.id)?;
    write_section(visit, key, &looked, (part, record), rows).await
}

async fn write_section(
    visit: &Visit,
    key: Option<&RequestKey>,
    looked: &Looked,
    (part, (record, text)): (Part<'_>, (Record, &str)),
    rows: &[Row],
) -> Result<(), Fault> {
    allow_record(visit, looked, part.subject, &record)?;
    if part.seen.is_some_and(|seen| seen != stamp(&form::rows(part.section, &record.value))) {
        return Err(meanwhile());
    }
    let changed = form::written(part.section, &record.value, rows).map_err(told)?;
    let text = subject::written(text, &record.place, &changed);
    put(visit, key, looked, &[(record.place.path, Some(text))]).await
}

/// Writes the condition of one row (an empty one takes it away).
///
/// # Errors
/// [`Fault::NotFound`] where there is no such row; as [`edit_section`].
pub async fn edit_when(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    (part, row): (Part<'_>, usize),
    cel: &str,
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    let (record, text) = record(&looked, part.subject, part.id)?;
    let column = part.section.columns.iter().find(|column| column.kind == Kind::Condition).ok_or(Fault::NotFound)?;
    let mut rows = form::rows(part.section, &record.value);
    let cell = rows.get_mut(row).ok_or(Fault::NotFound)?.cells.entry(column.path).or_default();
    *cell = Some(cel.trim().to_owned()).filter(|cel| !cel.is_empty()).into_iter().collect();
    write_section(visit, key, &looked, (part, (record, text)), &rows).await
}

/// Takes the edit of a file back: it is again as the release in force has it.
///
/// # Errors
/// [`Fault::NotFound`] where the file was not edited; refusal `authoring.not-now`; [`Fault::NotAllowed`].
pub async fn drop_edit(visit: &Visit, key: Option<&RequestKey>, id: Uuid, path: &str) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    visit.allow(EDIT_REVISION, &super::resource(&looked.row.authority))?;
    let ground = looked.ground(visit, &Order::Edit).await?;
    let ground = &ground;
    visit
        .write(key, async |tx| {
            give(&tx, id, &Order::Edit, ground, EDIT_REVISION).await?;
            if !edit_drop(tx.conn(), id, path).await? {
                return Err(Fault::NotFound);
            }
            let entry = JournalEntry::new(id, &visit.actor.id, EDIT_REVISION.name(), id);
            tx.record(entry.holding(&json!({ "dropped": path })));
            Ok(())
        })
        .await
}

/// Somebody else was faster: what is sent was made of what stood there before.
fn meanwhile() -> Fault {
    Refusal::new("authoring.edited-meanwhile", "compare-and-save").into()
}

pub(super) fn not_a_form() -> Fault {
    Refusal::new("authoring.not-a-form", "edit-text").into()
}

/// Cells that cannot be taken, as fields named `row-path`.
pub(super) fn told(faults: Vec<form::CellFault>) -> Fault {
    let fault = |fault: form::CellFault| FieldFault::new(format!("{}-{}", fault.row, fault.path), fault.code);
    Fault::Invalid(faults.into_iter().map(fault).collect())
}

/// A record of the candidate with the text of its file.
pub(super) fn record<'l>(looked: &'l Looked, subject: Subject, id: &str) -> Result<(Record, &'l str), Fault> {
    let texts = looked.texts();
    let record = subject.find(&texts, id).ok_or(Fault::NotFound)?;
    let text = texts.get(record.place.path.as_str()).copied().unwrap_or_default();
    Ok((record, text))
}

/// Whether the visitor may write this record: an item is its authority's, what several authorities use is the office's.
pub(super) fn allow_record(visit: &Visit, looked: &Looked, subject: Subject, record: &Record) -> Result<(), Fault> {
    match (subject, record.one("authority")) {
        (Subject::Item, "") => return Err(not_a_form()),
        (Subject::Item, authority) => visit.allow(EDIT_REVISION, &super::resource(authority))?,
        (Subject::Theme | Subject::Element | Subject::Material, _) => {
            visit.allow(EDIT_REVISION, &Resource::of("revision"))?;
        }
    }
    visit.allow(EDIT_REVISION, &super::resource(&looked.row.authority))
}

/// Writes files of a revision; whoever does may do so, that was asked before.
pub(super) async fn put(
    visit: &Visit,
    key: Option<&RequestKey>,
    looked: &Looked,
    files: &[(String, Option<String>)],
) -> Result<(), Fault> {
    let ground = looked.ground(visit, &Order::Edit).await?;
    let (id, ground) = (looked.row.id, &ground);
    visit
        .write(key, async |tx| {
            give(&tx, id, &Order::Edit, ground, EDIT_REVISION).await?;
            write(&tx, visit, looked, files).await
        })
        .await
}

async fn write(tx: &Tx, visit: &Visit, looked: &Looked, files: &[(String, Option<String>)]) -> Result<(), Fault> {
    let id = looked.row.id;
    let known = edit_list(tx.conn(), id).await?;
    let mut paths: Vec<&str> = known.iter().map(|edit| edit.path.as_str()).collect();
    for (path, text) in files {
        let in_force = text_of(&looked.shelf.files, path);
        let text = text.as_deref().map(|text| match item_id(path, text) {
            Some(_) => form::raised(text, in_force, tx.today()),
            None => text.to_owned(),
        });
        let earlier = known.iter().find(|edit| edit.path == *path);
        // The revision is locked by now; the texts were made of what was looked at before.
        let looked_at = looked.edits.iter().find(|edit| edit.path == *path);
        if earlier.map(|edit| &edit.text) != looked_at.map(|edit| &edit.text) {
            return Err(meanwhile());
        }
        // What was there when the first edit was made stays until somebody has looked at a newer release.
        let was = earlier.map_or_else(|| in_force.map(str::to_owned), |edit| edit.was.clone());
        if earlier.is_none() {
            paths.push(path);
        }
        if text == was && was.as_deref() == in_force {
            edit_drop(tx.conn(), id, path).await?;
        } else {
            let item = text.as_deref().or(in_force).and_then(|text| item_id(path, text));
            let row = Model {
                revision: id,
                path: path.clone(),
                text: text.clone(),
                was,
                item,
                edited_at: tx.now(),
                edited_by: visit.actor.name.clone(),
            };
            edit_put(tx.conn(), row).await?;
        }
        let digest = text.as_deref().map(|text| hex::encode(Sm3::digest(text.as_bytes())));
        let entry = JournalEntry::new(id, &visit.actor.id, EDIT_REVISION.name(), id);
        tx.record(entry.holding(&json!({ "path": path, "sm3": digest })));
    }
    if paths.len() > FILES_MAX {
        return Err(Refusal::new("authoring.too-many-files", "open-another").fact("max", FILES_MAX).into());
    }
    Ok(())
}

/// The candidate's files.
pub(super) fn candidate(looked: &Looked) -> Vec<catalog::SourceFile> {
    let edits: &[Edit] = &looked.edits;
    candidate::files(&looked.shelf.files, edits)
}

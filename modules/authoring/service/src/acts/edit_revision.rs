//! 编辑: a section of an item's form, the condition of one of its rows, or a whole file as text. A version is raised by itself.

use access::Resource;
use access_service::Visit;
use authoring::acts::EDIT_REVISION;
use authoring::candidate::{self, Edit, FILE_BYTES_MAX, FILES_MAX, authority_of, is_path, item_id, text_of};
use authoring::form::{self, Kind, Row, Section};
use authoring::{Order, yaml};
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

/// Puts the text of a file in the place of the one in force; `None` takes the file away.
///
/// # Errors
/// [`Fault::Invalid`] of `path` (`file-path`) and `text` (`file-too-long`); refusals `authoring.not-now`,
/// `authoring.too-many-files`; [`Fault::NotFound`], [`Fault::NotAllowed`], [`Fault::Conflict`].
pub async fn edit_file(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    path: &str,
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
    put(visit, key, &looked, &[(path.to_owned(), text)]).await
}

/// Writes a section of an item's form.
///
/// # Errors
/// [`Fault::Invalid`] with fields named `row-path`; refusal `authoring.not-a-form`; as [`edit_file`].
pub async fn edit_section(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    (item, section): (&str, &'static Section),
    rows: &[Row],
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    let (path, text) = item_text(&looked, item)?;
    allow_item(visit, &looked, &path, &text)?;
    let value = yaml::read(&text).ok_or_else(not_a_form)?;
    let changed = form::written(section, &value, rows).map_err(|faults| {
        let fault = |fault: form::CellFault| FieldFault::new(format!("{}-{}", fault.row, fault.path), fault.code);
        Fault::Invalid(faults.into_iter().map(fault).collect())
    })?;
    let text = changed.iter().fold(text, |text, (key, value)| yaml::set(&text, key, value));
    put(visit, key, &looked, &[(path, Some(text))]).await
}

/// Writes the condition of one row (an empty one takes it away).
///
/// # Errors
/// [`Fault::NotFound`] where there is no such row; as [`edit_section`].
pub async fn edit_when(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    (item, section, row): (&str, &'static Section, usize),
    cel: &str,
) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    let (_, text) = item_text(&looked, item)?;
    let value = yaml::read(&text).ok_or_else(not_a_form)?;
    let column = section.columns.iter().find(|column| column.kind == Kind::Condition).ok_or(Fault::NotFound)?;
    let mut rows = form::rows(section, &value);
    let cell = rows.get_mut(row).ok_or(Fault::NotFound)?.cells.entry(column.path).or_default();
    *cell = Some(cel.trim().to_owned()).filter(|cel| !cel.is_empty()).into_iter().collect();
    edit_section(visit, key, id, (item, section), &rows).await
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

pub(super) fn not_a_form() -> Fault {
    Refusal::new("authoring.not-a-form", "edit-text").into()
}

/// The file of an item and its text as the candidate has it.
pub(super) fn item_text(looked: &Looked, item: &str) -> Result<(String, String), Fault> {
    let edited = looked.edits.iter().filter_map(|edit| Some((edit.path.as_str(), edit.text.as_deref()?)));
    let files = looked.shelf.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    let gone = |path: &str| looked.edits.iter().any(|edit| edit.path == path);
    let mut all = edited.chain(files.filter(|(path, _)| !gone(path)));
    let found = all.find(|(path, text)| item_id(path, text).as_deref() == Some(item));
    found.map(|(path, text)| (path.to_owned(), text.to_owned())).ok_or(Fault::NotFound)
}

pub(super) fn allow_item(visit: &Visit, looked: &Looked, path: &str, text: &str) -> Result<(), Fault> {
    let authority = authority_of(path, text).ok_or_else(not_a_form)?;
    visit.allow(EDIT_REVISION, &super::resource(&authority))?;
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

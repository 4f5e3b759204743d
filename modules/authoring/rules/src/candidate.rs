//! The files as they would be (候选目录): those in force with the edits of a revision laid over them. An edit keeps what the file
//! said when it was made, so that a newer release is told from an older one file by file.

use std::collections::BTreeMap;

use catalog::diagnostic::SourceFile;
use catalog::{Diagnostic, Severity};
use serde::{Deserialize, Serialize};

use crate::subject::first;
use crate::yaml::{self, Value};

/// Longest file, in bytes; an item has a few thousand.
pub const FILE_BYTES_MAX: usize = 256 << 10;
/// Most files of one revision.
pub const FILES_MAX: usize = 200;

/// One edited file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub path: String,
    /// What it would say; nothing where it is taken away.
    pub text: Option<String>,
    /// What it said in the release the edit was made on; nothing where it was not there.
    pub was: Option<String>,
}

impl Edit {
    /// Whether the file in force is no longer the one that was edited.
    pub fn is_conflict(&self, in_force: Option<&str>) -> bool {
        self.was.as_deref() != in_force && self.text.as_deref() != in_force
    }
}

/// The text of a file among these.
pub fn text_of<'f>(files: &'f [SourceFile], path: &str) -> Option<&'f str> {
    files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
}

/// The texts in force with the edits laid over them, by path. Nothing is copied: a city's catalogue has sixteen megabytes.
pub fn texts<'f>(in_force: &'f [SourceFile], edits: &'f [Edit]) -> BTreeMap<&'f str, &'f str> {
    let mut texts: BTreeMap<&str, &str> =
        in_force.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    for edit in edits {
        match &edit.text {
            Some(text) => drop(texts.insert(&edit.path, text)),
            None => drop(texts.remove(edit.path.as_str())),
        }
    }
    texts
}

/// The same as files, for whoever keeps them.
pub fn files(in_force: &[SourceFile], edits: &[Edit]) -> Vec<SourceFile> {
    texts(in_force, edits).into_iter().map(|(path, text)| SourceFile::new(path, text)).collect()
}

/// The edits that say something else than the files in force.
pub fn effective<'e>(in_force: &[SourceFile], edits: &'e [Edit]) -> Vec<&'e Edit> {
    edits.iter().filter(|edit| edit.text.as_deref() != text_of(in_force, &edit.path)).collect()
}

/// Paths that were changed on both sides (两边都改过): somebody has to look.
pub fn conflicts<'e>(in_force: &[SourceFile], edits: &'e [Edit]) -> Vec<&'e str> {
    let both = edits.iter().filter(|edit| edit.is_conflict(text_of(in_force, &edit.path)));
    both.map(|edit| edit.path.as_str()).collect()
}

/// Whether a path names a file that a catalogue may have: no way out of the folder, and an ending of ours.
pub fn is_path(path: &str) -> bool {
    let sound = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'))
    };
    path.len() <= 120 && path.split('/').all(sound) && (path.ends_with(".yaml") || path.ends_with(".csv"))
}

/// Where each item stands that has a file of its own: path by id.
pub fn item_files(files: &[SourceFile]) -> BTreeMap<String, String> {
    let of = |file: &SourceFile| {
        let id = item_id(&file.path, &file.text)?;
        Some((id, file.path.clone()))
    };
    files.iter().filter_map(of).collect()
}

/// The id of the one item in a file; nothing where the file holds none, or several.
pub fn item_id(path: &str, text: &str) -> Option<String> {
    if !path.starts_with("items/") {
        return None;
    }
    // The whole file need not be read for it: an id stands at the start of a line.
    first(text, "id:").map(str::to_owned)
}

/// A finding of the check, and whether the release in force has it too.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub diagnostic: Diagnostic,
    pub is_new: bool,
}

/// What the candidate's findings are beside those in force: new ones first, errors before warnings. Lines may have moved, so
/// two findings are the same when code, file and words are.
pub fn findings(in_force: &[Diagnostic], candidate: Vec<Diagnostic>) -> Vec<Found> {
    let name = |one: &Diagnostic| (one.code, one.place.file.clone(), one.what.clone());
    let mut known: BTreeMap<(&str, String, String), usize> = BTreeMap::new();
    for one in in_force.iter().filter(|one| one.accepted.is_none()) {
        *known.entry(name(one)).or_default() += 1;
    }
    let mut found: Vec<Found> = Vec::new();
    for diagnostic in candidate.into_iter().filter(|one| one.accepted.is_none()) {
        let is_new = match known.get_mut(&name(&diagnostic)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        found.push(Found { diagnostic, is_new });
    }
    found.sort_by_key(|one| (!one.is_new, one.diagnostic.severity == Severity::Warning));
    found
}

/// How many errors there are, and how many warnings are new.
pub fn weighed(found: &[Found]) -> (usize, usize) {
    let errors = found.iter().filter(|one| one.diagnostic.severity == Severity::Error).count();
    let warnings = found.iter().filter(|one| one.is_new && one.diagnostic.severity == Severity::Warning).count();
    (errors, warnings)
}

/// The authority whose item a file is about, as far as it says so.
pub fn authority_of(path: &str, text: &str) -> Option<String> {
    item_id(path, text)?;
    let item = yaml::read(text)?;
    item.at("authority").and_then(Value::as_text).map(str::to_owned)
}

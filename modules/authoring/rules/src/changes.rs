//! What would change (变动): what has a form field by field, rows of the lists, and what themes come to.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Catalog;
use catalog::diagnostic::SourceFile;
use catalog::model::Item;
use standards::{ListKind, Row};
use themes::plan::Figures;
use themes::{Scenario, Theme};

use crate::candidate::{Edit, text_of};
use crate::form::{self, Section};
use crate::subject::{Record, Subject};
use crate::yaml::{self, Value};

kernel::coded! {
    /// What becomes of something.
    What in "change-what" {
        /// 新增
        Added = "added",
        /// 修改
        Changed = "changed",
        /// 取消
        Withdrawn = "withdrawn",
    }
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The section and the column; none for a key that the form does not speak of, named by `key`.
    pub at: Option<(&'static Section, &'static str)>,
    pub key: String,
    /// The row, as its naming columns call it; empty where the section has none.
    pub row: String,
    /// Empty where it was not there, and where it would be gone.
    pub old: String,
    pub new: String,
}

/// A record that would differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    pub subject: Subject,
    pub id: String,
    pub name: String,
    pub path: String,
    pub what: What,
    /// Version of an item now and then.
    pub versions: (Option<u32>, Option<u32>),
    pub lines: Vec<Line>,
}

/// A file without a form, or one in which no record differs, with how many lines come and go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    pub path: String,
    pub what: What,
    pub added: usize,
    pub removed: usize,
}

/// What the edits change: what has a form field by field, other files by lines.
pub fn between(in_force: &[SourceFile], edits: &[Edit]) -> (Vec<RecordChange>, Vec<FileChange>) {
    let (mut changes, mut files) = (Vec::new(), Vec::new());
    for edit in edits {
        let (old, new) = (text_of(in_force, &edit.path), edit.text.as_deref());
        if old == new {
            continue;
        }
        let found = records(&edit.path, old, new);
        if found.is_empty() {
            files.push(file(&edit.path, old, new));
        }
        changes.extend(found);
    }
    changes.sort_by(|one, other| (one.subject, &one.name).cmp(&(other.subject, &other.name)));
    (changes, files)
}

/// The records of a file that differ; none where it has no form, or cannot be read.
fn records(path: &str, old: Option<&str>, new: Option<&str>) -> Vec<RecordChange> {
    let Some(subject) = Subject::of(path) else { return Vec::new() };
    let read = |text: Option<&str>| text.map_or_else(|| Some(Vec::new()), |text| subject.records(path, text));
    let (Some(before), Some(after)) = (read(old), read(new)) else { return Vec::new() };
    let of = |records: &[Record], id: &str| records.iter().find(|record| record.id == id).cloned();
    let gone = before.iter().filter(|record| of(&after, &record.id).is_none());
    let ids = after.iter().chain(gone).map(|record| record.id.as_str());
    let pairs = ids.map(|id| (of(&before, id), of(&after, id)));
    let differ =
        pairs.filter(|(one, other)| one.as_ref().map(|one| &one.value) != other.as_ref().map(|one| &one.value));
    differ.filter_map(|(before, after)| record(subject, before, after)).collect()
}

fn record(subject: Subject, before: Option<Record>, after: Option<Record>) -> Option<RecordChange> {
    let version = |record: &Option<Record>| record.as_ref().and_then(|record| record.one("version").parse().ok());
    let is_cancelled = |record: &Record| record.one("status") == "cancelled";
    let what = match (&before, &after) {
        (None, _) => What::Added,
        (Some(_), None) => What::Withdrawn,
        (Some(before), Some(after)) if is_cancelled(after) && !is_cancelled(before) => What::Withdrawn,
        (Some(_), Some(_)) => What::Changed,
    };
    let versions = (version(&before), version(&after));
    let nothing = Value::Null;
    let old = before.as_ref().map_or(&nothing, |one| &one.value);
    let new = after.as_ref().map_or(&nothing, |one| &one.value);
    let lines = lines(subject.sections(), old, new);
    let shown = after.or(before)?;
    Some(RecordChange {
        subject,
        name: shown.name().to_owned(),
        path: shown.place.path.clone(),
        what,
        versions,
        lines,
        id: shown.id,
    })
}

/// Values of a record that differ, in the order of its form; then keys the form does not speak of.
pub fn lines(sections: &'static [Section], before: &Value, after: &Value) -> Vec<Line> {
    let mut lines = Vec::new();
    for section in sections {
        match section.rows {
            None => cells(section, "", &form::rows(section, before), &form::rows(section, after), &mut lines),
            Some(_) => rows(section, before, after, &mut lines),
        }
    }
    for key in unspoken(sections, before, after) {
        // A key that holds nothing says nothing.
        let said = |value: &Value| match value.get(&key) {
            None | Some(Value::Null) => String::new(),
            Some(Value::List(entries)) if entries.is_empty() => String::new(),
            Some(Value::Scalar { text, .. }) => text.clone(),
            Some(value) => yaml::flow(value),
        };
        let (old, new) = (said(before), said(after));
        if old != new {
            lines.push(Line { at: None, key, row: String::new(), old, new });
        }
    }
    lines
}

/// Keys of either that no section speaks of.
fn unspoken(sections: &[Section], before: &Value, after: &Value) -> BTreeSet<String> {
    let spoken: BTreeSet<&str> = sections
        .iter()
        .flat_map(|section| {
            let own = section.columns.iter().filter_map(|column| column.path.split('.').next());
            section.rows.into_iter().chain(own.filter(|_| section.rows.is_none()))
        })
        .chain(["version"])
        .collect();
    let keys = |value: &Value| match value {
        Value::Map(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
        Value::Null | Value::Scalar { .. } | Value::List(_) => BTreeSet::new(),
    };
    let all: BTreeSet<String> = keys(before).union(&keys(after)).cloned().collect();
    all.into_iter().filter(|key| !spoken.contains(key.as_str())).collect()
}

/// Rows are the same when what names them is; one that is only moved has not changed.
fn rows(section: &'static Section, before: &Value, after: &Value, lines: &mut Vec<Line>) {
    let (old, new) = (form::rows(section, before), form::rows(section, after));
    let key = |row: &form::Row| row.key(section);
    let by_key: BTreeMap<String, &form::Row> = old.iter().map(|row| (key(row), row)).collect();
    let kept: BTreeSet<String> = new.iter().map(key).collect();
    for row in &new {
        let was: Vec<form::Row> = by_key.get(&key(row)).map(|row| (*row).clone()).into_iter().collect();
        cells(section, &row.name(section), &was, std::slice::from_ref(row), lines);
    }
    for row in old.iter().filter(|row| !kept.contains(&key(row))) {
        let name = row.name(section);
        lines.push(Line {
            at: Some((section, "")),
            key: String::new(),
            old: name.clone(),
            new: String::new(),
            row: name,
        });
    }
}

fn cells(section: &'static Section, name: &str, old: &[form::Row], new: &[form::Row], lines: &mut Vec<Line>) {
    let said = |rows: &[form::Row], path: &str| {
        rows.first().and_then(|row| row.cells.get(path)).map(|texts| texts.join("、")).unwrap_or_default()
    };
    if section.rows.is_some() && old.is_empty() {
        let new = name.to_owned();
        lines.push(Line { at: Some((section, "")), key: String::new(), old: String::new(), row: new.clone(), new });
        return;
    }
    for column in section.columns {
        let (old, new) = (said(old, column.path), said(new, column.path));
        if old != new {
            lines.push(Line { at: Some((section, column.path)), key: String::new(), row: name.to_owned(), old, new });
        }
    }
}

fn file(path: &str, old: Option<&str>, new: Option<&str>) -> FileChange {
    let what = match (old, new) {
        (None, _) => What::Added,
        (Some(_), None) => What::Withdrawn,
        (Some(_), Some(_)) => What::Changed,
    };
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in old.unwrap_or_default().lines() {
        *left.entry(line).or_default() += 1;
    }
    let mut added = 0;
    for line in new.unwrap_or_default().lines() {
        match left.get_mut(line) {
            Some(count) if *count > 0 => *count -= 1,
            _ => added += 1,
        }
    }
    FileChange { path: path.to_owned(), what, added, removed: left.values().sum() }
}

/// A row of the lists that would differ.
#[derive(Debug, Clone, PartialEq)]
pub struct ListChange {
    pub list: ListKind,
    pub name: String,
    pub unit: String,
    pub what: What,
}

/// Rows of the lists that come, change and go, by what both catalogues imply.
pub fn of_lists(before: &[Row], after: &[Row]) -> Vec<ListChange> {
    let name = |row: &Row| (row.list, row.unit.name.clone(), row.code.clone(), row.name.clone());
    let old: BTreeMap<_, &Row> = before.iter().map(|row| (name(row), row)).collect();
    let new: BTreeMap<_, &Row> = after.iter().map(|row| (name(row), row)).collect();
    let change =
        |row: &Row, what| ListChange { list: row.list, name: row.name.clone(), unit: row.unit.name.clone(), what };
    let mut changes: Vec<ListChange> = Vec::new();
    for (name, row) in &new {
        match old.get(name) {
            None => changes.push(change(row, What::Added)),
            Some(was) if was != row => changes.push(change(row, What::Changed)),
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
    changes.extend(gone.map(|(_, row)| change(row, What::Withdrawn)));
    changes
}

/// What a situation of a theme comes to, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioChange {
    pub name: String,
    /// None where the theme or the scenario is not there on that side.
    pub before: Option<Figures>,
    pub after: Option<Figures>,
}

/// A theme that has to do with what is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeChange {
    pub id: String,
    pub name: String,
    pub scenarios: Vec<ScenarioChange>,
}

/// One side of a comparison of themes.
pub struct Side<'s> {
    pub catalog: &'s Catalog,
    pub themes: &'s [Theme],
    pub files: &'s [SourceFile],
}

/// Items that are changed, or that ask for an element or a material that is (在其中一边用到的).
pub fn items_touched(catalogs: [&Catalog; 2], changes: &[RecordChange]) -> BTreeSet<String> {
    let ids = |subject: Subject| -> BTreeSet<&str> {
        changes.iter().filter(|one| one.subject == subject).map(|one| one.id.as_str()).collect()
    };
    let changed = [Subject::Element, Subject::Material].map(|subject| (subject, ids(subject)));
    let asks =
        |item: &&Item| changed.iter().any(|(subject, ids)| subject.asked_by(item).iter().any(|id| ids.contains(id)));
    let asking = catalogs.into_iter().flat_map(|catalog| catalog.items.values().filter(asks));
    asking.map(|item| item.id.to_string()).chain(ids(Subject::Item).into_iter().map(str::to_owned)).collect()
}

/// The themes that name one of the items or whose files are edited, with every scenario planned on both sides.
pub fn of_themes(before: &Side<'_>, after: &Side<'_>, items: &BTreeSet<String>, paths: &[&str]) -> Vec<ThemeChange> {
    let touched = |theme: &Theme| {
        let own = format!("themes/{}/", theme.id);
        theme.items.iter().any(|item| items.contains(item.id.as_str()))
            || paths.iter().any(|path| path.starts_with(&own))
    };
    let names: BTreeMap<&str, &str> = before
        .themes
        .iter()
        .chain(after.themes)
        .filter(|theme| touched(theme))
        .map(|theme| (theme.id.as_str(), theme.name.as_str()))
        .collect();
    let (old, new) = (figures(before, &names), figures(after, &names));
    let change = |(id, name): (&&str, &&str)| {
        let of = |side: &BTreeMap<(String, String), Figures>| -> BTreeMap<String, Figures> {
            let own = side.iter().filter(|((theme, _), _)| theme == id);
            own.map(|((_, name), figures)| (name.clone(), *figures)).collect()
        };
        let (old, new) = (of(&old), of(&new));
        let all: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let scenario = |name: &String| ScenarioChange {
            name: name.clone(),
            before: old.get(name).copied(),
            after: new.get(name).copied(),
        };
        ThemeChange {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            scenarios: all.into_iter().map(scenario).collect(),
        }
    };
    names.iter().map(change).collect()
}

fn figures(side: &Side<'_>, wanted: &BTreeMap<&str, &str>) -> BTreeMap<(String, String), Figures> {
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    let (scenarios, _) = themes::scenarios(side.catalog, side.themes, side.files);
    let figures = |scenario: &Scenario| {
        let theme = side.themes.iter().find(|theme| theme.id == scenario.theme)?;
        wanted.get(theme.id.as_str())?;
        let plan = themes::plan(theme, &scenario.answers, &scenario.known);
        Some(((scenario.theme.clone(), scenario.name.clone()), plan.figures))
    };
    scenarios.iter().filter_map(figures).collect()
}

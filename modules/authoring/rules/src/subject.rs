//! What has a form (表单对象): items and themes, each in a file of its own, and elements and materials, several to a file. Where a
//! record stands, what it says, and how it is written back without touching its neighbours.

use std::collections::BTreeMap;

use catalog::model::Item;

use crate::form::{ELEMENT, ITEM, MATERIAL, Section, THEME};
use crate::yaml::{self, Value};

kernel::coded! {
    /// What has a form.
    Subject in "form-subject" {
        /// 事项
        Item = "items",
        /// 一件事主题
        Theme = "themes",
        /// 数据元
        Element = "elements",
        /// 规范材料
        Material = "materials",
    }
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub path: String,
    /// Its place among the records of the file; none where the file is the record.
    pub at: Option<usize>,
}

/// A record as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub id: String,
    pub place: Place,
    pub value: Value,
}

impl Record {
    /// The text under a key; empty where there is none.
    pub fn one(&self, key: &str) -> &str {
        self.value.at(key).and_then(Value::as_text).unwrap_or_default()
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        Some(self.one("name")).filter(|name| !name.is_empty()).unwrap_or(&self.id)
    }
}

impl Subject {
    /// What the file at this path holds.
    pub fn of(path: &str) -> Option<Self> {
        let folder = path.split_once('/')?.0;
        let subject = Self::parse(folder)?;
        (path.ends_with(".yaml") && (subject != Self::Theme || path.ends_with("/theme.yaml"))).then_some(subject)
    }

    /// The parts of its form, in their order.
    pub fn sections(self) -> &'static [Section] {
        match self {
            Self::Item => ITEM,
            Self::Theme => THEME,
            Self::Element => ELEMENT,
            Self::Material => MATERIAL,
        }
    }

    /// The part of that code.
    pub fn section(self, code: &str) -> Option<&'static Section> {
        self.sections().iter().find(|section| section.code == code)
    }

    /// The key under which a record says what it is.
    pub fn id_key(self) -> &'static str {
        if self == Self::Element { "code" } else { "id" }
    }

    /// The elements, or the materials, an item asks for; nothing of another subject.
    pub fn asked_by(self, item: &Item) -> Vec<&str> {
        match self {
            Self::Element => item.fields.iter().map(|field| field.element.as_str()).collect(),
            Self::Material => item.materials.iter().map(|row| row.material.as_str()).collect(),
            Self::Item | Self::Theme => Vec::new(),
        }
    }

    /// Whether several stand in one file.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Element | Self::Material)
    }

    /// The records of a file of this subject; none where it cannot be read.
    pub fn records(self, path: &str, text: &str) -> Option<Vec<Record>> {
        let record = |value: Value, at: Option<usize>| {
            let id = value.at(self.id_key())?.as_text()?.to_owned();
            Some(Record { id, place: Place { path: path.to_owned(), at }, value })
        };
        Some(match yaml::read(text)? {
            Value::List(entries) => {
                entries.into_iter().enumerate().filter_map(|(at, value)| record(value, Some(at))).collect()
            }
            value => record(value, None).into_iter().collect(),
        })
    }

    /// The record of that id among these files.
    pub fn find(self, texts: &BTreeMap<&str, &str>, id: &str) -> Option<Record> {
        let own = texts.iter().filter(|(path, _)| Self::of(path) == Some(self));
        // A file that is one record names itself on a line; a city of them need not be read.
        let mut own = own.filter(|(_, text)| self.is_listed() || first(text, "id:") == Some(id));
        own.find_map(|(path, text)| self.records(path, text)?.into_iter().find(|record| record.id == id))
    }

    /// Id and name of every record, by id.
    pub fn list(self, texts: &BTreeMap<&str, &str>) -> Vec<(String, String)> {
        let own = texts.iter().filter(|(path, _)| Self::of(path) == Some(self));
        let mut all: Vec<(String, String)> = own.flat_map(|(path, text)| self.named(path, text)).collect();
        all.sort();
        all
    }

    /// Id and name of the records of one file.
    pub fn named(self, path: &str, text: &str) -> Vec<(String, String)> {
        if self.is_listed() {
            let records = self.records(path, text).unwrap_or_default();
            return records.iter().map(|record| (record.id.clone(), record.name().to_owned())).collect();
        }
        let Some(id) = first(text, "id:") else { return Vec::new() };
        vec![(id.to_owned(), first(text, "name:").unwrap_or(id).to_owned())]
    }

    /// A new record that says this: its path and what the file then says. `beside` is path and text of the file that is to take
    /// it, and counts only where several stand in one.
    pub fn born(self, id: &str, said: Vec<(String, Value)>, beside: (&str, &str)) -> (String, String) {
        let mut keys = vec![(self.id_key().to_owned(), Value::text(id))];
        keys.extend(said);
        match self {
            Self::Item => (format!("items/{id}.yaml"), yaml::file(&keys)),
            Self::Theme => (format!("themes/{id}/theme.yaml"), yaml::file(&keys)),
            Self::Element | Self::Material => (beside.0.to_owned(), yaml::add(beside.1, &keys)),
        }
    }
}

/// The text of the file with these keys of the record changed.
pub fn written(text: &str, place: &Place, changed: &[(String, Value)]) -> String {
    changed.iter().fold(text.to_owned(), |text, (key, value)| match place.at {
        Some(at) => yaml::set_in(&text, at, key, value),
        None => yaml::set(&text, key, value),
    })
}

/// Whether a new record may be called so: small letters, digits, `-` and `_`, a letter first.
pub fn is_id(id: &str) -> bool {
    id.len() <= 64
        && id.starts_with(|letter: char| letter.is_ascii_lowercase())
        && id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter))
}

/// What follows these letters at the start of a line, as far as it can be told without reading the file.
pub fn first<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    let said = line.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (!said.is_empty()).then_some(said)
}

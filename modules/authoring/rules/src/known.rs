//! What forms may name (称谓): elements, materials, items, authorities, licences and laws of the catalogue in force, and those a
//! revision adds to it.

use std::collections::BTreeMap;

use catalog::Catalog;
use catalog::condition::ElementDictionary;
use catalog::model::{Choice, Element, ElementKind};

use crate::candidate::Edit;
use crate::subject::{Record, Subject};
use crate::yaml::Value;

/// Names by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    pub elements: BTreeMap<String, Element>,
    pub materials: BTreeMap<String, String>,
    pub items: BTreeMap<String, String>,
    pub authorities: BTreeMap<String, String>,
    pub licences: BTreeMap<String, String>,
    pub laws: Vec<String>,
}

impl Known {
    /// Of the catalogue in force with a revision's edits.
    pub fn of(catalog: &Catalog, edits: &[Edit]) -> Self {
        let named = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        let mut known = Self {
            elements: catalog.elements.iter().map(|(code, one)| (code.to_string(), one.clone())).collect(),
            materials: catalog.materials.iter().map(|(id, one)| named(id, &one.name)).collect(),
            items: catalog.items.iter().map(|(id, one)| named(id, &one.name)).collect(),
            authorities: catalog.authorities.iter().map(|(id, one)| named(id, &one.short)).collect(),
            licences: catalog.licences.iter().map(|(id, one)| named(id, &one.name)).collect(),
            laws: catalog.laws.keys().map(ToString::to_string).collect(),
        };
        for edit in edits {
            let (Some(subject), Some(text)) = (Subject::of(&edit.path), &edit.text) else { continue };
            for record in subject.records(&edit.path, text).unwrap_or_default() {
                known.take(subject, &record);
            }
        }
        known
    }

    fn take(&mut self, subject: Subject, record: &Record) {
        let (id, name) = (record.id.clone(), record.name().to_owned());
        match subject {
            Subject::Element => drop(self.elements.insert(id, element(record))),
            Subject::Material => drop(self.materials.insert(id, name)),
            Subject::Item => drop(self.items.insert(id, name)),
            Subject::Theme => {}
        }
    }

    /// The dictionary conditions are read with.
    pub fn dictionary(&self) -> ElementDictionary {
        ElementDictionary::new(self.elements.values())
    }
}

/// An element as far as forms ask: its name, its kind and its options.
fn element(record: &Record) -> Element {
    let options = record.value.get("options").map(Value::entries).unwrap_or_default();
    let text = |value: &Value, key: &str| value.at(key).and_then(Value::as_text).unwrap_or_default().to_owned();
    let kind = ElementKind::ALL.iter().find(|kind| kind.word() == record.one("kind"));
    Element {
        code: record.id.as_str().into(),
        name: record.name().to_owned(),
        kind: kind.copied().unwrap_or(ElementKind::Text),
        unit: None,
        options: options.iter().map(|one| Choice { value: text(one, "value"), label: text(one, "label") }).collect(),
        min: None,
        max: None,
        help: None,
        sample: None,
        group: record.one("group").to_owned(),
        source: None,
        derived: None,
    }
}

//! The form as pages show it: sections, labels, values in words, and where each value came from.

use std::collections::BTreeMap;

use catalog::model::{Element, ElementKind};
use kernel::value::Value;
use serde::Serialize;
use ui::say;

use crate::acts::Handled;
use crate::application::{FormEntry, Origin};
use crate::wording::Wording;

/// A section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormSection {
    /// The elements' group, such as `place`.
    pub group: String,
    /// 场所信息
    pub title: String,
    pub fields: Vec<FieldView>,
}

/// One field, filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldView {
    /// Element code.
    pub element: String,
    pub label: String,
    /// In words.
    pub value: String,
    /// 公安人口库, 申请人填写
    pub source: String,
    /// `record`, `answered`, `derived`, `typed`, `carried`.
    pub origin: &'static str,
}

type Form = BTreeMap<String, FormEntry>;

/// The fields these items ask for, each once, in the order the items name them. One item's own labels are used when it
/// stands alone.
pub(super) fn sections(members: &[&Handled<'_>], form: &Form, wording: &Wording) -> Vec<FormSection> {
    let mut sections: Vec<FormSection> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for field in members.iter().flat_map(|member| &member.item.fields) {
        let element = wording.shelf.catalog().elements.get(&field.element);
        let (Some(element), Some(entry)) = (element, form.get(field.element.as_str())) else { continue };
        if seen.contains(&element.code.as_str()) {
            continue;
        }
        seen.push(&element.code);
        let own = field.label.as_ref().filter(|_| members.len() == 1);
        let shown = FieldView {
            element: element.code.to_string(),
            label: own.unwrap_or(&element.name).clone(),
            value: value_in_words(&entry.value, element, wording),
            source: source_in_words(&entry.origin, wording),
            origin: entry.origin.word(),
        };
        match sections.iter_mut().find(|section| section.group == element.group) {
            Some(section) => section.fields.push(shown),
            None => sections.push(FormSection {
                group: element.group.clone(),
                title: title(&element.group, wording),
                fields: vec![shown],
            }),
        }
    }
    sections
}

fn title(group: &str, wording: &Wording) -> String {
    let key = format!("section.{group}");
    let known = if wording.words.has(&key) { &key } else { "section.other" };
    wording.words.get(known).to_owned()
}

fn value_in_words(value: &Value, element: &Element, wording: &Wording) -> String {
    match (value, element.kind) {
        (Value::Bool(yes), _) => (if *yes { "是" } else { "否" }).to_owned(),
        (Value::List(members), _) => {
            members.iter().map(|one| value_in_words(one, element, wording)).collect::<Vec<_>>().join("、")
        }
        (Value::Number(number), _) => {
            format!("{}{}", say::decimal(*number), element.unit.as_deref().unwrap_or_default())
        }
        (Value::Text(code), ElementKind::Region) => wording.shelf.region_name(code).to_owned(),
        (Value::Text(text), ElementKind::Choice | ElementKind::Multi) => element.label_of(text).to_owned(),
        (other, ElementKind::Date) => other.as_date().map_or_else(|| other.to_string(), plain_day),
        (other, _) => other.to_string(),
    }
}

/// A date on a form: without weekday, with its year.
fn plain_day(day: chrono::NaiveDate) -> String {
    use chrono::Datelike;
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn source_in_words(origin: &Origin, wording: &Wording) -> String {
    match origin {
        Origin::Record { source, .. } => source.clone(),
        Origin::Carried { item } => {
            wording.words.fill("origin.carried", &BTreeMap::from([("item".to_owned(), item.clone())]))
        }
        Origin::Answered | Origin::Derived | Origin::Typed => wording.word("origin", origin.word()),
    }
}

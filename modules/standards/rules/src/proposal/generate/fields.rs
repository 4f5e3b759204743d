//! 免填表: F1 to F3.

use std::collections::{BTreeMap, BTreeSet};

use catalog::ItemRules;
use catalog::model::{Element, ElementKind, Item};

use super::{Found, Ground};
use crate::proposal::Kind;

/// What base libraries keep, by the words fields use for it (人口库、法人库): word, whose register.
const KEPT: [(&str, &str); 12] = [
    ("民族", "resident"),
    ("性别", "resident"),
    ("出生日期", "resident"),
    ("户籍地址", "resident"),
    ("户口所在地", "resident"),
    ("婚姻状况", "resident"),
    ("结婚登记日期", "resident"),
    ("企业类型", "organisation"),
    ("注册资本", "organisation"),
    ("登记日期", "organisation"),
    ("成立日期", "organisation"),
    ("住所", "organisation"),
];

pub(super) fn of(item: &Item, rules: Option<&ItemRules>, ground: &Ground<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut by_name: BTreeMap<String, &str> = BTreeMap::new();
    let read = read_elsewhere(item, rules);
    for field in &item.fields {
        let Some(element) = ground.catalog.elements.get(&field.element) else { continue };
        let label = field.label.as_deref().unwrap_or(&element.name);
        let make = |kind| Found::new(kind, item, Some(field.element.as_str()), 0).fact("field", label);
        if let Some(other) = by_name.insert(plain(&element.name), label) {
            found.push(make(Kind::F2).fact("other", other));
        } else if let Some(register) = kept(element) {
            found.push(make(Kind::F1).fact("register", register));
        } else if !field.required && !is_contact(element) && !read.contains(field.element.as_str()) {
            found.push(make(Kind::F3));
        }
    }
    found
}

/// Where somebody can be reached is needed whatever the matter is.
fn is_contact(element: &Element) -> bool {
    matches!(element.kind, ElementKind::Phone | ElementKind::Email)
}

/// The register that keeps what an element asks, where the element has no source yet.
fn kept(element: &Element) -> Option<&'static str> {
    if element.source.is_some() || element.derived.is_some() {
        return None;
    }
    KEPT.iter().find(|(word, _)| element.name == *word).map(|(_, register)| *register)
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Elements that something of the item depends on: conditions, papers, fees, the commitment's choice.
fn read_elsewhere(item: &Item, rules: Option<&ItemRules>) -> BTreeSet<String> {
    let mut read: BTreeSet<String> = BTreeSet::new();
    if let Some(rules) = rules {
        let papers = rules.materials.iter().flat_map(|one| one.waive.iter().chain([&one.when]));
        let fees = rules.fees.iter().flat_map(|one| one.exemptions.iter().chain([&one.when]));
        let conditions = rules.conditions.iter().chain(&rules.fields).chain(papers).chain(fees).flatten();
        read.extend(conditions.flat_map(|condition| condition.reads()).map(ToString::to_string));
    }
    read.extend(item.fees.iter().filter_map(|fee| fee.count.as_ref()).map(ToString::to_string));
    read.extend(item.commitment.iter().filter_map(|rule| rule.choice.as_ref()).map(ToString::to_string));
    read
}

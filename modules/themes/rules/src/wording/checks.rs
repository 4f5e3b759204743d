//! What is sound word by word and still does not work.

use std::collections::{BTreeMap, BTreeSet};

use catalog::diagnostic::{Report, Span};
use catalog::model::{Catalog, ItemStatus};
use catalog::reader::Node;

use super::codes;
use crate::theme::Theme;

/// Longest saying, in characters.
const SAID_MAX: usize = 12;

/// Checks all words of all files together.
pub(super) fn all<'t>(
    nodes: &[Node],
    catalog: &'t Catalog,
    themes: impl IntoIterator<Item = &'t Theme>,
    report: &mut Report<'_>,
) {
    if nodes.is_empty() {
        return;
    }
    let groups = || nodes.iter().filter_map(|node| node.get("words")).flat_map(Node::entries);
    let words: Vec<(&str, Span)> = groups().filter_map(|group| placed(group.get("word")?)).collect();
    let names: BTreeSet<&str> = words.iter().map(|(word, _)| *word).collect();
    let mut said: BTreeMap<&str, Span> = BTreeMap::new();
    for group in groups() {
        let own = group.get("word").and_then(Node::text).map(str::trim);
        for (saying, span) in group.get("said").into_iter().flat_map(Node::entries).filter_map(placed) {
            one(saying, span, own, &names, report);
            if let Some(first) = said.get(saying) {
                report.at(&codes::SAID_TWICE, span, format!("“{saying}”写了两次")).also(*first, "第一次写在这里");
            }
            said.entry(saying).or_insert(span);
        }
    }
    let called: BTreeSet<&str> = called(catalog, themes).collect();
    for (word, span) in &words {
        if !called.iter().any(|name| name.contains(word)) {
            report.at(&codes::LEADS_NOWHERE, *span, format!("没有主题或者事项的名称、说法里有“{word}”"));
        }
    }
    let fillers = nodes.iter().filter_map(|node| node.get("fillers")).flat_map(Node::entries);
    for (filler, span) in fillers.filter_map(placed) {
        if said.contains_key(filler) || names.contains(filler) {
            report.at(&codes::FILLER_SAYS_SOMETHING, span, format!("“{filler}”在 words 里也有"));
        }
        if called.contains(filler) {
            report.at(&codes::FILLER_NAMES_ITEM, span, format!("“{filler}”是主题或者事项的名称"));
        }
    }
}

fn one(saying: &str, span: Span, own: Option<&str>, names: &BTreeSet<&str>, report: &mut Report<'_>) {
    if own == Some(saying) {
        report.at(&codes::SAYS_ITSELF, span, format!("“{saying}”换成了自己"));
    } else if names.contains(saying) {
        report.at(&codes::SAID_IS_WORD, span, format!("“{saying}”又是另一组的词"));
    }
    let length = saying.chars().count();
    if length > SAID_MAX {
        report.at(&codes::SAID_TOO_LONG, span, format!("“{saying}”有 {length} 个字"));
    }
}

fn placed(node: &Node) -> Option<(&str, Span)> {
    node.text().map(str::trim).filter(|text| !text.is_empty()).map(|text| (text, node.span))
}

/// Everything a theme or an open item is called.
pub(super) fn called<'c>(
    catalog: &'c Catalog,
    themes: impl IntoIterator<Item = &'c Theme>,
) -> impl Iterator<Item = &'c str> {
    let of_theme = |theme: &'c Theme| theme.say.iter().chain([&theme.name, &theme.official]).map(String::as_str);
    let open = catalog.items.values().filter(|item| item.status == ItemStatus::Active);
    let of_items = open.flat_map(|item| item.plain.iter().chain([&item.name]).map(String::as_str));
    themes.into_iter().flat_map(of_theme).chain(of_items)
}

//! What is checked of a connector after it has been read: whose it is, what it pushes, what it reads.

mod pull;
mod push;

use std::collections::BTreeMap;

use access::Role;
use catalog::codes::{UNKNOWN_AUTHORITY, UNKNOWN_ITEM};
use catalog::diagnostic::{Report, Span};
use catalog::model::{Catalog, Item};
use catalog::reader::{At, Node};
use catalog::spelling::closest;
use chrono::format::{Item as Part, StrftimeItems};

use super::{Connector, ID_CHARS_MAX, Way, codes};

/// A connector under examination, with what it refers to.
struct Look<'a> {
    connector: &'a Connector,
    node: &'a Node,
    catalog: &'a Catalog,
    /// Those of its items that exist.
    items: Vec<&'a Item>,
}

impl Look<'_> {
    fn place(&self, path: &[At<'_>]) -> Span {
        self.node.place(path)
    }
}

/// Checks everything.
pub(super) fn all(connector: &Connector, file: &str, node: &Node, catalog: &Catalog, report: &mut Report<'_>) {
    let items = connector.items.iter().filter_map(|id| catalog.items.get(id.as_str())).collect();
    let look = Look { connector, node, catalog, items };
    id(&look, file, report);
    whose(&look, report);
    way(&look, report);
    if !is_date_form(&connector.dates) {
        let what = format!("“{}”不是日期格式", connector.dates);
        report.at(&codes::BAD_DATES, look.place(&["dates".into()]), what);
    }
    if connector.push.is_none() && connector.pull.is_none() {
        let what = format!("“{}”没有 push，也没有 pull", connector.name);
        report.at(&codes::NOTHING_TO_DO, look.place(&["id".into()]), what);
    }
    push::check(&look, report);
    pull::check(&look, report);
}

fn id(look: &Look<'_>, file: &str, report: &mut Report<'_>) {
    let id = &look.connector.id;
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let right = id.chars().all(plain) && id.chars().next().is_some_and(|first| first.is_ascii_lowercase());
    if id != file || !right || id.len() > ID_CHARS_MAX {
        let what = format!("id 是“{id}”，文件名是“{file}”");
        report.at(&codes::WRONG_ID, look.place(&["id".into()]), what);
    }
}

fn whose(look: &Look<'_>, report: &mut Report<'_>) {
    let (authority, catalog) = (&look.connector.authority, look.catalog);
    if !catalog.authorities.contains_key(authority.as_str()) {
        let finding =
            report.at(&UNKNOWN_AUTHORITY, look.place(&["authority".into()]), format!("没有机关“{authority}”"));
        if let Some(near) = closest(authority, catalog.authorities.keys().map(AsRef::as_ref)) {
            finding.mend(format!("是不是要写“{near}”？"));
        }
        return;
    }
    for (row, id) in look.connector.items.iter().enumerate() {
        let span = look.place(&["items".into(), row.into()]);
        let Some(item) = catalog.items.get(id.as_str()) else {
            let finding = report.at(&UNKNOWN_ITEM, span, format!("没有事项“{id}”"));
            if let Some(near) = closest(id, catalog.items.keys().map(AsRef::as_ref)) {
                finding.mend(format!("是不是要写“{near}”？"));
            }
            continue;
        };
        let given = catalog.delegations.values().any(|one| one.to == *authority && one.items.contains(&item.id));
        if item.authority != *authority && !given {
            let what = format!("“{}”由“{}”办理，不是“{authority}”", item.name, item.authority);
            report.at(&codes::NOT_ITS_ITEM, span, what);
        }
    }
    if look.connector.items.is_empty() {
        report.at(&codes::NOT_ITS_ITEM, look.place(&["items".into()]), "一个事项也没有");
    }
}

fn way(look: &Look<'_>, report: &mut Report<'_>) {
    let connector = look.connector;
    let (form, tables, line) = (connector.form.is_some(), connector.tables.is_some(), connector.line.is_some());
    let wrong = match connector.way {
        Way::Http => form || tables,
        Way::Files => !form || tables || line,
        Way::Database => form || !tables || line,
    };
    if wrong {
        let what = format!("方式是“{}”，写的要素不对", connector.way.label());
        report.at(&codes::WAY_INCOMPLETE, look.place(&["way".into()]), what);
    }
    if let Some(tables) = &connector.tables {
        let named =
            [("inbox", &tables.inbox), ("key", &tables.key), ("reports", &tables.reports), ("cursor", &tables.cursor)];
        for (key, name) in named {
            // A table may stand in a schema of its own.
            let (schema, own) = name.split_once('.').unwrap_or(("_", name));
            for part in [schema, own] {
                column(look, part, &["tables".into(), key.into()], report);
            }
        }
    }
}

/// A name that goes into their system. Chinese ones are common there.
fn column(look: &Look<'_>, name: &str, path: &[At<'_>], report: &mut Report<'_>) {
    let mut letters = name.chars();
    let starts = letters.next().is_some_and(|first| first.is_alphabetic() || first == '_');
    if !starts || !letters.all(|letter| letter.is_alphanumeric() || letter == '_') {
        report.at(&codes::BAD_NAME, look.place(path), format!("“{name}”不能作列名"));
    }
}

/// Whether dates can be written and read by it: it has a year, a month and a day, and nothing chrono does not know.
fn is_date_form(form: &str) -> bool {
    let parts: Vec<Part<'_>> = StrftimeItems::new(form).collect();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap_or_default();
    !parts.contains(&Part::Error) && {
        let written = day.format_with_items(parts.into_iter()).to_string();
        chrono::NaiveDate::parse_from_str(&written, form) == Ok(day)
    }
}

/// The post a step of an item asks for.
fn post_of(item: &Item, step: &str) -> Option<Role> {
    item.steps.iter().find(|one| *one.id == *step).map(|one| one.role)
}

/// What stands more than once, with its first row.
fn twice<'v>(values: impl Iterator<Item = &'v str>) -> Vec<(usize, usize)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (row, value) in values.enumerate() {
        match seen.get(value) {
            Some(first) => found.push((row, *first)),
            None => drop(seen.insert(value, row)),
        }
    }
    found
}

//! What an item refers to, and ids inside it.

use std::collections::HashMap;

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::{Entry, Folder};
use crate::model::{Item, Waiver};

pub(super) fn check(entry: &Entry<Item>, folder: &Folder, report: &mut Report<'_>) {
    let item = &entry.value;
    folder.authorities.refer(&item.authority, entry.place(at!["authority"]), report);
    for (row, licence) in item.consumes.iter().enumerate() {
        folder.licences.refer(licence, entry.place(at!["consumes", row]), report);
    }
    if let Some(licence) = &item.provides {
        folder.licences.refer(licence, entry.place(at!["provides"]), report);
    }
    for (row, field) in item.fields.iter().enumerate() {
        folder.elements.refer(&field.element, entry.place(at!["fields", row, "element"]), report);
    }
    if let Some(element) = item.commitment.as_ref().and_then(|commitment| commitment.choice.as_ref()) {
        folder.elements.refer(element, entry.place(at!["commitment", "choice"]), report);
    }
    for (row, material) in item.materials.iter().enumerate() {
        folder.materials.refer(&material.material, entry.place(at!["materials", row, "material"]), report);
        for (by, waiver) in material.waive.iter().enumerate() {
            match waiver {
                Waiver::Product { item } => {
                    folder.items.refer(item, entry.place(at!["materials", row, "waive", by, "item"]), report);
                }
                Waiver::Element { element } => {
                    folder.elements.refer(element, entry.place(at!["materials", row, "waive", by, "element"]), report);
                }
                _ => {}
            }
        }
    }
    earlier(entry, folder, report);
    for (row, authority) in item.preliminary.iter().flat_map(|rule| rule.authorities.iter().enumerate()) {
        folder.authorities.refer(authority, entry.place(at!["preliminary", "authorities", row]), report);
    }
    own_ids(entry, report);
}

/// The licence it renews, changes or strikes off is one, and is made anew just when it goes on.
fn earlier(entry: &Entry<Item>, folder: &Folder, report: &mut Report<'_>) {
    let item = &entry.value;
    let said = [("renews", &item.renews), ("changes", &item.changes), ("cancels", &item.cancels)];
    let mut said = said.into_iter().filter_map(|(key, licence)| licence.as_ref().map(|licence| (key, licence)));
    let Some((key, licence)) = said.next() else { return };
    let span = entry.place(at![key]);
    folder.licences.refer(licence, span, report);
    let what = match (&item.provides, said.next()) {
        (_, Some((other, _))) => format!("{key} 和 {other} 只能写一个"),
        (Some(made), None) if key == "cancels" => format!("注销“{licence}”，又制发“{made}”"),
        (made, None) if key != "cancels" && made.as_ref() != Some(licence) => {
            format!("{key} 写的是“{licence}”，制发的不是它")
        }
        _ => return,
    };
    report.at(&codes::EARLIER_LICENCE, span, what);
}

/// Rows of one list must be told apart.
fn own_ids(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    unique(entry, "materials", "id", item.materials.iter().map(|row| row.id.as_str()), report);
    unique(entry, "conditions", "id", item.conditions.iter().map(|row| row.id.as_str()), report);
    unique(entry, "fields", "element", item.fields.iter().map(|row| row.element.as_str()), report);
    unique(entry, "steps", "id", item.steps.iter().map(|row| row.id.as_str()), report);
    unique(entry, "special", "id", item.special.iter().map(|row| row.id.as_str()), report);
}

fn unique<'i>(
    entry: &Entry<Item>,
    list: &'static str,
    key: &'static str,
    ids: impl Iterator<Item = &'i str>,
    report: &mut Report<'_>,
) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (row, id) in ids.enumerate().filter(|(_, id)| !id.is_empty()) {
        if let Some(first) = seen.insert(id, row) {
            let first = entry.place(at![list, first, key]);
            let span = entry.place(at![list, row, key]);
            report.at(&codes::DUPLICATE_ID, span, format!("“{id}”在 {list} 里写了两次")).also(first, "第一次写在这里");
        }
    }
}

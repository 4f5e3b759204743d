//! What is checked after everything has been read. One file a subject; none knows of the others.

mod citations;
mod conditions;
mod cycles;
mod delegations;
mod elements;
mod fees;
mod handling;
mod item_code;
mod limits;
mod papers;
mod places;
mod references;
mod registers;

use std::collections::BTreeMap;

pub(crate) use conditions::Conditions;

use crate::compile::ItemRules;
use crate::diagnostic::Report;
use crate::folder::{Entry, Folder};
use crate::ids::ItemId;
use crate::model::{Item, ItemStatus};

/// Path into a record: `at!["materials", 3, "when"]`.
macro_rules! at {
    ($($step:expr),+ $(,)?) => { &[$($crate::reader::At::from($step)),+] };
}
use at;

/// Checks everything and returns the compiled conditions of the items.
pub(crate) fn all(
    folder: &Folder<'_>,
    conditions: &mut Conditions<'_>,
    report: &mut Report<'_>,
) -> BTreeMap<ItemId, ItemRules> {
    places::check(folder, report);
    elements::check(folder, report);
    registers::check(folder, report);
    delegations::check(folder, report);
    let mut corpus = citations::Corpus::of(folder);
    let mut codes = item_code::Seen::default();
    let mut rules = BTreeMap::new();
    for (id, entry) in folder.items.iter() {
        references::check(entry, folder, report);
        papers::check(entry, folder, report);
        fees::check(entry, folder, report);
        item_code::check(entry, folder, &mut codes, report);
        corpus.check_item(entry, report);
        rules.insert(id.clone(), conditions.of_item(entry, report));
        // What was cancelled is kept for the record; whether it was consistent no longer matters.
        if entry.sound && entry.value.status != ItemStatus::Cancelled {
            whole(entry, report);
        }
    }
    corpus.finish(report);
    cycles::check(folder, report);
    rules
}

/// Checks that weigh several values of one item against each other.
fn whole(entry: &Entry<'_, Item>, report: &mut Report<'_>) {
    limits::check(entry, report);
    handling::check(entry, report);
}

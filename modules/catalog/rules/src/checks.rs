//! What is checked after everything has been read. One file a subject; none knows of the others.
//!
//! Some checks look at one item and what it names (`item`), others at the folder as a whole (`whole`). The first are kept
//! by item, so that after an edit only those are done again that name something edited (`mentions`).

mod citations;
mod conditions;
mod cycles;
mod delegations;
mod discretion;
mod elements;
mod fees;
mod grain;
mod handling;
mod item_code;
mod known;
mod limits;
mod mentions;
mod papers;
mod places;
mod references;
mod registers;

pub(crate) use citations::{Absent, Corpus};
pub(crate) use conditions::Conditions;
pub(crate) use mentions::mentions;

use crate::compile::ItemRules;
use crate::diagnostic::Report;
use crate::folder::{Entry, Folder};
use crate::model::{Item, ItemStatus};

/// Path into a record: `at!["materials", 3, "when"]`.
macro_rules! at {
    ($($step:expr),+ $(,)?) => { &[$($crate::reader::At::from($step)),+] };
}
use at;

/// Checks the folder as a whole, all but the items one by one.
pub(crate) fn whole(folder: &Folder, report: &mut Report<'_>) {
    places::check(folder, report);
    elements::check(folder, report);
    registers::check(folder, report);
    delegations::check(folder, report);
    known::check(folder, report);
    item_code::twice(folder, report);
    cycles::check(folder, report);
}

/// Checks one item and what it names; returns its conditions and the laws it cites that are not held.
pub(crate) fn item(
    entry: &Entry<Item>,
    folder: &Folder,
    corpus: &Corpus,
    conditions: &mut Conditions,
    report: &mut Report<'_>,
) -> (ItemRules, Vec<Absent>) {
    references::check(entry, folder, report);
    papers::check(entry, folder, report);
    fees::check(entry, folder, report);
    item_code::check(entry, folder, report);
    let absent = corpus.check_item(entry, report);
    let rules = conditions.of_item(entry, report);
    // What was cancelled is kept for the record; whether it was consistent no longer matters.
    if entry.sound && entry.value.status != ItemStatus::Cancelled {
        limits::check(entry, report);
        handling::check(entry, report);
        discretion::check(entry, corpus, report);
        grain::check(entry, report);
    }
    (rules, absent)
}

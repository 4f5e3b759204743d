//! Fees: no fee without a statute, a standard and a way to know what it comes to (行政许可法第五十八条、第五十九条).

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::{Entry, Folder};
use crate::ids::ElementCode;
use crate::model::{Collect, ElementKind, Fee, Item, ItemKind, ItemStatus, LawLevel, ResultKind};

pub(super) fn check(entry: &Entry<Item>, folder: &Folder, report: &mut Report<'_>) {
    let item = &entry.value;
    for (row, fee) in item.fees.iter().enumerate() {
        refers(entry, folder, (row, fee), report);
        if !entry.sound || item.status == ItemStatus::Cancelled {
            continue;
        }
        complete(entry, (row, fee), report);
        statute(entry, folder, (row, fee), report);
        exemptions(entry, (row, fee), report);
        if fee.amount_fen.is_some() && fee.collect == Collect::BeforeIssue && item.result.kind == ResultKind::None {
            let what = format!("“{}”要在制发结果前缴，事项却没有结果", fee.name);
            report.at(&codes::FEE_BEFORE_NOTHING, entry.place(at!["fees", row, "name"]), what);
        }
        for element in reads(fee) {
            if folder.elements.get(element).is_some() && !item.fields.iter().any(|field| field.element == *element) {
                let what = format!("“{}”要看“{element}”，这个事项的表单却不问", fee.name);
                report.at(&codes::FEE_READS_UNASKED, entry.place(at!["fees", row, "name"]), what);
            }
        }
    }
}

fn refers(entry: &Entry<Item>, folder: &Folder, (row, fee): (usize, &Fee), report: &mut Report<'_>) {
    if let Some(payee) = &fee.payee {
        folder.authorities.refer(payee, entry.place(at!["fees", row, "payee"]), report);
    }
    let Some(count) = &fee.count else { return };
    let span = entry.place(at!["fees", row, "count"]);
    folder.elements.refer(count, span, report);
    if let Some(element) = folder.elements.get(count)
        && element.sound
        && element.value.kind != ElementKind::Number
    {
        let what = format!("“{}”是{}，不能用来计件", element.value.name, element.value.kind.label());
        report.at(&codes::FEE_COUNTS_NO_NUMBER, span, what);
    }
}

fn complete(entry: &Entry<Item>, (row, fee): (usize, &Fee), report: &mut Report<'_>) {
    let lacks = match (fee.amount_fen.is_some_and(|fen| fen > 0) || fee.standard.is_some(), fee.basis.is_some()) {
        (true, true) => return,
        (false, true) => "标准",
        (true, false) => "依据",
        (false, false) => "标准和依据",
    };
    let span = entry.place(at!["fees", row, "name"]);
    report.at(&codes::FEE_INCOMPLETE, span, format!("“{}”没有收费{lacks}", fee.name));
}

/// A licence costs nothing but what a law or an administrative regulation says (58.1); other papers found no fee.
fn statute(entry: &Entry<Item>, folder: &Folder, (row, fee): (usize, &Fee), report: &mut Report<'_>) {
    let Some(basis) = &fee.basis else { return };
    let Some(law) = folder.laws.get(&basis.law).filter(|law| law.sound) else { return };
    let level = law.value.level;
    if entry.value.kind == ItemKind::Licence && !matches!(level, LawLevel::Law | LawLevel::Regulation) {
        let what = format!("《{}》是{}，不能设定许可收费", basis.law, level.label());
        report.at(&codes::FEE_WITHOUT_STATUTE, entry.place(at!["fees", row, "basis", "law"]), what);
    }
}

fn exemptions(entry: &Entry<Item>, (row, fee): (usize, &Fee), report: &mut Report<'_>) {
    for (one, exemption) in fee.exemptions.iter().enumerate() {
        let what = match (exemption.basis.is_some(), (1..=100).contains(&exemption.percent)) {
            (true, true) => continue,
            (false, _) => format!("“{}”没有依据", exemption.text),
            (true, false) => format!("“{}”减免 {}%，应当在 1 到 100 之间", exemption.text, exemption.percent),
        };
        let span = entry.place(at!["fees", row, "exemptions", one, "text"]);
        report.at(&codes::FEE_EXEMPTION_INCOMPLETE, span, what);
    }
}

/// What the count reads. What conditions read is checked by the conditions themselves; it may be answered elsewhere.
fn reads(fee: &Fee) -> impl Iterator<Item = &ElementCode> {
    fee.count.iter()
}

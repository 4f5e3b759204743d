//! Warnings somebody looked at and lets stand (放行): `accepted.yaml` in the district's folder, each with a reason and a day.
//!
//! Only warnings can be accepted. One that accepts nothing any more is told, so that the list does not outlive its reasons
//! and pass over the same fault when it comes back.

use chrono::NaiveDate;

use crate::codes;
use crate::diagnostic::{Acceptance, Diagnostic, Report, Severity, SourceFile};
use crate::reader::{Node, Read, load};
use crate::shape;

/// The file in the folder.
pub const PATH: &str = "accepted.yaml";

/// One line of the list.
struct Row {
    code: String,
    file: String,
    /// Words of the finding, where one file has several of the code.
    about: Option<String>,
    reason: String,
    date: NaiveDate,
    by: Option<String>,
}

shape! { Row {
    need: code, file, reason, date;
    may: about, by;
}}

impl Row {
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity == Severity::Warning
            && diagnostic.code == self.code
            && diagnostic.place.file == self.file
            && self.about.as_ref().is_none_or(|about| diagnostic.what.contains(about.as_str()))
    }

    fn acceptance(&self) -> Acceptance {
        Acceptance { reason: self.reason.clone(), date: self.date, by: self.by.clone() }
    }
}

/// Marks what the folder's list lets stand, and adds what is wrong with the list. `known` are all codes there are; `whole`
/// says whether everything was checked, because what was not checked cannot be told to be gone.
pub fn accept(
    files: &[SourceFile],
    mut diagnostics: Vec<Diagnostic>,
    known: &[&'static codes::Code],
    whole: bool,
) -> Vec<Diagnostic> {
    let Some(number) = files.iter().position(|file| file.path == PATH) else { return diagnostics };
    let mut report = Report::new(files);
    if let Some(tree) = load(number, &mut report) {
        for node in rows(&tree) {
            let before = report.count();
            let row = Row::read(node, &mut report);
            if report.count() == before {
                apply(&row, node, &mut diagnostics, known, whole, &mut report);
            }
        }
    }
    diagnostics.extend(report.finish());
    diagnostics
}

fn rows(tree: &Node) -> &[Node] {
    match tree.entries() {
        [] if !tree.is_null() => std::slice::from_ref(tree),
        entries => entries,
    }
}

fn apply(
    row: &Row,
    node: &Node,
    diagnostics: &mut [Diagnostic],
    known: &[&'static codes::Code],
    whole: bool,
    report: &mut Report<'_>,
) {
    let span = node.place(&["code".into()]);
    match known.iter().find(|code| code.id == row.code) {
        None => {
            report.at(&codes::BAD_ACCEPTANCE, span, format!("没有编码“{}”", row.code));
            return;
        }
        Some(code) if code.severity == Severity::Error => {
            report.at(&codes::BAD_ACCEPTANCE, span, format!("{} 是错误，不能放行", row.code));
            return;
        }
        Some(_) => {}
    }
    let mut used = false;
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| row.covers(diagnostic)) {
        used = true;
        diagnostic.accepted.get_or_insert_with(|| row.acceptance());
    }
    if !used && whole {
        let what = format!("{} 里已经没有 {} 可以放行（{} 放行：{}）", row.file, row.code, row.date, row.reason);
        report.at(&codes::STALE_ACCEPTANCE, span, what);
    }
}

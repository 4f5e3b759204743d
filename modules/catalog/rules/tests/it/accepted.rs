//! Warnings that are accepted: shown as such, told when they are no longer there, never an error.

use catalog::accepted::accept;
use catalog::{Diagnostic, SourceFile, codes, compile};

use crate::small;

/// The small catalogue with two warnings of one code in one file, under this list.
fn under(list: &str, whole: bool) -> Vec<Diagnostic> {
    let mut files = small::files();
    small::replace(&mut files, "items/permit.yaml", "text: 从事理发或者生活美容", "text: 原则上从事理发或者生活美容");
    small::replace(&mut files, "items/permit.yaml", "reason: 现场核查", "reason: 必要时现场核查");
    files.push(SourceFile::new("accepted.yaml", list));
    let (_, diagnostics) = compile(&files);
    let known: Vec<_> = codes::all().collect();
    accept(&files, diagnostics, &known, whole)
}

/// Code, line, and why it may stand.
fn seen(diagnostics: &[Diagnostic]) -> Vec<(&str, u32, Option<&str>)> {
    let reason = |d: &Diagnostic| d.accepted.as_ref().map(|accepted| accepted.reason.clone());
    diagnostics.iter().map(|d| (d.code, d.place.line, reason(d).map(|_| "放行"))).collect()
}

#[test]
fn an_accepted_warning_is_shown_as_such() {
    let both =
        under("- {code: W0346, file: items/permit.yaml, reason: 照省里统一指南, date: 2026-05-01, by: 标准组}\n", true);
    assert_eq!(seen(&both), [("W0346", 18, Some("放行")), ("W0346", 23, Some("放行"))]);
    let one = under(
        "- {code: W0346, file: items/permit.yaml, about: 必要时, reason: 照省里统一指南, date: 2026-05-01}\n",
        true,
    );
    assert_eq!(seen(&one), [("W0346", 18, None), ("W0346", 23, Some("放行"))]);
    let printed = catalog::render(&one, &small::files(), Default::default());
    assert!(printed.contains("已放行") && printed.contains("没有错误，1 处提醒，另有 1 处已放行"), "{printed}");
}

#[test]
fn one_that_accepts_nothing_any_more_is_told() {
    let list = "- {code: W0347, file: items/permit.yaml, reason: 旧, date: 2025-05-01}\n";
    assert_eq!(seen(&under(list, true)), [("W0346", 18, None), ("W0346", 23, None), ("W0014", 1, None)]);
    // What was not checked cannot be told to be gone.
    assert_eq!(seen(&under(list, false)).len(), 2);
}

#[test]
fn errors_and_unknown_codes_cannot_be_accepted() {
    for code in ["E0310", "W9999"] {
        let list = format!("- {{code: {code}, file: items/permit.yaml, reason: 急, date: 2026-05-01}}\n");
        assert_eq!(seen(&under(&list, true))[2], ("E0015", 1, None));
    }
    // A line that cannot be read accepts nothing.
    assert_eq!(
        seen(&under("- {code: W0346, file: items/permit.yaml, date: 2026-05-01}\n", true))[2],
        ("E0004", 1, None)
    );
}

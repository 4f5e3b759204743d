//! What the applicant still has to bring although nothing waits for it: papers to follow, evidence of commitments.

use casework::Due;
use chrono::NaiveDate;
use serde::Serialize;
use ui::say;

use super::correction::CorrectionLineView;
use crate::acts::{CorrectionTarget, Handled, owed as owed_by};
use crate::wording::Wording;

/// Papers to be brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwedView {
    /// The first last day of them.
    pub due: Option<NaiveDate>,
    /// 12月11日（周五）前, or why no day can be told.
    pub due_words: String,
    /// Each a line as a correction notice has them, so that both are answered on the same page.
    pub lines: Vec<CorrectionLineView>,
}

/// The papers these cases still miss; `None` where none is missing.
pub(super) fn owed(members: &[&Handled<'_>], wording: &Wording) -> Option<OwedView> {
    let mut lines: Vec<CorrectionLineView> = Vec::new();
    let mut dues = Vec::new();
    for member in members {
        let missing = owed_by(&member.case);
        if missing.is_empty() {
            continue;
        }
        dues.push(due_of(member));
        for id in missing {
            match lines.iter_mut().find(|line| line.id == id) {
                Some(line) => line.items.push(member.row.item_name.clone()),
                None => lines.push(line(&id, member, wording)),
            }
        }
    }
    let first = dues.iter().filter_map(|due| due.day()).min();
    let due_words = match (first, dues.first()) {
        (Some(day), _) => say::before(day, wording.today),
        (None, Some(Due::Unknown(why))) => wording.word("no-date", why.code()),
        (None, _) => String::new(),
    };
    (!lines.is_empty()).then_some(OwedView { due: first, due_words, lines })
}

fn due_of(member: &Handled<'_>) -> Due {
    if member.case.decision.is_some() {
        member.case.evidence_due(&member.law)
    } else {
        member.case.gap_due(&member.law)
    }
}

fn line(id: &str, member: &Handled<'_>, wording: &Wording) -> CorrectionLineView {
    let paper = match CorrectionTarget::parse(id) {
        Some(CorrectionTarget::Paper(paper)) => Some(paper),
        Some(CorrectionTarget::Field(_)) | None => None,
    };
    let evidence = member.case.commitment.iter().flat_map(|commitment| &commitment.made.papers);
    let named = member.case.missing_papers().chain(evidence).find(|paper| paper.id == id);
    let key = if member.case.decision.is_some() { "evidence" } else { "follow" };
    CorrectionLineView {
        id: id.to_owned(),
        paper,
        element: None,
        name: named.map_or_else(|| id.to_owned(), |paper| paper.name.clone()),
        reason: wording.word("owed", key),
        mend: wording.word("owed", "bring"),
        basis: None,
        items: vec![member.row.item_name.clone()],
    }
}

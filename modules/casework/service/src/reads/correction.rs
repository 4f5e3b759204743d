//! The one correction notice of an application, joined over the cases it went to.

use casework::{Correction, Due};
use chrono::NaiveDate;
use serde::Serialize;
use ui::say;

use crate::PaperId;
use crate::acts::{CorrectionTarget, Handled};
use crate::wording::Wording;

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    pub noticed_on: NaiveDate,
    pub due: Option<NaiveDate>,
    /// 12月11日（周五）前, or why no day can be told.
    pub due_words: String,
    /// Everything asked for is in.
    pub answered: bool,
    pub lines: Vec<CorrectionLineView>,
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionLineView {
    /// `paper:…` or `field:…`: the name of its field in the form that answers.
    pub id: String,
    pub paper: Option<PaperId>,
    /// Element code.
    pub element: Option<String>,
    pub name: String,
    pub reason: String,
    pub mend: String,
    pub basis: Option<String>,
    /// Items it concerns, by name.
    pub items: Vec<String>,
}

/// The notices of these cases as one; the earliest due day counts. None when there was no notice.
pub(super) fn correction(members: &[&Handled<'_>], wording: &Wording) -> Option<CorrectionView> {
    let noticed: Vec<(&Handled<'_>, &Correction)> =
        members.iter().filter_map(|member| Some((*member, member.case.correction.as_ref()?))).collect();
    let first = noticed.iter().map(|(_, notice)| notice.noticed_on).min()?;
    let mut lines: Vec<CorrectionLineView> = Vec::new();
    for (member, notice) in &noticed {
        for item in &notice.items {
            if let Some(known) = lines.iter_mut().find(|line| line.id == item.id) {
                known.items.push(member.row.item_name.clone());
                continue;
            }
            let target = CorrectionTarget::parse(&item.id);
            let (paper, element) = match target {
                Some(CorrectionTarget::Paper(paper)) => (Some(paper), None),
                Some(CorrectionTarget::Field(element)) => (None, Some(element)),
                None => (None, None),
            };
            lines.push(CorrectionLineView {
                id: item.id.clone(),
                paper,
                element,
                name: item.name.clone(),
                reason: item.reason.clone(),
                mend: item.mend.clone(),
                basis: item.basis.clone(),
                items: vec![member.row.item_name.clone()],
            });
        }
    }
    let dues: Vec<Due> = noticed.iter().map(|(member, _)| member.case.correction_due(&member.law)).collect();
    let due = dues.iter().filter_map(|due| due.day()).min();
    let why = dues.iter().find_map(|due| due.why());
    Some(CorrectionView {
        noticed_on: first,
        due,
        due_words: match (due, why) {
            (Some(day), _) => say::before(day, wording.today),
            (None, Some(why)) => wording.word("no-date", why.code()),
            (None, None) => String::new(),
        },
        answered: noticed.iter().all(|(_, notice)| notice.answered_on.is_some()),
        lines,
    })
}

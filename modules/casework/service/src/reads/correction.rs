//! The one correction notice of an application, joined over the cases it went to.

use casework::{Correction, CorrectionItem, Due};
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
    let told = noticed.iter().map(|(member, notice)| (*member, &notice.items[..]));
    let lines = joined(told);
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

/// What a pre-review advised and nobody has answered, in the shape of a notice; none where nothing is open.
pub(super) fn advice(members: &[&Handled<'_>], wording: &Wording) -> Option<CorrectionView> {
    let open = |member: &&Handled<'_>| member.case.pre_review.as_ref().is_some_and(|one| one.open_advice().is_some());
    let advised: Vec<&Handled<'_>> = members.iter().copied().filter(|member| open(member)).collect();
    let advice = |member: &'_ Handled<'_>| member.case.pre_review.as_ref().and_then(|one| one.advice.clone());
    let given: Vec<_> = advised.iter().filter_map(|member| Some((*member, advice(member)?))).collect();
    let first = given.iter().map(|(_, advice)| advice.on).min()?;
    let due = advised.iter().filter_map(|member| member.case.pre_review_due(&member.law).day()).min();
    Some(CorrectionView {
        noticed_on: first,
        due,
        due_words: due.map_or_else(String::new, |day| say::before(day, wording.today)),
        answered: false,
        lines: joined(given.iter().map(|(member, advice)| (*member, &advice.points[..]))),
    })
}

/// The lines of several cases, each once with the items it concerns.
fn joined<'a>(told: impl Iterator<Item = (&'a Handled<'a>, &'a [CorrectionItem])>) -> Vec<CorrectionLineView> {
    let mut lines: Vec<CorrectionLineView> = Vec::new();
    for (member, items) in told {
        for item in items {
            if let Some(known) = lines.iter_mut().find(|line| line.id == item.id) {
                known.items.push(member.row.item_name.clone());
                continue;
            }
            let (paper, element) = match CorrectionTarget::parse(&item.id) {
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
    lines
}

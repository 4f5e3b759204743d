//! Notify-and-commit (告知承诺): taken back before the decision, its evidence and its check after it.

use chrono::NaiveDate;
use kernel::limit::{Period, Unit};
use kernel::refusal::Refusal;

use super::{is_blank, printed};
use crate::case::Case;
use crate::commitment::{Commitment, Finding};
use crate::due::Due;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::refusals as no;

type Answer = Result<Vec<Event>, Refusal>;

/// 撤回承诺, before the decision: the case goes the ordinary way and waits for what the commitment had stood for.
pub(super) fn withdraw(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    let commitment = standing(case)?;
    if case.decision.is_some() {
        return Err(no::COMMITMENT_DECIDED.refuse());
    }
    let due = printed(law.terms.correction, today, law);
    Ok(vec![Event::CommitmentWithdrawn { on: today, papers: commitment.made.papers.clone(), due }])
}

/// 承诺核查: kept, to be put right by a day, or broken. What was found once and for all is not looked into again.
pub(super) fn check(
    case: &Case,
    (finding, words, days): (Finding, &str, u32),
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    let commitment = standing(case)?;
    if !commitment.is_unsettled() {
        return Err(no::COMMITMENT_CHECKED.refuse());
    }
    if finding == Finding::Kept && commitment.awaits_evidence() {
        return Err(no::EVIDENCE_OPEN.refuse());
    }
    if finding != Finding::Kept && is_blank(words) {
        return Err(no::FINDING_WITHOUT_WORDS.refuse());
    }
    let rectify_by = match finding {
        Finding::Rectify if days == 0 => return Err(no::RECTIFY_WITHOUT_DAYS.refuse()),
        Finding::Rectify => printed(Period { value: days, unit: Unit::Workday }, today, law),
        Finding::Kept | Finding::Broken => None,
    };
    Ok(vec![Event::CommitmentChecked { on: today, by: by.id.clone(), finding, words: words.to_owned(), rectify_by }])
}

/// 承诺材料逾期未交, by the timer: it goes on record and is the checker's to look into; nothing is lost by it alone.
pub(super) fn miss_evidence(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    let awaits = |commitment: &&Commitment| commitment.awaits_evidence() && commitment.missed_on.is_none();
    if case.standing_commitment().filter(awaits).is_none() {
        return Ok(Vec::new());
    }
    match case.evidence_due(law).day_after() {
        Due::On(day) if day <= today => Ok(vec![Event::EvidenceMissed { on: today }]),
        Due::On(day) => Err(no::NOT_YET.refuse().fact("on", day)),
        Due::Unknown(why) => Err(no::DAY_UNKNOWN.refuse().fact("why", why)),
    }
}

fn standing(case: &Case) -> Result<&Commitment, Refusal> {
    case.standing_commitment().ok_or_else(|| no::NO_COMMITMENT.refuse())
}

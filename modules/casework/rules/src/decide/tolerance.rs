//! What the window may forgive: errors mended on the spot (32.1.3), secondary papers that may follow (容缺受理).

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::acceptance::is_deemed;
use super::{is_blank, power, printed};
use crate::case::Case;
use crate::due::Due;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::missing::MissingPaper;
use crate::officer::Officer;
use crate::refusals as no;
use crate::status::Phase;

type Answer = Result<Vec<Event>, Refusal>;

/// 当场更正: put on record, and nothing else follows from it.
pub(super) fn correct_on_spot(what: &[String], by: &Officer, today: NaiveDate) -> Answer {
    if what.is_empty() || what.iter().any(|line| is_blank(line)) {
        return Err(no::SPOT_CORRECTION_SAYS_NOTHING.refuse());
    }
    Ok(vec![Event::CorrectedOnSpot { on: today, by: by.id.clone(), what: what.to_vec() }])
}

/// 容缺受理: where the item allows it, and only for papers it lists as secondary.
pub(super) fn accept(case: &Case, papers: &[MissingPaper], by: &Officer, law: &CaseLaw, today: NaiveDate) -> Answer {
    let Some(tolerance) = law.tolerance else {
        return Err(no::NO_TOLERANCE.refuse());
    };
    if is_deemed(case, law, today) {
        return Err(no::NOTICE_TOO_LATE.refuse().fact("received_on", case.received_on));
    }
    if papers.is_empty() {
        return Err(no::TOLERANCE_WITHOUT_GAP.refuse());
    }
    if let Some(main) = papers.iter().find(|paper| !paper.secondary) {
        return Err(no::MAIN_PAPER_MISSING.refuse().fact("name", &main.name));
    }
    let due = printed(tolerance, today, law);
    let power = power::of_acceptance(case, Some(by), law);
    Ok(vec![Event::AcceptedTolerantly { on: today, by: by.id.clone(), papers: papers.to_vec(), due, power }])
}

/// 补交: all that was missing at once; after the decision the evidence of a commitment, late evidence too.
pub(super) fn supply(case: &Case, supplied: &[String], law: &CaseLaw, today: NaiveDate) -> Answer {
    let wanted: Vec<&MissingPaper> = match (case.status().phase(), case.standing_commitment()) {
        (Phase::Intake | Phase::Review, _) => case.missing_papers().collect(),
        (Phase::Granted, Some(commitment)) if commitment.awaits_evidence() => commitment.made.papers.iter().collect(),
        (Phase::Granted | Phase::Refused | Phase::Undone | Phase::Ended, _) => Vec::new(),
    };
    if wanted.is_empty() {
        return Err(no::NOTHING_TO_SUPPLY.refuse());
    }
    if case.decision.is_none()
        && let Due::On(due) = case.gap_due(law)
        && due < today
    {
        return Err(no::GAP_OVERDUE.refuse().fact("due", due));
    }
    let missing: Vec<&str> =
        wanted.iter().filter(|paper| !supplied.contains(&paper.id)).map(|paper| paper.name.as_str()).collect();
    if !missing.is_empty() {
        return Err(no::SUPPLY_INCOMPLETE.refuse().fact("count", missing.len()).fact("missing", missing.join("、")));
    }
    Ok(vec![Event::Supplied { on: today, papers: wanted.iter().map(|paper| paper.id.clone()).collect() }])
}

/// 逾期未补齐，视为撤回, by the timer. While the last day cannot be told, nobody loses a case to it.
pub(super) fn lapse(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    match case.gap_due(law).day_after() {
        Due::On(day) if day <= today => Ok(vec![Event::GapLapsed { on: today }]),
        Due::On(day) => Err(no::GAP_NOT_OVERDUE.refuse().fact("lapses_on", day)),
        Due::Unknown(_) if case.missing_papers().next().is_none() => Ok(Vec::new()),
        Due::Unknown(why) => Err(no::DAY_UNKNOWN.refuse().fact("why", why)),
    }
}

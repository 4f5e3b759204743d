//! From acceptance to decision: steps in order, each by its post, nobody on both sides; licences of other cases.

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::{is_blank, power, special};
use crate::case::Case;
use crate::event::Event;
use crate::facts::{Opinion, Outcome, View};
use crate::law::{CaseLaw, LicenceType, StepLaw};
use crate::officer::Officer;
use crate::refusals as no;

type Answer = Result<Vec<Event>, Refusal>;

/// 办理环节: the next one before the decision.
pub(super) fn complete_step(
    case: &Case,
    step: &str,
    opinion: &Opinion,
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    let Some(asked) = law.step(step) else {
        return Err(no::STEP_UNKNOWN.refuse().fact("step", step));
    };
    if case.steps.iter().any(|done| done.step == step) {
        return Err(no::STEP_DONE.refuse().fact("step", &asked.name));
    }
    if law.decision_step().is_some_and(|decision| decision.id == step) {
        return Err(no::STEP_IS_DECISION.refuse().fact("step", &asked.name));
    }
    if case.standing_commitment().is_some() {
        return Err(no::COMMITMENT_DECIDED_AT_ONCE.refuse());
    }
    if let Some(next) = case.next_step(law)
        && next.id != step
    {
        return Err(no::STEP_OUT_OF_ORDER.refuse().fact("step", &asked.name).fact("first", &next.name));
    }
    may_review(case, asked, by)?;
    if opinion.view == View::Disagree && is_blank(&opinion.words) {
        return Err(no::OPINION_WITHOUT_WORDS.refuse());
    }
    Ok(vec![Event::StepCompleted { on: today, by: by.id.clone(), step: step.to_owned(), opinion: opinion.clone() }])
}

/// 决定: after every other step, with every licence it rests on, by somebody who has not handled the case; on a
/// commitment at once. A decision past its due day is late, not void: it is taken all the same.
pub(super) fn decide(
    case: &Case,
    outcome: Outcome,
    reason: &str,
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    if case.standing_commitment().is_none() {
        steps_are_done(case, law)?;
    }
    if case.is_waiting() {
        let awaited: Vec<&str> = case.awaited().map(LicenceType::as_str).collect();
        return Err(no::PREREQUISITE_OPEN.refuse().fact("licences", awaited.join(",")));
    }
    nothing_runs(case, law)?;
    if let Some(step) = law.decision_step() {
        may_review(case, step, by)?;
        may_approve(case, step, by, law)?;
    }
    let missing: Vec<&str> = case.missing_papers().map(|paper| paper.name.as_str()).collect();
    if outcome == Outcome::Grant && !missing.is_empty() {
        return Err(no::GAP_OPEN.refuse().fact("missing", missing.join("、")));
    }
    if outcome == Outcome::Refuse && is_blank(reason) {
        return Err(no::DECISION_WITHOUT_REASON.refuse());
    }
    let power = power::of_decision(case, law);
    Ok(vec![Event::Decided { on: today, by: by.id.clone(), outcome, reason: reason.to_owned(), power }])
}

fn steps_are_done(case: &Case, law: &CaseLaw) -> Result<(), Refusal> {
    let open: Vec<&str> =
        law.steps_before_decision().iter().skip(case.steps.len()).map(|step| step.name.as_str()).collect();
    if !open.is_empty() {
        return Err(no::STEPS_OPEN.refuse().fact("steps", open.join("、")));
    }
    Ok(())
}

/// Neither a special procedure nor a hearing is open: the decision rests on what they bring.
fn nothing_runs(case: &Case, law: &CaseLaw) -> Result<(), Refusal> {
    if let Some(run) = case.open_special() {
        return Err(no::SPECIAL_OPEN.refuse().fact("procedure", special::name(law, &run.procedure)));
    }
    match &case.hearing {
        Some(hearing) if hearing.is_offered() => Err(no::HEARING_UNANSWERED.refuse()),
        Some(hearing) if hearing.is_under_way() => Err(no::HEARING_NOT_HELD.refuse()),
        Some(_) | None => Ok(()),
    }
}

/// 前置结果已取得. Heard twice, it changes nothing.
pub(super) fn prerequisite_met(case: &Case, licence: &LicenceType, number: Option<&str>, today: NaiveDate) -> Answer {
    if is_still_awaited(case, licence)? {
        let number = number.map(str::to_owned);
        return Ok(vec![Event::PrerequisiteMet { on: today, licence: licence.clone(), number }]);
    }
    Ok(Vec::new())
}

/// 前置未通过: the case ends; its siblings that do not need the licence go on.
pub(super) fn prerequisite_failed(case: &Case, licence: &LicenceType, today: NaiveDate) -> Answer {
    if is_still_awaited(case, licence)? {
        return Ok(vec![Event::PrerequisiteFailed { on: today, licence: licence.clone() }]);
    }
    Ok(Vec::new())
}

fn is_still_awaited(case: &Case, licence: &LicenceType) -> Result<bool, Refusal> {
    let prerequisite = case.prerequisites.iter().find(|one| one.licence == *licence);
    prerequisite
        .map(|one| one.met_on.is_none())
        .ok_or_else(|| no::PREREQUISITE_NOT_AWAITED.refuse().fact("licence", licence))
}

/// 受审分离, and the post the step asks for.
fn may_review(case: &Case, step: &StepLaw, by: &Officer) -> Result<(), Refusal> {
    let acceptor = case.acceptance.as_ref().and_then(|acceptance| acceptance.by.as_ref());
    if acceptor == Some(&by.id) {
        return Err(no::ACCEPTOR_MAY_NOT_REVIEW.refuse().fact("step", &step.name));
    }
    let session = case.hearing.as_ref().and_then(|hearing| hearing.session.as_ref());
    if session.and_then(|session| session.presider.as_ref()).is_some_and(|presider| presider.id == by.id) {
        return Err(no::PRESIDER_MAY_NOT_REVIEW.refuse().fact("step", &step.name));
    }
    if !by.holds(step.role) {
        return Err(no::STEP_OF_ANOTHER_ROLE.refuse().fact("step", &step.name).fact("role", step.role.name()));
    }
    Ok(())
}

/// Where the steps name different posts, who did the first (承办) does not take the decision (批准), whatever posts
/// the person holds. So nobody does all of them.
fn may_approve(case: &Case, decision: &StepLaw, by: &Officer, law: &CaseLaw) -> Result<(), Refusal> {
    let (Some(first), Some(handled)) = (law.steps.first(), case.steps.first()) else {
        return Ok(());
    };
    if first.role != decision.role && handled.by == by.id {
        return Err(no::HANDLER_MAY_NOT_DECIDE.refuse().fact("step", &first.name));
    }
    Ok(())
}

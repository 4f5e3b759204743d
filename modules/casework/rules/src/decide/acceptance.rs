//! From receipt to acceptance: the fivefold choice of Article 32.

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::{is_blank, power, printed};
use crate::case::Case;
use crate::due::Due;
use crate::event::Event;
use crate::facts::{CorrectionItem, NonAcceptanceGround};
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::refusals as no;

type Answer = Result<Vec<Event>, Refusal>;

/// 受理. After the fifth working day without a word the case has been accepted by law since receipt; an officer who
/// accepts then only writes down what is so already, and the clock counts from receipt.
pub(super) fn accept(case: &Case, by: &Officer, law: &CaseLaw, today: NaiveDate) -> Answer {
    let power = power::of_acceptance(case, Some(by), law);
    let by = by.id.clone();
    if is_deemed(case, law, today) {
        return Ok(vec![Event::DeemedAccepted { on: case.received_on, recorded_on: today, by: Some(by), power }]);
    }
    Ok(vec![Event::Accepted { on: today, by, power }])
}

/// 视为受理, by the timer: back-dated to the day of receipt.
pub(super) fn deem(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    match case.deemed_on(law) {
        Due::On(day) if day <= today => {
            let power = power::of_acceptance(case, None, law);
            Ok(vec![Event::DeemedAccepted { on: case.received_on, recorded_on: today, by: None, power }])
        }
        Due::On(day) => Err(no::NOT_YET_DEEMED.refuse().fact("deemed_on", day)),
        Due::Unknown(why) => Err(no::DAY_UNKNOWN.refuse().fact("why", why)),
    }
}

/// 一次性补正告知: every item with its reason and its remedy, within the five working days.
pub(super) fn notify(case: &Case, items: &[CorrectionItem], by: &Officer, law: &CaseLaw, today: NaiveDate) -> Answer {
    if is_deemed(case, law, today) {
        return Err(no::NOTICE_TOO_LATE.refuse().fact("received_on", case.received_on));
    }
    well_formed(items, &no::CORRECTION_LISTS_NOTHING)?;
    let due = printed(law.terms.correction, today, law);
    Ok(vec![Event::CorrectionNoticed { on: today, by: by.id.clone(), items: items.to_vec(), due }])
}

/// Every line says what, why and how, and none is there twice.
pub(super) fn well_formed(items: &[CorrectionItem], empty: &no::Rule) -> Result<(), Refusal> {
    if items.is_empty() {
        return Err(empty.refuse());
    }
    for (index, item) in items.iter().enumerate() {
        if [&item.id, &item.name, &item.reason, &item.mend].into_iter().any(|text| is_blank(text)) {
            return Err(no::CORRECTION_ITEM_UNCLEAR.refuse().fact("line", index + 1).fact("name", &item.name));
        }
        if items[..index].iter().any(|earlier| earlier.id == item.id) {
            return Err(no::CORRECTION_ITEM_TWICE.refuse().fact("name", &item.name));
        }
    }
    Ok(())
}

/// A second notice is what Article 32 forbids: all there is to correct is told once.
pub(super) fn second_notice(case: &Case) -> Answer {
    let refusal = no::SECOND_CORRECTION.refuse();
    Err(match &case.correction {
        Some(first) => refusal.fact("noticed_on", first.noticed_on).fact("items", first.items.len()),
        None => refusal,
    })
}

/// 补正: everything asked for, by the last day.
pub(super) fn answer(case: &Case, answered: &[String], law: &CaseLaw, today: NaiveDate) -> Answer {
    if let Due::On(due) = case.correction_due(law)
        && due < today
    {
        return Err(no::CORRECTION_OVERDUE.refuse().fact("due", due));
    }
    let asked = case.correction.as_ref().map_or(&[][..], |correction| &correction.items);
    let missing: Vec<&str> =
        asked.iter().filter(|item| !answered.contains(&item.id)).map(|item| item.name.as_str()).collect();
    if !missing.is_empty() {
        return Err(no::CORRECTION_INCOMPLETE
            .refuse()
            .fact("count", missing.len())
            .fact("missing", missing.join("、")));
    }
    Ok(vec![Event::CorrectionAnswered { on: today }])
}

/// 逾期未补正, by the timer. While the last day cannot be told, nobody loses a case to it.
pub(super) fn lapse(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    match case.lapses_on(law) {
        Due::On(day) if day <= today => Ok(vec![Event::CorrectionLapsed { on: today }]),
        Due::On(day) => Err(no::CORRECTION_NOT_OVERDUE.refuse().fact("lapses_on", day)),
        Due::Unknown(why) => Err(no::DAY_UNKNOWN.refuse().fact("why", why)),
    }
}

/// 不予受理: with its reason; out of competence also with where to go; incomplete only after a notice.
pub(super) fn refuse(
    case: &Case,
    ground: NonAcceptanceGround,
    (reason, go_to): (&str, Option<&str>),
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    if is_deemed(case, law, today) {
        return Err(no::ACCEPTED_MUST_BE_DECIDED.refuse().fact("received_on", case.received_on));
    }
    if is_blank(reason) {
        return Err(no::NON_ACCEPTANCE_WITHOUT_REASON.refuse());
    }
    match ground {
        NonAcceptanceGround::NotNeeded => {}
        NonAcceptanceGround::OutOfCompetence => {
            if go_to.is_none_or(is_blank) {
                return Err(no::NON_ACCEPTANCE_WITHOUT_DIRECTION.refuse());
            }
        }
        NonAcceptanceGround::StillIncomplete => {
            if case.correction.is_none() {
                return Err(no::INCOMPLETE_WITHOUT_NOTICE.refuse());
            }
        }
    }
    Ok(vec![Event::AcceptanceRefused {
        on: today,
        by: by.id.clone(),
        ground,
        reason: reason.to_owned(),
        go_to: go_to.map(str::to_owned),
    }])
}

pub(super) fn is_deemed(case: &Case, law: &CaseLaw, today: NaiveDate) -> bool {
    matches!(case.deemed_on(law), Due::On(day) if day <= today)
}

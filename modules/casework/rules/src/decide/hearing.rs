//! Hearings (听证, 46 to 48): offered, asked for within five days, announced seven days before, held within twenty.

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::{is_blank, printed};
use crate::case::Case;
use crate::due::Due;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::refusals as no;
use crate::special::{Hearing, HearingAnswer, Presider};

type Answer = Result<Vec<Event>, Refusal>;

/// 告知听证权利: once, with what is at stake.
pub(super) fn offer(case: &Case, why: &str, by: &Officer, law: &CaseLaw, today: NaiveDate) -> Answer {
    if let Some(hearing) = &case.hearing {
        return Err(no::HEARING_OFFERED_ALREADY.refuse().fact("on", hearing.offered_on));
    }
    if is_blank(why) {
        return Err(no::HEARING_WITHOUT_SUBJECT.refuse());
    }
    let answer_by = printed(law.terms.hearing_answer, today, law);
    Ok(vec![Event::HearingOffered { on: today, by: by.id.clone(), why: why.to_owned(), answer_by }])
}

/// 申请或者放弃听证, within five working days of the offer.
pub(super) fn answer(case: &Case, answer: HearingAnswer, law: &CaseLaw, today: NaiveDate) -> Answer {
    let hearing = offered(case)?;
    if !hearing.is_offered() {
        return Err(no::HEARING_ANSWERED_ALREADY.refuse());
    }
    if let Due::On(due) = case.hearing_answer_due(law)
        && due < today
    {
        return Err(no::HEARING_ASKED_LATE.refuse().fact("due", due));
    }
    let hold_by = match answer {
        HearingAnswer::Wanted => printed(law.terms.hearing_hold, today, law),
        HearingAnswer::Waived => None,
    };
    Ok(vec![Event::HearingAnswered { on: today, answer, hold_by }])
}

/// 听证通知: the day at least seven working days ahead and within the twenty. It may be put off once more, by the same rule.
pub(super) fn announce(
    case: &Case,
    (on, place, presider): (NaiveDate, &str, &Presider),
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    let hearing = under_way(case)?;
    if is_blank(place) {
        return Err(no::HEARING_WITHOUT_PLACE.refuse());
    }
    may_preside(case, presider)?;
    let earliest = printed(law.terms.hearing_notice, today, law);
    if earliest.is_none_or(|earliest| on < earliest) {
        let earliest = earliest.map_or_else(String::new, |day| day.to_string());
        return Err(no::HEARING_TOO_SOON.refuse().fact("earliest", earliest));
    }
    if let Some(by) = hearing.hold_by.filter(|by| *by < on) {
        return Err(no::HEARING_TOO_LATE.refuse().fact("latest", by));
    }
    Ok(vec![Event::HearingAnnounced {
        on: today,
        by: by.id.clone(),
        session: on,
        place: place.to_owned(),
        presider: Some(presider.clone()),
    }])
}

/// 审查该行政许可申请的工作人员以外的人员: nobody who has taken a step in the case, or who opened the hearing for it.
fn may_preside(case: &Case, presider: &Presider) -> Result<(), Refusal> {
    if is_blank(presider.id.as_str()) || is_blank(&presider.name) {
        return Err(no::HEARING_WITHOUT_PRESIDER.refuse());
    }
    let below = case.preliminary.as_ref().and_then(|one| one.handed_up.as_ref()).map(|up| &up.by);
    let offered = case.hearing.as_ref().map(|hearing| &hearing.by);
    let reviews = case.steps.iter().map(|step| &step.by).chain(below).chain(offered).any(|by| *by == presider.id);
    if reviews {
        return Err(no::PRESIDER_REVIEWS.refuse().fact("name", &presider.name));
    }
    Ok(())
}

/// 听证已举行: on the announced day or after it; the record is what the decision rests on.
pub(super) fn hold(case: &Case, record: &str, by: &Officer, today: NaiveDate) -> Answer {
    let hearing = under_way(case)?;
    let Some(session) = &hearing.session else {
        return Err(no::HEARING_NOT_ANNOUNCED.refuse());
    };
    if today < session.on {
        return Err(no::NOT_YET.refuse().fact("on", session.on));
    }
    if is_blank(record) {
        return Err(no::HEARING_WITHOUT_RECORD.refuse());
    }
    Ok(vec![Event::HearingHeld { on: today, by: by.id.clone(), record: record.to_owned() }])
}

/// 逾期未申请听证, by the timer: as if it had been waived.
pub(super) fn lapse(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    if !case.hearing.as_ref().is_some_and(Hearing::is_offered) {
        return Ok(Vec::new());
    }
    match case.hearing_answer_due(law).day_after() {
        Due::On(day) if day <= today => {
            Ok(vec![Event::HearingAnswered { on: today, answer: HearingAnswer::Waived, hold_by: None }])
        }
        Due::On(day) => Err(no::NOT_YET.refuse().fact("on", day)),
        Due::Unknown(why) => Err(no::DAY_UNKNOWN.refuse().fact("why", why)),
    }
}

fn offered(case: &Case) -> Result<&Hearing, Refusal> {
    case.hearing.as_ref().ok_or_else(|| no::NO_HEARING_OFFERED.refuse())
}

fn under_way(case: &Case) -> Result<&Hearing, Refusal> {
    let hearing = offered(case)?;
    if hearing.is_under_way() { Ok(hearing) } else { Err(no::NO_HEARING_ASKED.refuse()) }
}

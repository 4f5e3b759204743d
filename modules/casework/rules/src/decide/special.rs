//! Special procedures (45): begun with a written notice of how long they take, ended by their result or their last day.

use chrono::NaiveDate;
use kernel::limit::{Period, Unit};
use kernel::refusal::Refusal;

use super::{is_blank, printed};
use crate::case::Case;
use crate::due::Due;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::refusals as no;

type Answer = Result<Vec<Event>, Refusal>;

/// 开始特别程序. Without the number of days there is no notice, and without notice the clock would not stop.
pub(super) fn begin(
    case: &Case,
    (procedure, days, reason): (&str, u32, &str),
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    let Some(special) = law.special(procedure) else {
        return Err(no::SPECIAL_UNKNOWN.refuse().fact("procedure", procedure));
    };
    if let Some(run) = case.open_special() {
        return Err(no::SPECIAL_OPEN.refuse().fact("procedure", name(law, &run.procedure)));
    }
    if days == 0 || is_blank(reason) {
        return Err(no::SPECIAL_WITHOUT_NOTICE.refuse());
    }
    let given: u32 = case.specials.iter().filter(|run| run.procedure == procedure).map(|run| run.days).sum();
    let left = special.days.saturating_sub(given);
    if days > left {
        return Err(no::SPECIAL_TOO_LONG.refuse().fact("procedure", &special.name).fact("left", left));
    }
    let until = printed(Period { value: days, unit: Unit::Workday }, today, law);
    Ok(vec![Event::SpecialBegun {
        on: today,
        by: by.id.clone(),
        procedure: procedure.to_owned(),
        days,
        until,
        reason: reason.to_owned(),
    }])
}

/// 结束特别程序, with what it brought.
pub(super) fn end(case: &Case, result: &str, by: &Officer, today: NaiveDate) -> Answer {
    if case.open_special().is_none() {
        return Err(no::NO_SPECIAL_OPEN.refuse());
    }
    if is_blank(result) {
        return Err(no::SPECIAL_WITHOUT_RESULT.refuse());
    }
    Ok(vec![Event::SpecialEnded { on: today, by: Some(by.id.clone()), result: Some(result.to_owned()) }])
}

/// 特别程序期满, by the timer: from the day after its last day the limit counts again, whatever came of it.
pub(super) fn expire(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    match case.special_due(law).day_after() {
        Due::On(day) if day <= today => Ok(vec![Event::SpecialEnded { on: today, by: None, result: None }]),
        Due::On(day) => Err(no::NOT_YET.refuse().fact("on", day)),
        Due::Unknown(_) if case.open_special().is_none() => Ok(Vec::new()),
        Due::Unknown(why) => Err(no::DAY_UNKNOWN.refuse().fact("why", why)),
    }
}

/// The procedure's name, or its id where the item's version has lost it.
pub(super) fn name<'a>(law: &'a CaseLaw, procedure: &'a str) -> &'a str {
    law.special(procedure).map_or(procedure, |special| &special.name)
}

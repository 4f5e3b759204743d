//! 到期提醒: what is due soon, told once more, if it is still owed then.

use access_service::Visit;
use casework_service::reads::awaited_by;
use catalog_service::Shelf;
use chrono::{NaiveDate, TimeDelta};
use kernel::calendar::WorkCalendar;
use kernel::id::CaseId;
use messages::Kind;
use platform::clock::start_of;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World};
use serde::{Deserialize, Serialize};

use crate::acts::{Reminder, Tell, tell};

const REMIND: &str = "messages.remind";
/// Working days before the last day.
const WORKDAYS_AHEAD: usize = 2;
/// Days looked back for working days: more than the longest holiday.
const DAYS_BACK_MAX: usize = 20;
/// The hour of the day, in Beijing time.
const HOUR: i64 = 9;

/// What a reminder needs when its day has come.
#[derive(Debug, Serialize, Deserialize)]
struct Facts {
    kind: Kind,
    due: NaiveDate,
    #[serde(flatten)]
    told: Reminder,
}

/// The kinds of work.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(REMIND, ring)]
}

/// The reminder of what was told just now; none when its day would be today or before.
pub(crate) fn after(told: &Tell, shelf: &Shelf, today: NaiveDate) -> Result<Option<Job>, Fault> {
    let (Some(kind), Some(due), Some(case)) = (told.kind.reminder(), told.due, told.case) else { return Ok(None) };
    let Some(day) = day_before(due, &shelf.calendar).filter(|day| *day > today) else { return Ok(None) };
    let facts = Facts { kind, due, told: Reminder::of(told) };
    let job = Job::new(REMIND, case).holding(&serde_json::to_value(facts)?);
    // A later notice of the same kind takes the place of an earlier one.
    let key = format!("{REMIND}/{}/{case}", kind.code());
    Ok(Some(job.due(start_of(day) + TimeDelta::hours(HOUR)).keyed(key)))
}

/// So many working days before a day; nothing where the calendar does not reach.
fn day_before(due: NaiveDate, calendar: &WorkCalendar) -> Option<NaiveDate> {
    let before = due.iter_days().rev().skip(1).take(DAYS_BACK_MAX);
    let mut workdays = before.filter(|day| calendar.is_workday(*day).unwrap_or(false));
    workdays.nth(WORKDAYS_AHEAD - 1)
}

async fn ring(world: World, job: Delivery) -> Result<(), Fault> {
    let facts: Facts = job.facts()?;
    let case: CaseId = job.subject.parse().map_err(Fault::internal)?;
    let visit = Visit::system(&world);
    let still_owed = match awaited_by(&visit, case).await {
        Ok(days) => days.contains(&facts.due),
        Err(Fault::NotFound) => false,
        Err(fault) => return Err(fault),
    };
    if !still_owed {
        return Ok(());
    }
    tell(&visit, facts.told.tell((job.id, world.clock.now_utc()), facts.kind, case, facts.due)).await
}

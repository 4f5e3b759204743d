//! The legal clock: a budget, what has been consumed, and since when it runs. Instants are derived, never stored as
//! a state; a case is never marked overdue, its day simply comes.

use chrono::{Days, NaiveDate};
use kernel::calendar::{BeyondCalendar, WorkCalendar};
use kernel::day::months_later;
use kernel::limit::{Limit, Unit};

use crate::due::{Due, WhyNoDate};

/// How the clock goes on after a special procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resume {
    /// 续算: what was consumed stays consumed (行政许可法 45).
    Continue,
    /// 重新起算: the whole budget again.
    Reset,
}

/// A special procedure (特别程序): its days, after `from` and up to `to`, are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The day it began; still counted.
    pub from: NaiveDate,
    /// The day it ended; not counted. `None` while it runs.
    pub to: Option<NaiveDate>,
    /// Whether the applicant was told in writing how long it takes. Without that the clock does not stop (45).
    pub noticed: bool,
    pub resume: Resume,
}

/// One limit running for one case. Pauses are in order and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalClock {
    pub limit: Limit,
    /// The day of the starting event, itself not counted (民法典 201). `None` before it.
    pub started: Option<NaiveDate>,
    pub pauses: Vec<Pause>,
    /// The one extension (42.1), in the limit's own unit; for limits on the spot in working days.
    pub extension: Option<u32>,
    /// The day the thing was done, or the limit became moot.
    pub stopped: Option<NaiveDate>,
}

/// The running parts of a clock: from where it counts, and the pauses still to be left out.
struct Course {
    since: NaiveDate,
    pauses: Vec<Pause>,
}

/// Reaching a mark: the day, or that a pause without an end stands before it.
type Reached = Result<Option<NaiveDate>, BeyondCalendar>;

impl LegalClock {
    /// A clock that no special procedure and no extension has touched.
    pub fn plain(limit: Limit, started: Option<NaiveDate>, stopped: Option<NaiveDate>) -> Self {
        Self { limit, started, pauses: Vec::new(), extension: None, stopped }
    }

    /// Pauses in order, those that touch or overlap made one; the whole budget begins again if any of them says so.
    pub fn joined(mut pauses: Vec<Pause>) -> Vec<Pause> {
        pauses.sort_by_key(|pause| pause.from);
        let mut joined: Vec<Pause> = Vec::with_capacity(pauses.len());
        for pause in pauses {
            match joined.last_mut() {
                Some(last) if last.to.is_none_or(|to| pause.from <= to) => {
                    last.to = last.to.zip(pause.to).map(|(one, other)| one.max(other));
                    if pause.resume == Resume::Reset {
                        last.resume = Resume::Reset;
                    }
                }
                Some(_) | None => joined.push(pause),
            }
        }
        joined
    }

    /// The last day in time. Known also after the clock has stopped, to tell whether it was kept.
    pub fn due(&self, calendar: &WorkCalendar) -> Due {
        let Some(course) = self.course(calendar) else {
            return Due::Unknown(WhyNoDate::NotStarted);
        };
        due_of(self.end(&course, calendar))
    }

    /// The first day the lamp is yellow: no more than a fifth of the limit and no more than two working days left.
    /// `None` where it cannot be told yet.
    pub fn yellow_on(&self, calendar: &WorkCalendar) -> Option<NaiveDate> {
        let course = self.course(calendar)?;
        match self.limit.unit {
            Unit::Workday | Unit::AtOnce => {
                let budget = self.budget();
                let left = (budget / 5).min(2);
                reach_workdays(&course, budget - left, calendar).ok().flatten()
            }
            Unit::NaturalDay | Unit::Hour | Unit::Month | Unit::Year => self.yellow_by_days(&course, calendar),
        }
    }

    /// The first day too late.
    pub fn red_on(&self, calendar: &WorkCalendar) -> Option<NaiveDate> {
        self.due(calendar).day_after().day()
    }

    /// Whether a special procedure holds the clock on its last known day.
    pub fn is_suspended(&self, calendar: &WorkCalendar) -> bool {
        self.stopped.is_none() && self.due(calendar) == Due::Unknown(WhyNoDate::Suspended)
    }

    /// Whether what was due was done in time; `None` while it is not done or no due day is known.
    pub fn kept(&self, calendar: &WorkCalendar) -> Option<bool> {
        Some(self.stopped? <= self.due(calendar).day()?)
    }

    /// Working days of the budget consumed by `day`, for limits in working days: pauses left out, never negative.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when the days cannot be counted.
    pub fn consumed(&self, day: NaiveDate, calendar: &WorkCalendar) -> Result<u32, BeyondCalendar> {
        let Some(course) = self.course(calendar) else { return Ok(0) };
        let day = self.stopped.map_or(day, |stopped| stopped.min(day));
        let mut consumed = calendar.workdays_between(course.since, day)?;
        for pause in &course.pauses {
            let to = pause.to.unwrap_or(day).min(day);
            let from = pause.from.max(course.since).min(day);
            consumed = consumed.saturating_sub(calendar.workdays_between(from, to)?);
        }
        Ok(consumed)
    }

    fn budget(&self) -> u32 {
        let value = if self.limit.unit == Unit::AtOnce { 0 } else { self.limit.value };
        value + self.extension.unwrap_or(0)
    }

    /// Follows the pauses that count: told in writing, and begun before the limit had run out. A reset starts the
    /// course anew.
    fn course(&self, calendar: &WorkCalendar) -> Option<Course> {
        let mut course = Course { since: self.started?, pauses: Vec::new() };
        for pause in self.pauses.iter().filter(|pause| pause.noticed) {
            // What was over before the limit began took nothing from it; what had begun counts from there.
            if pause.to.is_some_and(|to| to <= course.since) {
                continue;
            }
            let pause = &Pause { from: pause.from.max(course.since), ..*pause };
            if matches!(self.end(&course, calendar), Ok(Some(end)) if end <= pause.from) {
                break;
            }
            match (pause.resume, pause.to) {
                (Resume::Reset, Some(to)) => course = Course { since: to, pauses: Vec::new() },
                (Resume::Continue, _) | (Resume::Reset, None) => course.pauses.push(*pause),
            }
        }
        Some(course)
    }

    fn end(&self, course: &Course, calendar: &WorkCalendar) -> Reached {
        match self.limit.unit {
            Unit::Workday | Unit::AtOnce => reach_workdays(course, self.budget(), calendar),
            Unit::NaturalDay | Unit::Hour | Unit::Month | Unit::Year => {
                let Some(last) = self.last_day_unrolled(course) else { return Ok(None) };
                calendar.roll_forward(last).map(Some)
            }
        }
    }

    /// The end of a limit in days, months or years, before it is moved off a rest day (民法典 203): the period
    /// counted through, and every day of a pause added. `None` while a pause has no end.
    fn last_day_unrolled(&self, course: &Course) -> Option<NaiveDate> {
        let mut last = counted_through(course.since, self.budget(), self.limit.unit)?;
        for pause in &course.pauses {
            if last <= pause.from {
                break;
            }
            last = last.checked_add_signed(pause.to? - pause.from)?;
        }
        Some(last)
    }

    fn yellow_by_days(&self, course: &Course, calendar: &WorkCalendar) -> Option<NaiveDate> {
        let last = self.last_day_unrolled(course)?;
        let whole = counted_through(course.since, self.budget(), self.limit.unit)? - course.since;
        let fifth = u64::try_from(whole.num_days()).ok()? / 5;
        let Ok(due) = calendar.roll_forward(last) else {
            // Beyond the calendar only the fifth is sure; warning a little early does no harm.
            return last.checked_sub_days(Days::new(fifth));
        };
        let mut two_workdays = due;
        while let Some(before) = two_workdays.pred_opt() {
            if before < course.since || calendar.workdays_between(before, due).ok()? > 2 {
                break;
            }
            two_workdays = before;
        }
        Some(due.checked_sub_days(Days::new(fifth))?.max(two_workdays))
    }
}

/// The day on which `n` working days have run since the course began, its pauses left out.
fn reach_workdays(course: &Course, n: u32, calendar: &WorkCalendar) -> Reached {
    let mut since = course.since;
    let mut left = n;
    for pause in &course.pauses {
        match calendar.add(since, left, Unit::Workday) {
            Ok(day) if day <= pause.from => return Ok(Some(day)),
            // Later than the pause began, be it known when or not.
            Ok(_) | Err(_) => {}
        }
        left = left.saturating_sub(calendar.workdays_between(since, pause.from)?);
        let Some(to) = pause.to else { return Ok(None) };
        since = to;
    }
    calendar.add(since, left, Unit::Workday).map(Some)
}

/// A period counted through rest days; hours as whole civil days, under 24 none, since the hour is not known here.
fn counted_through(since: NaiveDate, n: u32, unit: Unit) -> Option<NaiveDate> {
    match unit {
        Unit::Month => months_later(since, n),
        Unit::Year => months_later(since, n.checked_mul(12)?),
        Unit::Hour if n < 24 => Some(since),
        Unit::Hour => since.checked_add_days(Days::new(u64::from(n.div_ceil(24)))),
        Unit::NaturalDay | Unit::Workday | Unit::AtOnce => since.checked_add_days(Days::new(u64::from(n))),
    }
}

fn due_of(reached: Reached) -> Due {
    match reached {
        Ok(Some(day)) => Due::On(day),
        Ok(None) => Due::Unknown(WhyNoDate::Suspended),
        Err(_) => Due::Unknown(WhyNoDate::BeyondCalendar),
    }
}

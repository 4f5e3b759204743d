//! What the clock that matters now says: due day, lamp and the instants a row keeps for its lists.

use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use kernel::limit::{Limit, Period, Start};

use crate::case::Case;
use crate::clock::LegalClock;
use crate::due::{Due, WhyNoDate};
use crate::lamp::Lamp;
use crate::law::CaseLaw;
use crate::status::Status;
use crate::word::coded;

coded! {
    /// Which of a case's clocks matters now.
    ClockKind in "clock" {
        /// 受理期限: accept, refuse to accept or notify.
        Acceptance = "acceptance",
        /// 补正期限: the applicant's.
        Correction = "correction",
        /// 办结期限, as promised.
        Decision = "decision",
        /// 送达期限.
        Delivery = "delivery",
        /// None runs any more.
        None = "none",
    }
}

/// A clock as read against a calendar. All its days fit nullable columns; lists are sorted and lamps counted by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub clock: ClockKind,
    /// The last day in time, or why there is none.
    pub due: Due,
    /// The first day of the yellow lamp.
    pub yellow_on: Option<NaiveDate>,
    /// The first day of the red lamp.
    pub red_on: Option<NaiveDate>,
    /// Whether the authority's time stands although the case is open.
    pub stands: bool,
    /// The last day of the calendar it was read against.
    pub calendar_ends: NaiveDate,
}

impl Reading {
    /// Reads a running clock.
    pub fn of(kind: ClockKind, clock: &LegalClock, calendar: &WorkCalendar) -> Self {
        Self {
            clock: if clock.stopped.is_some() { ClockKind::None } else { kind },
            due: clock.due(calendar),
            yellow_on: clock.yellow_on(calendar),
            red_on: clock.red_on(calendar),
            stands: clock.started.is_none() || clock.is_suspended(calendar),
            calendar_ends: *calendar.covers().end(),
        }
    }

    fn nothing(calendar: &WorkCalendar) -> Self {
        Self {
            clock: ClockKind::None,
            due: Due::Unknown(WhyNoDate::Nothing),
            yellow_on: None,
            red_on: None,
            stands: false,
            calendar_ends: *calendar.covers().end(),
        }
    }

    /// The lamp on a day.
    pub fn lamp(&self, today: NaiveDate) -> Lamp {
        let reached = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
        if self.clock == ClockKind::None {
            Lamp::Done
        } else if self.stands {
            Lamp::Stopped
        } else if reached(self.red_on) {
            Lamp::Red
        } else if reached(self.yellow_on) {
            Lamp::Yellow
        } else if self.due.day().is_some() || self.yellow_on.is_some() || today <= self.calendar_ends {
            Lamp::Green
        } else {
            Lamp::Unknown
        }
    }

    /// Working days left after today up to the due day; negative when it is past. `None` where it cannot be told.
    pub fn workdays_left(&self, today: NaiveDate, calendar: &WorkCalendar) -> Option<i64> {
        let due = self.due.day()?;
        let left = i64::from(calendar.workdays_between(today, due).ok()?);
        let late = i64::from(calendar.workdays_between(due, today).ok()?);
        Some(left - late)
    }
}

impl LegalClock {
    /// The lamp of this clock on a day.
    pub fn lamp(&self, today: NaiveDate, calendar: &WorkCalendar) -> Lamp {
        Reading::of(ClockKind::Decision, self, calendar).lamp(today)
    }
}

impl Case {
    /// The decision clock by the promised limit (承诺时限): what the applicant is told.
    pub fn promise_clock(&self, law: &CaseLaw) -> LegalClock {
        self.decision_clock(law.promise)
    }

    /// The decision clock by the statutory limit (法定时限).
    pub fn statutory_clock(&self, law: &CaseLaw) -> LegalClock {
        self.decision_clock(law.statutory)
    }

    fn decision_clock(&self, limit: Limit) -> LegalClock {
        LegalClock::plain(limit, self.clock_started_on(limit.start), self.clock_stopped_on())
    }

    /// The clock of acceptance: from receipt, or again from the answer to the correction notice.
    pub fn acceptance_clock(&self, law: &CaseLaw) -> LegalClock {
        let accepted = self.acceptance.as_ref().map(|acceptance| acceptance.recorded_on);
        let refused = self.non_acceptance.as_ref().map(|refusal| refusal.on);
        let stopped = accepted.or(refused).or(self.clock_stopped_on());
        LegalClock::plain(limit_of(law.terms.notice), Some(self.complete_on()), stopped)
    }

    /// The clock of issue and delivery after a grant (行政许可法 44).
    pub fn delivery_clock(&self, law: &CaseLaw) -> LegalClock {
        let decided = self.decision.as_ref().map(|decision| decision.on);
        let delivered = self.delivered.as_ref().map(|delivered| delivered.on);
        LegalClock::plain(limit_of(law.terms.delivery), decided, delivered)
    }

    /// The applicant's last day to correct: what the notice printed, or counted now if it could not be then.
    pub fn correction_due(&self, law: &CaseLaw) -> Due {
        match &self.correction {
            None => Due::Unknown(WhyNoDate::NotStarted),
            Some(correction) => correction
                .due
                .map_or_else(|| law.terms.correction.after(correction.noticed_on, law.calendar).into(), Due::On),
        }
    }

    /// The day at whose beginning the case counts as accepted unless the authority has spoken: the day after the
    /// fifth working day since receipt (行政许可法 32.1.4). Nothing once a notice, an acceptance or an end is there.
    pub fn deemed_on(&self, law: &CaseLaw) -> Due {
        match self.status() {
            Status::Received => self.acceptance_clock(law).due(law.calendar).day_after(),
            Status::CorrectionNoticed
            | Status::Corrected
            | Status::Waiting
            | Status::InReview
            | Status::Granted
            | Status::Issued
            | Status::Delivered
            | Status::Refused
            | Status::NotAccepted
            | Status::Lapsed
            | Status::Withdrawn
            | Status::Terminated => Due::Unknown(WhyNoDate::Nothing),
        }
    }

    /// The day at whose beginning an unanswered correction notice lapses.
    pub fn lapses_on(&self, law: &CaseLaw) -> Due {
        match self.status() {
            Status::CorrectionNoticed => self.correction_due(law).day_after(),
            _ => Due::Unknown(WhyNoDate::Nothing),
        }
    }

    /// The clock that matters now.
    pub fn reading(&self, law: &CaseLaw) -> Reading {
        let of = |kind, clock| Reading::of(kind, &clock, law.calendar);
        match self.status() {
            Status::Received | Status::Corrected => of(ClockKind::Acceptance, self.acceptance_clock(law)),
            Status::CorrectionNoticed => self.reading_of_correction(law),
            Status::Waiting | Status::InReview => of(ClockKind::Decision, self.promise_clock(law)),
            Status::Granted | Status::Issued => of(ClockKind::Delivery, self.delivery_clock(law)),
            Status::Delivered
            | Status::Refused
            | Status::NotAccepted
            | Status::Lapsed
            | Status::Withdrawn
            | Status::Terminated => Reading::nothing(law.calendar),
        }
    }

    fn reading_of_correction(&self, law: &CaseLaw) -> Reading {
        let due = self.correction_due(law);
        Reading {
            clock: ClockKind::Correction,
            due,
            yellow_on: None,
            red_on: due.day_after().day(),
            stands: true,
            calendar_ends: *law.calendar.covers().end(),
        }
    }
}

fn limit_of(period: Period) -> Limit {
    Limit { value: period.value, unit: period.unit, start: Start::Receipt }
}

//! What the clock that matters now says: due day, lamp and the instants a row keeps for its lists.

use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use kernel::limit::{Limit, Period, Start};

use crate::case::Case;
use crate::clock::{LegalClock, Pause, Resume};
use crate::due::{Due, WhyNoDate};
use crate::lamp::Lamp;
use crate::law::CaseLaw;
use crate::special::{Extension, Hearing, HearingAnswer, SpecialRun};
use crate::status::Status;
use kernel::coded;

coded! {
    /// Which of a case's clocks matters now.
    ClockKind in "clock" {
        /// 预审期限: answer the pre-review.
        PreReview = "pre-review",
        /// 完善期限: the applicant's, before receipt.
        Mending = "mending",
        /// 受理期限: accept, refuse to accept or notify.
        Acceptance = "acceptance",
        /// 补正期限: the applicant's.
        Correction = "correction",
        /// 初审期限: the lower authority's, to review and hand up.
        Preliminary = "preliminary",
        /// 办结期限, as promised.
        Decision = "decision",
        /// 送达期限.
        Delivery = "delivery",
        /// 承诺材料提交期限: the applicant's.
        Evidence = "evidence",
        /// 承诺核查期限.
        Check = "check",
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
        self.decision_clock(law.promise, law)
    }

    /// The decision clock by the statutory limit (法定时限).
    pub fn statutory_clock(&self, law: &CaseLaw) -> LegalClock {
        self.decision_clock(law.statutory, law)
    }

    fn decision_clock(&self, limit: Limit, law: &CaseLaw) -> LegalClock {
        let started = self.clock_started_on(limit.start);
        let mut clock = LegalClock::plain(limit, started, self.clock_stopped_on());
        clock.pauses = self.pauses(law);
        // What was late already when it was extended stays late.
        let in_time = |extension: &&Extension| clock.due(law.calendar).day().is_none_or(|due| extension.on <= due);
        clock.extension = self.extension.as_ref().filter(in_time).map(|extension| extension.days);
        clock
    }

    /// The time not counted: special procedures and the hearing, each for no longer than was announced, in order and
    /// without overlap.
    pub(crate) fn pauses(&self, law: &CaseLaw) -> Vec<Pause> {
        let of_special = |run: &SpecialRun| Pause {
            from: run.began_on,
            to: run.uncounted_until(),
            noticed: true,
            resume: law.special(&run.procedure).map_or(Resume::Continue, |special| special.resume),
        };
        let of_hearing = |hearing: &Hearing| {
            let from = hearing.answered_on.filter(|_| hearing.answer == Some(HearingAnswer::Wanted))?;
            Some(Pause { from, to: hearing.uncounted_until(), noticed: true, resume: Resume::Continue })
        };
        let pauses = self.specials.iter().map(of_special).chain(self.hearing.as_ref().and_then(of_hearing)).collect();
        LegalClock::joined(pauses)
    }

    /// The clock of the answer to a pre-review, from the day of filing.
    fn pre_review_clock(&self, law: &CaseLaw) -> LegalClock {
        let filed_on = self.pre_review.as_ref().map(|pre_review| pre_review.filed_on);
        LegalClock::plain(limit_of(law.pre_review.unwrap_or(law.terms.pre_review)), filed_on, None)
    }

    /// The clock of acceptance: from receipt, or again from the answer to the correction notice.
    pub fn acceptance_clock(&self, law: &CaseLaw) -> LegalClock {
        let accepted = self.acceptance.as_ref().map(|acceptance| acceptance.recorded_on);
        let refused = self.non_acceptance.as_ref().map(|refusal| refusal.on);
        let stopped = accepted.or(refused).or(self.clock_stopped_on());
        LegalClock::plain(limit_of(law.terms.notice), Some(self.complete_on()), stopped)
    }

    /// The clock of the preliminary review (行政许可法 43): from acceptance to the handing up. It tells afterwards too whether
    /// it was handed up in time.
    pub fn preliminary_clock(&self, law: &CaseLaw) -> LegalClock {
        let limit = law.preliminary.as_ref().map_or_else(|| limit_of(law.terms.preliminary), |one| one.limit);
        let accepted = self.acceptance.as_ref().map(|acceptance| acceptance.on);
        let up = self.preliminary.as_ref().and_then(|one| one.handed_up.as_ref()).map(|up| up.on);
        LegalClock::plain(limit, accepted, up.or(self.clock_stopped_on()))
    }

    /// The clock of issue and delivery after a grant (行政许可法 44).
    pub fn delivery_clock(&self, law: &CaseLaw) -> LegalClock {
        let decided = self.decision.as_ref().map(|decision| decision.on);
        let delivered = self.delivered.as_ref().map(|delivered| delivered.on);
        LegalClock::plain(limit_of(law.terms.delivery), decided, delivered)
    }

    /// The clock that matters now.
    pub fn reading(&self, law: &CaseLaw) -> Reading {
        let of = |kind, clock| Reading::of(kind, &clock, law.calendar);
        match self.status() {
            Status::PreReview => of(ClockKind::PreReview, self.pre_review_clock(law)),
            Status::ToMend => self.reading_of_applicant(ClockKind::Mending, self.pre_review_due(law), law),
            Status::Received | Status::Corrected => of(ClockKind::Acceptance, self.acceptance_clock(law)),
            Status::CorrectionNoticed => {
                self.reading_of_applicant(ClockKind::Correction, self.correction_due(law), law)
            }
            Status::Preliminary => of(ClockKind::Preliminary, self.preliminary_clock(law)),
            Status::Waiting | Status::InReview => of(ClockKind::Decision, self.promise_clock(law)),
            // The day it is due if the procedure takes as long as announced; until then the lamp is out.
            Status::InSpecial => Reading { stands: true, ..of(ClockKind::Decision, self.promise_clock(law)) },
            Status::Granted | Status::Issued => of(ClockKind::Delivery, self.delivery_clock(law)),
            Status::Delivered => self.reading_of_commitment(law),
            Status::Refused
            | Status::Revoked
            | Status::Cancelled
            | Status::NotAccepted
            | Status::Lapsed
            | Status::Withdrawn
            | Status::Terminated => Reading::nothing(law.calendar),
        }
    }

    /// After the hand-over a commitment is still to be made good by the applicant, and then checked by the authority.
    fn reading_of_commitment(&self, law: &CaseLaw) -> Reading {
        let Some(commitment) = self.standing_commitment().filter(|commitment| commitment.is_unsettled()) else {
            return Reading::nothing(law.calendar);
        };
        let applicants = commitment.checks.is_empty() && commitment.awaits_evidence() && commitment.missed_on.is_none();
        let (clock, due) = if applicants {
            (ClockKind::Evidence, self.evidence_due(law))
        } else {
            (ClockKind::Check, self.check_due(law))
        };
        Reading {
            clock,
            due,
            yellow_on: if applicants { None } else { due.day() },
            red_on: due.day_after().day(),
            stands: applicants,
            calendar_ends: *law.calendar.covers().end(),
        }
    }

    /// The applicant's own time: no lamp warns of it, and the authority's stands.
    fn reading_of_applicant(&self, clock: ClockKind, due: Due, law: &CaseLaw) -> Reading {
        Reading {
            clock,
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

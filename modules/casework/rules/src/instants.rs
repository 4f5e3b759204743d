//! The days on which time alone changes something, and the orders the timers then give. All derived from facts, none
//! stored as a state.

use chrono::NaiveDate;
use kernel::limit::{Period, Unit};

use crate::case::Case;
use crate::clock::LegalClock;
use crate::commitment::Commitment;
use crate::due::{Due, WhyNoDate};
use crate::law::CaseLaw;
use crate::missing::{Gap, GapGround};
use crate::order::Order;
use crate::status::{Phase, Status};

impl Case {
    /// Everything that will ring for this case as it stands: at the beginning of which day, and what it then orders.
    /// A day the calendar does not reach is among them, so that somebody looks again.
    pub fn rings(&self, law: &CaseLaw) -> Vec<(Due, Order)> {
        let bells = [
            (self.power_ends_on(), Order::MovePower),
            (self.pre_review_ends_on(law), Order::LapsePreReview),
            (self.deemed_on(law), Order::DeemAccepted),
            (self.lapses_on(law), Order::LapseCorrection),
            (self.gap_due(law).day_after(), Order::LapseGap),
            (self.special_due(law).day_after(), Order::ExpireSpecial),
            (self.hearing_answer_due(law).day_after(), Order::LapseHearing),
            (self.deemed_renewed_on(law), Order::DeemRenewed),
            (self.evidence_missed_on(law), Order::MissEvidence),
        ];
        let rings = |due: &Due| matches!(due, Due::On(_) | Due::Unknown(WhyNoDate::BeyondCalendar));
        bells.into_iter().filter(|(due, _)| rings(due)).collect()
    }

    /// The last day to answer the pre-review; once advice is out, the applicant's last day to mend.
    pub fn pre_review_due(&self, law: &CaseLaw) -> Due {
        let Some(pre_review) = self.pre_review.as_ref().filter(|pre_review| pre_review.is_open()) else {
            return Due::Unknown(WhyNoDate::Nothing);
        };
        match &pre_review.advice {
            None => law.pre_review.unwrap_or(law.terms.pre_review).after(pre_review.filed_on, law.calendar).into(),
            Some(advice) => {
                let mend_by = advice.mend_by.or_else(|| law.mending_after(pre_review.filed_on));
                mend_by.map_or(Due::Unknown(WhyNoDate::BeyondCalendar), Due::On)
            }
        }
    }

    /// The day at whose beginning the case goes on to receipt whatever was or was not said.
    pub fn pre_review_ends_on(&self, law: &CaseLaw) -> Due {
        match self.status() {
            Status::PreReview | Status::ToMend => self.pre_review_due(law).day_after(),
            _ => Due::Unknown(WhyNoDate::Nothing),
        }
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

    /// The last day to bring what was missing; the earliest where there are several.
    pub fn gap_due(&self, law: &CaseLaw) -> Due {
        let of = |gap: &Gap| {
            let period = match gap.ground {
                GapGround::Tolerance => law.tolerance.unwrap_or(law.terms.correction),
                GapGround::CommitmentWithdrawn => law.terms.correction,
            };
            recounted(gap.due, period, gap.since, law)
        };
        let open: Vec<Due> = self.gaps.iter().filter(|gap| gap.is_open()).map(of).collect();
        let first = open.iter().filter_map(|due| due.day()).min();
        first.map_or_else(|| open.first().copied().unwrap_or(Due::Unknown(WhyNoDate::Nothing)), Due::On)
    }

    /// The last day the notice gives the special procedure under way.
    pub fn special_due(&self, law: &CaseLaw) -> Due {
        self.open_special().map_or(Due::Unknown(WhyNoDate::Nothing), |run| {
            recounted(run.until, Period { value: run.days, unit: Unit::Workday }, run.began_on, law)
        })
    }

    /// The last day to ask for the hearing that was offered.
    pub fn hearing_answer_due(&self, law: &CaseLaw) -> Due {
        let offered = self.hearing.as_ref().filter(|hearing| hearing.is_offered());
        offered.map_or(Due::Unknown(WhyNoDate::Nothing), |hearing| {
            recounted(hearing.answer_by, law.terms.hearing_answer, hearing.offered_on, law)
        })
    }

    /// The last day for the evidence of a commitment, once the decision is taken.
    pub fn evidence_due(&self, law: &CaseLaw) -> Due {
        let awaits = |commitment: &&Commitment| commitment.awaits_evidence();
        let granted = self.status().phase() == Phase::Granted;
        match (law.evidence_due, self.standing_commitment().filter(awaits)) {
            (Some(limit), Some(_)) if granted => {
                let started = self.start_event_on(limit.start);
                LegalClock::plain(limit, started, None).due(law.calendar)
            }
            _ => Due::Unknown(WhyNoDate::Nothing),
        }
    }

    /// The last day to check the commitment: after its evidence was in or missed, or when what was to be put right was
    /// due.
    pub fn check_due(&self, law: &CaseLaw) -> Due {
        let unsettled = |commitment: &&Commitment| commitment.is_unsettled();
        let Some(commitment) = self.standing_commitment().filter(unsettled) else {
            return Due::Unknown(WhyNoDate::Nothing);
        };
        let from = match commitment.checks.last() {
            Some(check) => check.rectify_by,
            None if commitment.awaits_evidence() => commitment.missed_on,
            None => commitment.supplied_on.or_else(|| self.decision.as_ref().map(|decision| decision.on)),
        };
        from.map_or(Due::Unknown(WhyNoDate::NotStarted), |day| {
            law.terms.commitment_check.after(day, law.calendar).into()
        })
    }

    /// The day at whose beginning a renewal counts as granted: after the last day of the licence, if everything was in
    /// thirty working days before, the case is accepted, and nothing is missing from the applicant or another case
    /// (行政许可法 50).
    pub fn deemed_renewed_on(&self, law: &CaseLaw) -> Due {
        let nothing = Due::Unknown(WhyNoDate::Nothing);
        let (Some(renews), Some(acceptance)) = (&self.renews, &self.acceptance) else { return nothing };
        let days = law.calendar.workdays_between(self.complete_on(), renews.expires_on);
        let in_time = days.is_ok_and(|days| days >= law.terms.renewal.value);
        let open = matches!(self.status(), Status::Preliminary | Status::InReview | Status::InSpecial);
        if !in_time || !open || self.is_waiting() || self.missing_papers().next().is_some() {
            return nothing;
        }
        match Due::On(renews.expires_on).day_after() {
            Due::On(day) => Due::On(day.max(acceptance.on)),
            unknown @ Due::Unknown(_) => unknown,
        }
    }

    /// The day at whose beginning the case counts as accepted unless the authority has spoken: the day after the
    /// fifth working day since receipt (行政许可法 32.1.4). Nothing once a notice, an acceptance or an end is there.
    pub fn deemed_on(&self, law: &CaseLaw) -> Due {
        if self.status() == Status::Received {
            self.acceptance_clock(law).due(law.calendar).day_after()
        } else {
            Due::Unknown(WhyNoDate::Nothing)
        }
    }

    /// The day at whose beginning an unanswered correction notice lapses.
    pub fn lapses_on(&self, law: &CaseLaw) -> Due {
        match self.status() {
            Status::CorrectionNoticed => self.correction_due(law).day_after(),
            _ => Due::Unknown(WhyNoDate::Nothing),
        }
    }

    /// The day at whose beginning the evidence of a commitment is late; nothing once that is on record.
    fn evidence_missed_on(&self, law: &CaseLaw) -> Due {
        match &self.commitment {
            Some(commitment) if commitment.missed_on.is_none() => self.evidence_due(law).day_after(),
            Some(_) | None => Due::Unknown(WhyNoDate::Nothing),
        }
    }
}

/// What was printed, or counted now if the calendar did not reach then.
fn recounted(printed: Option<NaiveDate>, period: Period, since: NaiveDate, law: &CaseLaw) -> Due {
    printed.map_or_else(|| period.after(since, law.calendar).into(), Due::On)
}

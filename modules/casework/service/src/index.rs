//! What rows keep so that lists can be sorted, filtered and counted by the database: derived from the facts by these
//! functions and by nothing else.

use chrono::NaiveDate;

use casework::application::{Handover, Member, handover};
use casework::{Case, CaseLaw, ClockKind, Due, Reading, Status};

/// Sorts what is open and has no due day after everything that has one.
pub(crate) const WITHOUT_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 1, 1).unwrap();
/// Sorts what is ended last; lists of open things stop before it.
pub(crate) const ENDED: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();

/// Steps that are not the item's: before acceptance and after the decision.
pub(crate) const PRE_REVIEW: &str = "pre-review";
pub(crate) const MEND: &str = "mend";
pub(crate) const ACCEPT: &str = "accept";
pub(crate) const PRELIMINARY: &str = "preliminary";
pub(crate) const CORRECT: &str = "correct";
pub(crate) const ISSUE: &str = "issue";
pub(crate) const HAND_OVER: &str = "hand-over";
/// After it, where the licence rests on a commitment: the evidence, and the check.
pub(crate) const EVIDENCE: &str = "evidence";
pub(crate) const CHECK: &str = "check";

/// All steps that are not the item's: their words are this module's.
pub(crate) const OWN_STEPS: [&str; 9] =
    [PRE_REVIEW, MEND, ACCEPT, PRELIMINARY, CORRECT, ISSUE, HAND_OVER, EVIDENCE, CHECK];

/// Turns that are no post's: the applicant's, and the window's to hand over.
pub(crate) const APPLICANT: &str = "applicant";
pub(crate) const WINDOW: &str = "window";

/// What the row of a case keeps besides its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaseIndex {
    pub(crate) status: Status,
    /// On whose desk it lies.
    pub(crate) authority: String,
    /// Who has still to receive the decision.
    pub(crate) supervisor: Option<String>,
    pub(crate) step: String,
    pub(crate) turn: String,
    pub(crate) clock: ClockKind,
    pub(crate) stands: bool,
    pub(crate) due_on: Option<NaiveDate>,
    pub(crate) yellow_on: Option<NaiveDate>,
    pub(crate) red_on: Option<NaiveDate>,
    pub(crate) deemed_on: Option<NaiveDate>,
    pub(crate) lapse_on: Option<NaiveDate>,
    pub(crate) sort_on: NaiveDate,
    pub(crate) accepted_by: Option<String>,
    pub(crate) handled_by: Option<String>,
}

impl CaseIndex {
    pub(crate) fn of(case: &Case, law: &CaseLaw) -> Self {
        let reading = case.reading(law);
        let (step, turn) = step_and_turn(case, law);
        let due_on = reading.due.day();
        let acceptor = case.acceptance.as_ref().and_then(|acceptance| acceptance.by.as_ref());
        Self {
            status: case.status(),
            authority: case.desk_today(law).to_owned(),
            supervisor: case.supervision.as_ref().filter(|one| one.is_open()).map(|one| one.authority.clone()),
            clock: reading.clock,
            stands: reading.stands,
            due_on,
            yellow_on: reading.yellow_on,
            red_on: reading.red_on,
            deemed_on: case.deemed_on(law).day(),
            lapse_on: case.lapses_on(law).day(),
            sort_on: if turn.is_empty() { ENDED } else { due_on.unwrap_or(WITHOUT_DAY) },
            accepted_by: acceptor.map(ToString::to_string),
            handled_by: case.steps.first().map(|done| done.by.to_string()),
            step,
            turn,
        }
    }
}

fn step_and_turn(case: &Case, law: &CaseLaw) -> (String, String) {
    let pair = |step: &str, turn: &str| (step.to_owned(), turn.to_owned());
    match case.status() {
        Status::PreReview => pair(PRE_REVIEW, access::Role::Clerk.name()),
        Status::ToMend => pair(MEND, APPLICANT),
        Status::Received | Status::Corrected => pair(ACCEPT, access::Role::Clerk.name()),
        Status::CorrectionNoticed => pair(CORRECT, APPLICANT),
        Status::Preliminary => pair(PRELIMINARY, access::Role::Handler.name()),
        Status::Waiting | Status::InReview | Status::InSpecial => {
            case.next_step(law).map_or_else(|| pair("", ""), |step| pair(&step.id, step.role.name()))
        }
        Status::Granted if law.makes_result => pair(ISSUE, access::Role::Issuer.name()),
        Status::Granted | Status::Issued => pair(HAND_OVER, WINDOW),
        Status::Refused if case.delivered.is_none() => pair(HAND_OVER, WINDOW),
        Status::Delivered if case.reading(law).clock == ClockKind::Check => pair(CHECK, access::Role::Handler.name()),
        Status::Delivered if case.reading(law).clock == ClockKind::Evidence => pair(EVIDENCE, APPLICANT),
        Status::Refused
        | Status::Delivered
        | Status::Revoked
        | Status::Cancelled
        | Status::NotAccepted
        | Status::Lapsed
        | Status::Withdrawn
        | Status::Terminated => pair("", ""),
    }
}

/// What the row of an application keeps for the window's list, and when a timer has to look at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ApplicationIndex {
    /// [`PRE_REVIEW`], [`ACCEPT`], [`HAND_OVER`] or empty.
    pub(crate) task: &'static str,
    pub(crate) due_on: Option<NaiveDate>,
    pub(crate) yellow_on: Option<NaiveDate>,
    pub(crate) red_on: Option<NaiveDate>,
    pub(crate) timer_on: Option<NaiveDate>,
    pub(crate) is_settled: bool,
    pub(crate) is_handed_over: bool,
}

impl ApplicationIndex {
    pub(crate) fn of(members: &[Member], today: NaiveDate) -> Self {
        let handover = handover(members, today);
        let is_receivable = |member: &&Member| matches!(member.case.status(), Status::Received | Status::Corrected);
        let is_filed = |member: &&Member| member.case.status() == Status::PreReview;
        let (task, readings): (_, Vec<Reading>) = if members.iter().any(|member| is_filed(&member)) {
            let theirs = |member: &&Member| is_filed(member) || is_receivable(member);
            (PRE_REVIEW, members.iter().filter(theirs).map(read).collect())
        } else if members.iter().any(|member| is_receivable(&member)) {
            (ACCEPT, members.iter().filter(is_receivable).map(read).collect())
        } else if let Handover::Ready { deliver } | Handover::Pressing { deliver, .. } = &handover {
            let ready = members.iter().filter(|member| deliver.contains(&member.case.id));
            (HAND_OVER, ready.map(read).collect())
        } else {
            ("", Vec::new())
        };
        let first = |day: fn(&Reading) -> Option<NaiveDate>| readings.iter().filter_map(day).min();
        Self {
            task,
            due_on: first(|reading| reading.due.day()),
            yellow_on: first(|reading| reading.yellow_on),
            red_on: first(|reading| reading.red_on),
            timer_on: members.iter().filter_map(|member| timer_on(member, &handover, today)).min(),
            is_settled: members.iter().all(|member| member.case.is_settled(member.law)),
            is_handed_over: handover == Handover::Done,
        }
    }

    /// The due day for sorting.
    pub(crate) fn sort_on(&self) -> NaiveDate {
        if self.task.is_empty() { ENDED } else { self.due_on.unwrap_or(WITHOUT_DAY) }
    }
}

fn read(member: &Member) -> Reading {
    member.case.reading(member.law)
}

/// The next day on which time alone changes something: what the case says will ring, or a result that may not wait for
/// its siblings any longer. A day that the calendar does not reach yet is looked for again tomorrow.
fn timer_on(member: &Member, handover: &Handover, today: NaiveDate) -> Option<NaiveDate> {
    let rings = member.case.rings(member.law).into_iter().filter_map(|(due, _)| match due {
        Due::On(day) => Some(day),
        Due::Unknown(_) => today.succ_opt(),
    });
    let presses = match member.case.status() {
        Status::Granted | Status::Issued if matches!(handover, Handover::NotYet { .. }) => {
            read(member).yellow_on.filter(|day| *day > today)
        }
        _ => None,
    };
    rings.chain(presses).min()
}

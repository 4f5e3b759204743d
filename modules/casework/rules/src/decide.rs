//! The one life cycle: (state, order) to events or a refusal. Every cell of the chart is written here.

mod acceptance;
mod closing;
mod commitment;
mod extension;
mod hearing;
mod power;
mod pre_review;
mod review;
mod special;
mod tolerance;
mod undoing;

use chrono::NaiveDate;
use kernel::limit::Period;
use kernel::refusal::Refusal;

use crate::case::Case;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::order::Order;
use crate::refusals as no;
use crate::status::{Phase, Status::*};

/// What follows from an order on a day (Asia/Shanghai).
///
/// `Ok` with no events means: heard, and nothing is left to do. Timers and listeners may ring twice, and people act
/// before them; only a timer that rings too early is refused, so that it is set again.
///
/// # Errors
/// [`Refusal`], with its clause where the law says so, and the next step. A refusal changes nothing.
pub fn decide(case: &Case, order: &Order, law: &CaseLaw, today: NaiveDate) -> Result<Vec<Event>, Refusal> {
    if today < case.last_act_on {
        return Err(no::DAY_BEFORE_LAST_ACT.refuse().fact("day", today).fact("last", case.last_act_on));
    }
    power::may_act(case, order, law)?;
    match (case.status(), order) {
        (PreReview | ToMend, Order::PassPreReview { by }) => pre_review::pass(by, today),
        (PreReview, Order::AdvisePreReview { points, by }) => pre_review::advise(case, points, by, law, today),
        (ToMend, Order::AdvisePreReview { .. }) => pre_review::advise_again(case),
        (ToMend, Order::MendPreReview { points }) => pre_review::mend(case, points, today),
        (PreReview, Order::MendPreReview { .. }) => Err(no::NOTHING_ADVISED.refuse()),
        (PreReview | ToMend, Order::SkipPreReview) => pre_review::skip(today),
        (PreReview | ToMend, Order::LapsePreReview) => pre_review::lapse(case, law, today),
        (
            PreReview | ToMend,
            Order::Accept { .. }
            | Order::NotifyCorrection { .. }
            | Order::AnswerCorrection { .. }
            | Order::RefuseAcceptance { .. }
            | Order::CorrectOnSpot { .. }
            | Order::AcceptTolerantly { .. },
        ) => Err(no::PRE_REVIEW_OPEN.refuse()),
        (
            Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview | InSpecial | Granted | Issued
            | Delivered | Refused | Revoked | Cancelled,
            Order::PassPreReview { .. }
            | Order::AdvisePreReview { .. }
            | Order::MendPreReview { .. }
            | Order::SkipPreReview,
        ) => Err(no::PRE_REVIEW_OVER.refuse()),

        (Received | Corrected, Order::Accept { by }) => acceptance::accept(case, by, law, today),
        (CorrectionNoticed, Order::Accept { .. } | Order::RefuseAcceptance { .. }) => Err(no::CORRECTION_OPEN.refuse()),
        (
            Preliminary | Waiting | InReview | InSpecial | Granted | Issued | Delivered | Refused | Revoked | Cancelled,
            Order::Accept { .. },
        ) => Err(no::ALREADY_ACCEPTED.refuse()),

        (Received, Order::NotifyCorrection { items, by }) => acceptance::notify(case, items, by, law, today),
        (CorrectionNoticed | Corrected, Order::NotifyCorrection { .. }) => acceptance::second_notice(case),
        (
            Preliminary | Waiting | InReview | InSpecial | Granted | Issued | Delivered | Refused | Revoked | Cancelled,
            Order::NotifyCorrection { .. },
        ) => Err(no::CORRECTION_AFTER_ACCEPTANCE.refuse()),

        (CorrectionNoticed, Order::AnswerCorrection { items }) => acceptance::answer(case, items, law, today),
        (
            Received | Corrected | Preliminary | Waiting | InReview | InSpecial | Granted | Issued | Delivered
            | Refused | Revoked | Cancelled,
            Order::AnswerCorrection { .. },
        ) => Err(no::NOTHING_TO_CORRECT.refuse()),

        (Received | Corrected, Order::RefuseAcceptance { ground, reason, go_to, by }) => {
            acceptance::refuse(case, *ground, (reason, go_to.as_deref()), by, law, today)
        }
        (
            Preliminary | Waiting | InReview | InSpecial | Granted | Issued | Delivered | Refused | Revoked | Cancelled,
            Order::RefuseAcceptance { .. },
        ) => Err(no::ACCEPTED_MUST_BE_DECIDED.refuse()),

        (Received | CorrectionNoticed | Corrected, Order::CorrectOnSpot { what, by }) => {
            tolerance::correct_on_spot(what, by, today)
        }
        (Received | Corrected, Order::AcceptTolerantly { papers, by }) => {
            tolerance::accept(case, papers, by, law, today)
        }
        (CorrectionNoticed, Order::AcceptTolerantly { .. }) => Err(no::CORRECTION_OPEN.refuse()),
        (
            Preliminary | Waiting | InReview | InSpecial | Granted | Issued | Delivered | Refused | Revoked | Cancelled,
            Order::CorrectOnSpot { .. } | Order::AcceptTolerantly { .. },
        ) => Err(no::ALREADY_ACCEPTED.refuse()),
        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial | Granted | Issued | Delivered | Refused | Revoked | Cancelled,
            Order::Supply { papers },
        ) => tolerance::supply(case, papers, law, today),

        (_, Order::HandUp { opinion, by }) => {
            under_review(case)?;
            power::hand_up(case, opinion, by, today)
        }
        (_, Order::ReceiveSupervision { by }) => power::receive(case, by, today),
        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial | Granted | Issued,
            Order::MovePower,
        ) => power::move_on(case, law, today),
        (
            Preliminary,
            Order::BeginSpecial { .. }
            | Order::EndSpecial { .. }
            | Order::OfferHearing { .. }
            | Order::AnswerHearing { .. }
            | Order::AnnounceHearing { .. }
            | Order::HoldHearing { .. }
            | Order::Extend { .. }
            | Order::CompleteStep { .. }
            | Order::Decide { .. },
        ) => Err(no::PRELIMINARY_OPEN.refuse().fact("authority", case.desk_today(law)).fact("document", "")),
        (_, Order::BeginSpecial { procedure, days, reason, by }) => {
            under_review(case)?;
            special::begin(case, (procedure, *days, reason), by, law, today)
        }
        (_, Order::EndSpecial { result, by }) => {
            under_review(case)?;
            special::end(case, result, by, today)
        }
        (_, Order::OfferHearing { why, by }) => {
            under_review(case)?;
            hearing::offer(case, why, by, law, today)
        }
        (_, Order::AnswerHearing { answer }) => {
            under_review(case)?;
            hearing::answer(case, *answer, law, today)
        }
        (_, Order::AnnounceHearing { on, place, presider, by }) => {
            under_review(case)?;
            hearing::announce(case, (*on, place, presider), by, law, today)
        }
        (_, Order::HoldHearing { record, by }) => {
            under_review(case)?;
            hearing::hold(case, record, by, today)
        }
        (_, Order::Extend { days, reason, by }) => {
            under_review(case)?;
            extension::extend(case, (*days, reason), by, law, today)
        }
        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial | Granted | Issued | Delivered | Refused | Revoked | Cancelled,
            Order::WithdrawCommitment,
        ) => commitment::withdraw(case, law, today),

        (_, Order::CompleteStep { step, opinion, by }) => {
            under_review(case)?;
            review::complete_step(case, step, opinion, by, law, today)
        }
        (_, Order::Decide { outcome, reason, by }) => {
            under_review(case)?;
            review::decide(case, *outcome, reason, by, law, today)
        }

        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial,
            Order::PrerequisiteMet { licence, number },
        ) => review::prerequisite_met(case, licence, number.as_deref(), today),
        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial,
            Order::PrerequisiteFailed { licence },
        ) => review::prerequisite_failed(case, licence, today),

        (Granted, Order::Issue { number, by }) => closing::issue(number, by, law, today),
        (Issued | Delivered, Order::Issue { .. }) => Err(no::ALREADY_ISSUED.refuse()),
        (Granted | Issued | Delivered | Refused, Order::Deliver { how, to, by }) => {
            closing::deliver(case, *how, to, by.as_ref(), law, today)
        }
        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial,
            Order::Issue { .. } | Order::Deliver { .. },
        ) => Err(no::NOT_GRANTED.refuse()),
        (Refused, Order::Issue { .. }) => Err(no::ALREADY_REFUSED.refuse()),
        (Revoked | Cancelled, Order::Issue { .. } | Order::Deliver { .. }) => Err(no::LICENCE_UNDONE.refuse()),

        (_, Order::CheckCommitment { finding, words, days, by }) => {
            in_force(case)?;
            commitment::check(case, (*finding, words, *days), by, law, today)
        }
        (_, Order::Revoke { ground, reason, by }) => {
            in_force(case)?;
            undoing::revoke(case, (*ground, reason), by, today)
        }
        // What was taken back is still struck off the register (70.4).
        (Revoked, Order::Cancel { ground, reason, by }) => undoing::cancel(case, (*ground, reason), by, law, today),
        (_, Order::Cancel { ground, reason, by }) => {
            in_force(case)?;
            undoing::cancel(case, (*ground, reason), by, law, today)
        }

        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial,
            Order::Withdraw { reason },
        ) => Ok(vec![Event::Withdrawn { on: today, reason: reason.clone() }]),
        (Granted | Issued | Delivered | Revoked | Cancelled, Order::Withdraw { .. }) => {
            Err(no::DECIDED_CANNOT_BE_WITHDRAWN.refuse())
        }
        (Refused, Order::Withdraw { .. }) => Err(no::ALREADY_REFUSED.refuse()),

        (Received, Order::DeemAccepted) => acceptance::deem(case, law, today),
        (CorrectionNoticed, Order::LapseCorrection) => acceptance::lapse(case, law, today),
        (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial,
            Order::LapseGap,
        ) => tolerance::lapse(case, law, today),
        (Preliminary | Waiting | InReview | InSpecial, Order::ExpireSpecial) => special::expire(case, law, today),
        (Preliminary | Waiting | InReview | InSpecial, Order::LapseHearing) => hearing::lapse(case, law, today),
        (Preliminary | Waiting | InReview | InSpecial, Order::DeemRenewed) => undoing::deem_renewed(case, law, today),
        (Granted | Issued | Delivered, Order::MissEvidence) => commitment::miss_evidence(case, law, today),

        (
            Delivered | Refused | Revoked | Cancelled | NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::MovePower,
        ) => Ok(Vec::new()),

        // Moot: the timer rings, or a sibling speaks, and the case has gone another way since.
        (
            Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview | InSpecial | Granted | Issued
            | Delivered | Refused | Revoked | Cancelled | NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::LapsePreReview,
        )
        | (
            PreReview | ToMend | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview | InSpecial | Granted
            | Issued | Delivered | Refused | Revoked | Cancelled | NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::DeemAccepted,
        )
        | (
            PreReview | ToMend | Received | Corrected | Preliminary | Waiting | InReview | InSpecial | Granted | Issued
            | Delivered | Refused | Revoked | Cancelled | NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::LapseCorrection,
        )
        | (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Granted | Issued | Delivered | Refused
            | Revoked | Cancelled | NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::ExpireSpecial | Order::LapseHearing | Order::DeemRenewed,
        )
        | (
            PreReview | ToMend | Received | CorrectionNoticed | Corrected | Preliminary | Waiting | InReview
            | InSpecial | Refused | Revoked | Cancelled | NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::MissEvidence,
        )
        | (
            Granted | Issued | Delivered | Refused | Revoked | Cancelled | NotAccepted | Lapsed | Withdrawn
            | Terminated,
            Order::LapseGap | Order::PrerequisiteMet { .. } | Order::PrerequisiteFailed { .. },
        ) => Ok(Vec::new()),

        (
            NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::PassPreReview { .. }
            | Order::AdvisePreReview { .. }
            | Order::MendPreReview { .. }
            | Order::SkipPreReview
            | Order::Accept { .. }
            | Order::NotifyCorrection { .. }
            | Order::AnswerCorrection { .. }
            | Order::RefuseAcceptance { .. }
            | Order::CorrectOnSpot { .. }
            | Order::AcceptTolerantly { .. }
            | Order::Supply { .. }
            | Order::WithdrawCommitment
            | Order::Issue { .. }
            | Order::Deliver { .. }
            | Order::Withdraw { .. },
        ) => Err(ended(case)),
    }
}

/// What only a case that is accepted and undecided follows; every other phase says why not.
fn under_review(case: &Case) -> Result<(), Refusal> {
    match case.status().phase() {
        Phase::Review => Ok(()),
        Phase::Intake => Err(no::NOT_ACCEPTED.refuse()),
        Phase::Granted => Err(no::ALREADY_GRANTED.refuse()),
        Phase::Refused => Err(no::ALREADY_REFUSED.refuse()),
        Phase::Undone => Err(no::LICENCE_UNDONE.refuse()),
        Phase::Ended => Err(ended(case)),
    }
}

/// What only a grant in force follows; every other phase says why not.
fn in_force(case: &Case) -> Result<(), Refusal> {
    match case.status().phase() {
        Phase::Granted => Ok(()),
        Phase::Intake | Phase::Review => Err(no::NOT_GRANTED.refuse()),
        Phase::Refused => Err(no::ALREADY_REFUSED.refuse()),
        Phase::Undone => Err(no::LICENCE_UNDONE.refuse()),
        Phase::Ended => Err(ended(case)),
    }
}

fn ended(case: &Case) -> Refusal {
    no::CASE_ENDED.refuse().fact("status", case.status())
}

/// Whether nothing but blanks was written.
fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The day `period` after `day`, or nothing where the calendar does not reach: a notice then prints no day, and nobody
/// is held up or loses a case for it.
fn printed(period: Period, day: NaiveDate, law: &CaseLaw) -> Option<NaiveDate> {
    period.after(day, law.calendar).ok()
}

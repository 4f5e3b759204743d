//! The one life cycle: (state, order) to events or a refusal. Every cell of the chart is written here.

mod acceptance;
mod closing;
mod review;

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use crate::case::Case;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::order::Order;
use crate::refusals as no;
use crate::status::Status::*;

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
    let ended = || Err(no::CASE_ENDED.refuse().fact("status", case.status()));
    match (case.status(), order) {
        (Received | Corrected, Order::Accept { by }) => acceptance::accept(case, by, law, today),
        (CorrectionNoticed, Order::Accept { .. } | Order::RefuseAcceptance { .. }) => Err(no::CORRECTION_OPEN.refuse()),
        (Waiting | InReview | Granted | Issued | Delivered | Refused, Order::Accept { .. }) => {
            Err(no::ALREADY_ACCEPTED.refuse())
        }

        (Received, Order::NotifyCorrection { items, by }) => acceptance::notify(case, items, by, law, today),
        (CorrectionNoticed | Corrected, Order::NotifyCorrection { .. }) => acceptance::second_notice(case),
        (Waiting | InReview | Granted | Issued | Delivered | Refused, Order::NotifyCorrection { .. }) => {
            Err(no::CORRECTION_AFTER_ACCEPTANCE.refuse())
        }

        (CorrectionNoticed, Order::AnswerCorrection { items }) => acceptance::answer(case, items, law, today),
        (
            Received | Corrected | Waiting | InReview | Granted | Issued | Delivered | Refused,
            Order::AnswerCorrection { .. },
        ) => Err(no::NOTHING_TO_CORRECT.refuse()),

        (Received | Corrected, Order::RefuseAcceptance { ground, reason, go_to, by }) => {
            acceptance::refuse(case, *ground, (reason, go_to.as_deref()), by, law, today)
        }
        (Waiting | InReview | Granted | Issued | Delivered | Refused, Order::RefuseAcceptance { .. }) => {
            Err(no::ACCEPTED_MUST_BE_DECIDED.refuse())
        }

        (Waiting | InReview, Order::CompleteStep { step, opinion, by }) => {
            review::complete_step(case, step, opinion, by, law, today)
        }
        (Waiting | InReview, Order::Decide { outcome, reason, by }) => {
            review::decide(case, *outcome, reason, by, law, today)
        }
        (Received | CorrectionNoticed | Corrected, Order::CompleteStep { .. } | Order::Decide { .. }) => {
            Err(no::NOT_ACCEPTED.refuse())
        }
        (Granted | Issued | Delivered, Order::CompleteStep { .. } | Order::Decide { .. }) => {
            Err(no::ALREADY_GRANTED.refuse())
        }
        (Refused, Order::CompleteStep { .. } | Order::Decide { .. }) => Err(no::ALREADY_REFUSED.refuse()),

        (Received | CorrectionNoticed | Corrected | Waiting | InReview, Order::PrerequisiteMet { licence, number }) => {
            review::prerequisite_met(case, licence, number.as_deref(), today)
        }
        (Received | CorrectionNoticed | Corrected | Waiting | InReview, Order::PrerequisiteFailed { licence }) => {
            review::prerequisite_failed(case, licence, today)
        }

        (Granted, Order::Issue { number, by }) => closing::issue(number, by, law, today),
        (Issued | Delivered, Order::Issue { .. }) => Err(no::ALREADY_ISSUED.refuse()),
        (Granted | Issued | Delivered | Refused, Order::Deliver { how, to, by }) => {
            closing::deliver(case, *how, to, by.as_ref(), law, today)
        }
        (
            Received | CorrectionNoticed | Corrected | Waiting | InReview,
            Order::Issue { .. } | Order::Deliver { .. },
        ) => Err(no::NOT_GRANTED.refuse()),
        (Refused, Order::Issue { .. }) => Err(no::ALREADY_REFUSED.refuse()),

        (Received | CorrectionNoticed | Corrected | Waiting | InReview, Order::Withdraw { reason }) => {
            Ok(vec![Event::Withdrawn { on: today, reason: reason.clone() }])
        }
        (Granted | Issued | Delivered, Order::Withdraw { .. }) => Err(no::DECIDED_CANNOT_BE_WITHDRAWN.refuse()),
        (Refused, Order::Withdraw { .. }) => Err(no::ALREADY_REFUSED.refuse()),

        (Received, Order::DeemAccepted) => acceptance::deem(case, law, today),
        (CorrectionNoticed, Order::LapseCorrection) => acceptance::lapse(case, law, today),

        // Moot: the timer rings, or a sibling speaks, and the case has gone another way since.
        (
            CorrectionNoticed | Corrected | Waiting | InReview | Granted | Issued | Delivered | Refused | NotAccepted
            | Lapsed | Withdrawn | Terminated,
            Order::DeemAccepted,
        )
        | (
            Received | Corrected | Waiting | InReview | Granted | Issued | Delivered | Refused | NotAccepted | Lapsed
            | Withdrawn | Terminated,
            Order::LapseCorrection,
        )
        | (
            Granted | Issued | Delivered | Refused | NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::PrerequisiteMet { .. } | Order::PrerequisiteFailed { .. },
        ) => Ok(Vec::new()),

        (
            NotAccepted | Lapsed | Withdrawn | Terminated,
            Order::Accept { .. }
            | Order::NotifyCorrection { .. }
            | Order::AnswerCorrection { .. }
            | Order::RefuseAcceptance { .. }
            | Order::CompleteStep { .. }
            | Order::Decide { .. }
            | Order::Issue { .. }
            | Order::Deliver { .. }
            | Order::Withdraw { .. },
        ) => ended(),
    }
}

/// Whether nothing but blanks was written.
fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

//! Whose case it is: the delegation valid that day says who acts, and whoever no longer may hears where it belongs now.

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use crate::case::Case;
use crate::event::Event;
use crate::facts::{Opinion, View};
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::order::Order;
use crate::power::{Power, PowerKind};
use crate::refusals as no;

type Answer = Result<Vec<Event>, Refusal>;

/// Whether the authority of whoever gives this order exercises the power over the case today. The windows accept for
/// every authority (行政许可法 26.1) and hand over for every authority; the policies say who they are.
pub(super) fn may_act(case: &Case, order: &Order, law: &CaseLaw) -> Result<(), Refusal> {
    let Some(by) = handled_by(order) else { return Ok(()) };
    let Some(own) = by.authority.as_deref() else { return Ok(()) };
    let accepts = matches!(
        order,
        Order::PassPreReview { .. }
            | Order::AdvisePreReview { .. }
            | Order::Accept { .. }
            | Order::NotifyCorrection { .. }
            | Order::RefuseAcceptance { .. }
            | Order::CorrectOnSpot { .. }
            | Order::AcceptTolerantly { .. }
    );
    let serves = by.serves_windows && (accepts || matches!(order, Order::Issue { .. }));
    if serves || (accepts && law.powers.acceptance.iter().any(|power| power.by == own)) {
        return Ok(());
    }
    let power = case.power_today(law);
    if case.desk_today(law) == own {
        return Ok(());
    }
    let lower = case.preliminary.as_ref().is_some_and(|preliminary| preliminary.authority == own);
    let rule = match (case.had_power(own), power.kind) {
        _ if lower => &no::HANDED_UP_ALREADY,
        _ if case.is_preliminary() => &no::PRELIMINARY_OPEN,
        (Some(former), _) if former.kind == PowerKind::Entrusted => &no::ENTRUSTMENT_ENDED,
        (Some(_), PowerKind::Entrusted) => &no::POWER_ENTRUSTED,
        (Some(_), _) => &no::POWER_TRANSFERRED,
        (None, PowerKind::Entrusted) if power.of == own => &no::POWER_ENTRUSTED,
        (None, PowerKind::Transferred | PowerKind::Authorised) if power.of == own => &no::POWER_TRANSFERRED,
        (None, _) => &no::POWER_OF_ANOTHER,
    };
    let paper = case.had_power(own).or(Some(power)).and_then(|power| power.document.clone()).unwrap_or_default();
    Err(rule.refuse().fact("authority", case.desk_today(law)).fact("document", paper))
}

/// The officer of an authority who gives an order that works on the case; what is handed over, received by who supervises,
/// or comes from the applicant or a timer is nobody's power over it.
fn handled_by(order: &Order) -> Option<&Officer> {
    match order {
        Order::PassPreReview { by }
        | Order::AdvisePreReview { by, .. }
        | Order::Accept { by }
        | Order::NotifyCorrection { by, .. }
        | Order::RefuseAcceptance { by, .. }
        | Order::CorrectOnSpot { by, .. }
        | Order::AcceptTolerantly { by, .. }
        | Order::HandUp { by, .. }
        | Order::BeginSpecial { by, .. }
        | Order::EndSpecial { by, .. }
        | Order::OfferHearing { by, .. }
        | Order::AnnounceHearing { by, .. }
        | Order::HoldHearing { by, .. }
        | Order::Extend { by, .. }
        | Order::CompleteStep { by, .. }
        | Order::Decide { by, .. }
        | Order::Issue { by, .. }
        | Order::CheckCommitment { by, .. }
        | Order::Revoke { by, .. }
        | Order::Cancel { by, .. } => Some(by),
        Order::MendPreReview { .. }
        | Order::SkipPreReview
        | Order::AnswerCorrection { .. }
        | Order::Supply { .. }
        | Order::AnswerHearing { .. }
        | Order::WithdrawCommitment
        | Order::PrerequisiteMet { .. }
        | Order::PrerequisiteFailed { .. }
        | Order::Deliver { .. }
        | Order::ReceiveSupervision { .. }
        | Order::Withdraw { .. }
        | Order::MovePower
        | Order::LapsePreReview
        | Order::DeemAccepted
        | Order::LapseCorrection
        | Order::LapseGap
        | Order::ExpireSpecial
        | Order::LapseHearing
        | Order::MissEvidence
        | Order::DeemRenewed => None,
    }
}

/// The power by which this officer accepts: a delegation of acceptance where the officer's authority has one, else the
/// power by which the case will be decided. `None` for an authority's own.
pub(super) fn of_acceptance(case: &Case, by: Option<&Officer>, law: &CaseLaw) -> Option<Power> {
    let own = by.and_then(|by| by.authority.as_deref());
    let accepting = law.powers.acceptance.iter().find(|power| Some(power.by.as_str()) == own);
    accepting.or(Some(case.power_today(law))).filter(|power| power.is_delegated()).cloned()
}

/// The power by which it is decided; `None` for an authority's own.
pub(super) fn of_decision(case: &Case, law: &CaseLaw) -> Option<Power> {
    Some(case.power_today(law)).filter(|power| power.is_delegated()).cloned()
}

/// 委托期满、划转生效: by the timer. The case goes on where the power is now, with its clock as it stands.
pub(super) fn move_on(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    let now = case.power_today(law);
    if case.power() == Some(now) || (case.power().is_none() && !now.is_delegated()) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::PowerMoved { on: today, power: now.clone() }])
}

/// 转报: the lower authority's opinion, and all the papers, directly to who decides. Who accepted does not review.
pub(super) fn hand_up(case: &Case, opinion: &Opinion, by: &Officer, today: NaiveDate) -> Answer {
    if case.preliminary.is_none() {
        return Err(no::NO_PRELIMINARY.refuse());
    }
    if !case.is_preliminary() {
        return Err(no::HANDED_UP_ALREADY.refuse().fact("authority", "").fact("document", ""));
    }
    let acceptor = case.acceptance.as_ref().and_then(|acceptance| acceptance.by.as_ref());
    if acceptor == Some(&by.id) {
        return Err(no::ACCEPTOR_MAY_NOT_REVIEW.refuse().fact("step", ""));
    }
    if opinion.words.trim().is_empty() {
        let rule =
            if opinion.view == View::Disagree { &no::OPINION_WITHOUT_WORDS } else { &no::REVIEW_WITHOUT_OPINION };
        return Err(rule.refuse());
    }
    Ok(vec![Event::HandedUp { on: today, by: by.id.clone(), opinion: opinion.clone() }])
}

/// 监管接收: who supervises has taken note of the decision.
pub(super) fn receive(case: &Case, by: &Officer, today: NaiveDate) -> Answer {
    let Some(supervision) = &case.supervision else {
        return Err(no::NOTHING_TO_SUPERVISE.refuse());
    };
    if let Some(on) = supervision.received_on {
        return Err(no::RECEIVED_ALREADY.refuse().fact("on", on));
    }
    if by.authority.as_deref().is_some_and(|own| own != supervision.authority) {
        return Err(no::NOT_THE_SUPERVISOR.refuse().fact("authority", &supervision.authority));
    }
    Ok(vec![Event::SupervisionReceived { on: today, by: by.id.clone() }])
}

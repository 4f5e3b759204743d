//! Which orders a case would follow now. The answer comes from `decide` itself, asked with a specimen of each order,
//! so that what the desk offers and what the rules allow can never differ.

use std::collections::BTreeSet;

use access::Role;
use chrono::NaiveDate;

use crate::case::Case;
use crate::commitment::Finding;
use crate::decide::decide;
use crate::facts::{CorrectionItem, DeliveryMethod, NonAcceptanceGround, Opinion, Outcome};
use crate::law::{CaseLaw, LicenceType};
use crate::missing::MissingPaper;
use crate::officer::{Officer, OfficerId};
use crate::order::{Order, OrderKind};
use crate::refusals as no;
use crate::special::{HearingAnswer, Presider};
use crate::undone::{CancellationGround, RevocationGround};
use kernel::refusal::Refusal;

/// The orders somebody could give today: a person with every post who has not touched the case yet.
pub fn allowed(case: &Case, law: &CaseLaw, today: NaiveDate) -> Vec<OrderKind> {
    let anyone = Officer::new("", Role::ALL);
    let would = |kind: &OrderKind| answers(case, *kind, law, &anyone, today).is_ok_and(|does| does);
    OrderKind::ALL.iter().copied().filter(would).collect()
}

/// The orders open today, and whether this very officer may give them: `Err` says why another officer has to.
pub fn allowed_to(
    case: &Case,
    law: &CaseLaw,
    officer: &Officer,
    today: NaiveDate,
) -> Vec<(OrderKind, Result<(), Refusal>)> {
    let own = |kind| (kind, answers(case, kind, law, officer, today).map(|_| ()));
    allowed(case, law, today).into_iter().map(own).collect()
}

/// Whether the order would lead to events; a moot order leads to none. For an order in several shapes, the first
/// that is followed counts.
fn answers(case: &Case, kind: OrderKind, law: &CaseLaw, by: &Officer, today: NaiveDate) -> Result<bool, Refusal> {
    let mut refusal = no::CASE_ENDED.refuse();
    for order in specimen(case, kind, law, by, today) {
        match decide(case, &order, law, today) {
            Ok(events) => return Ok(!events.is_empty()),
            Err(last) => refusal = last,
        }
    }
    Err(refusal)
}

/// Well-formed orders of a kind for this case as it stands today, given by `by`: what a form filled in properly would
/// send.
pub fn specimen(case: &Case, kind: OrderKind, law: &CaseLaw, by: &Officer, today: NaiveDate) -> Vec<Order> {
    let by = by.clone();
    let text = || "×".to_owned();
    match kind {
        OrderKind::PassPreReview => vec![Order::PassPreReview { by }],
        OrderKind::AdvisePreReview => vec![Order::AdvisePreReview { points: vec![specimen_item()], by }],
        OrderKind::MendPreReview => {
            let advice = case.pre_review.iter().filter_map(|pre_review| pre_review.open_advice());
            let points = advice.flat_map(|advice| &advice.points).map(|point| point.id.clone()).collect();
            vec![Order::MendPreReview { points }]
        }
        OrderKind::SkipPreReview => vec![Order::SkipPreReview],
        OrderKind::LapsePreReview => vec![Order::LapsePreReview],
        OrderKind::Accept => vec![Order::Accept { by }],
        OrderKind::NotifyCorrection => vec![Order::NotifyCorrection { items: vec![specimen_item()], by }],
        OrderKind::AnswerCorrection => {
            let asked = case.correction.iter().flat_map(|correction| &correction.items);
            vec![Order::AnswerCorrection { items: asked.map(|item| item.id.clone()).collect() }]
        }
        OrderKind::RefuseAcceptance => {
            let refuse = |ground: &NonAcceptanceGround| Order::RefuseAcceptance {
                ground: *ground,
                reason: text(),
                go_to: Some(text()),
                by: by.clone(),
            };
            NonAcceptanceGround::ALL.iter().map(refuse).collect()
        }
        OrderKind::CorrectOnSpot => vec![Order::CorrectOnSpot { what: vec![text()], by }],
        OrderKind::AcceptTolerantly => {
            let paper = MissingPaper { id: text(), name: text(), secondary: true };
            vec![Order::AcceptTolerantly { papers: vec![paper], by }]
        }
        OrderKind::Supply => {
            let evidence = case.commitment.iter().flat_map(|commitment| &commitment.made.papers);
            let papers = case.missing_papers().chain(evidence).map(|paper| paper.id.clone()).collect();
            vec![Order::Supply { papers }]
        }
        OrderKind::HandUp => vec![Order::HandUp { opinion: Opinion::agree(text()), by }],
        OrderKind::ReceiveSupervision => vec![Order::ReceiveSupervision { by }],
        OrderKind::MovePower => vec![Order::MovePower],
        OrderKind::BeginSpecial => {
            let begin = |procedure: &str| Order::BeginSpecial {
                procedure: procedure.to_owned(),
                days: 1,
                reason: text(),
                by: by.clone(),
            };
            let named: Vec<Order> = law.specials.iter().map(|special| begin(&special.id)).collect();
            if named.is_empty() { vec![begin("")] } else { named }
        }
        OrderKind::EndSpecial => vec![Order::EndSpecial { result: text(), by }],
        OrderKind::OfferHearing => vec![Order::OfferHearing { why: text(), by }],
        OrderKind::AnswerHearing => {
            HearingAnswer::ALL.iter().map(|answer| Order::AnswerHearing { answer: *answer }).collect()
        }
        OrderKind::AnnounceHearing => {
            let on = law.terms.hearing_notice.after(today, law.calendar).unwrap_or(today);
            let presider = Presider { id: OfficerId::new("×"), name: text() };
            vec![Order::AnnounceHearing { on, place: text(), presider, by }]
        }
        OrderKind::HoldHearing => vec![Order::HoldHearing { record: text(), by }],
        OrderKind::Extend => vec![Order::Extend { days: 1, reason: text(), by }],
        OrderKind::WithdrawCommitment => vec![Order::WithdrawCommitment],
        OrderKind::CheckCommitment => {
            let check = |finding: &Finding| Order::CheckCommitment {
                finding: *finding,
                words: text(),
                days: 1,
                by: by.clone(),
            };
            Finding::ALL.iter().map(check).collect()
        }
        OrderKind::Revoke => {
            let revoke = |ground: &RevocationGround| Order::Revoke { ground: *ground, reason: text(), by: by.clone() };
            RevocationGround::ALL.iter().map(revoke).collect()
        }
        OrderKind::Cancel => {
            let cancel =
                |ground: &CancellationGround| Order::Cancel { ground: *ground, reason: text(), by: by.clone() };
            CancellationGround::ALL.iter().map(cancel).collect()
        }
        OrderKind::CompleteStep => {
            let step = case.next_step(law).map_or_else(String::new, |step| step.id.clone());
            vec![Order::CompleteStep { step, opinion: Opinion::agree(""), by }]
        }
        OrderKind::Decide => {
            let decide = |outcome: &Outcome| Order::Decide { outcome: *outcome, reason: text(), by: by.clone() };
            Outcome::ALL.iter().map(decide).collect()
        }
        OrderKind::PrerequisiteMet => {
            let met = |licence| Order::PrerequisiteMet { licence, number: None };
            awaited(case).into_iter().map(met).collect()
        }
        OrderKind::PrerequisiteFailed => {
            awaited(case).into_iter().map(|licence| Order::PrerequisiteFailed { licence }).collect()
        }
        OrderKind::Issue => vec![Order::Issue { number: text(), by }],
        OrderKind::Deliver => vec![Order::Deliver { how: DeliveryMethod::Window, to: text(), by: Some(by) }],
        OrderKind::Withdraw => vec![Order::Withdraw { reason: String::new() }],
        OrderKind::DeemAccepted => vec![Order::DeemAccepted],
        OrderKind::LapseCorrection => vec![Order::LapseCorrection],
        OrderKind::LapseGap => vec![Order::LapseGap],
        OrderKind::ExpireSpecial => vec![Order::ExpireSpecial],
        OrderKind::LapseHearing => vec![Order::LapseHearing],
        OrderKind::MissEvidence => vec![Order::MissEvidence],
        OrderKind::DeemRenewed => vec![Order::DeemRenewed],
    }
}

fn awaited(case: &Case) -> BTreeSet<LicenceType> {
    case.awaited().cloned().collect()
}

fn specimen_item() -> CorrectionItem {
    let text = || "×".to_owned();
    CorrectionItem { id: text(), name: text(), reason: text(), mend: text(), basis: None }
}

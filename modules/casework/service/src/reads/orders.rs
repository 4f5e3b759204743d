//! The orders open now: whether this officer may give them, why not, and what would follow.

use std::collections::BTreeMap;

use access::Act;
use access_service::Visit;
use casework::application::{Member, consequences};
use casework::{Case, Officer, Order, OrderKind, Outcome};
use catalog::model::Collect;
use fees_service::reads::may_case_go_on;
use kernel::refusal::Refusal;
use platform::Fault;
use serde::Serialize;

use crate::acts::{Handled, Matter};
use crate::wording::Wording;

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderView {
    pub kind: OrderKind,
    pub word: String,
    /// This officer may give it.
    pub may: bool,
    /// Why another officer has to.
    pub why_not: Option<String>,
    /// The article that says so.
    pub clause: Option<String>,
    /// What can be done instead.
    pub next: Option<String>,
    /// What would follow.
    pub then: String,
}

/// The act a kind of order is; timers' and siblings' orders are nobody's to give.
fn act_of(kind: OrderKind) -> Option<Act> {
    Some(match kind {
        OrderKind::PassPreReview | OrderKind::AdvisePreReview => casework::PRE_REVIEW,
        OrderKind::MendPreReview | OrderKind::SkipPreReview => casework::MEND_PRE_REVIEW,
        OrderKind::Accept => casework::ACCEPT,
        OrderKind::NotifyCorrection => casework::NOTIFY_CORRECTION,
        OrderKind::AnswerCorrection => casework::ANSWER_CORRECTION,
        OrderKind::RefuseAcceptance => casework::REFUSE_ACCEPTANCE,
        OrderKind::CorrectOnSpot => casework::CORRECT_ON_SPOT,
        OrderKind::AcceptTolerantly => casework::ACCEPT,
        OrderKind::Supply => casework::SUPPLY,
        OrderKind::BeginSpecial | OrderKind::EndSpecial => casework::RUN_SPECIAL,
        OrderKind::OfferHearing | OrderKind::AnnounceHearing | OrderKind::HoldHearing => casework::RUN_HEARING,
        OrderKind::AnswerHearing => casework::ANSWER_HEARING,
        OrderKind::Extend => casework::EXTEND,
        OrderKind::WithdrawCommitment => casework::WITHDRAW_COMMITMENT,
        OrderKind::CheckCommitment => casework::CHECK_COMMITMENT,
        OrderKind::Revoke | OrderKind::Cancel => casework::UNDO_LICENCE,
        OrderKind::HandUp => casework::HAND_UP,
        OrderKind::ReceiveSupervision => casework::RECEIVE_SUPERVISION,
        OrderKind::CompleteStep => casework::COMPLETE_STEP,
        OrderKind::Decide => casework::DECIDE,
        OrderKind::Issue => casework::ISSUE,
        OrderKind::Deliver => casework::DELIVER,
        OrderKind::Withdraw => casework::WITHDRAW,
        OrderKind::PrerequisiteMet
        | OrderKind::PrerequisiteFailed
        | OrderKind::MovePower
        | OrderKind::LapsePreReview
        | OrderKind::DeemAccepted
        | OrderKind::LapseCorrection
        | OrderKind::LapseGap
        | OrderKind::ExpireSpecial
        | OrderKind::LapseHearing
        | OrderKind::MissEvidence
        | OrderKind::DeemRenewed => return None,
    })
}

/// The orders one case would follow. Results go out with the application, so 送达 is not among them.
pub(super) fn orders_of_case(visit: &Visit, matter: &Matter<'_>, at: usize, wording: &Wording) -> Vec<OrderView> {
    let Some(officer) = Officer::of(&visit.actor) else { return Vec::new() };
    let (member, resource) = (&matter.members[at], matter.case_resource(at));
    let mut views = Vec::new();
    for (kind, may) in casework::allowed_to(&member.case, &member.law, &officer, matter.today()) {
        let is_mine = act_of(kind).is_some_and(|act| visit.may(act, &resource));
        if kind == OrderKind::Deliver || !is_mine {
            continue;
        }
        let mut view = plain(kind, wording);
        view.then = then(matter, at, kind, wording);
        if let Err(refusal) = may {
            withhold(&mut view, refusal, wording);
        }
        views.push(view);
    }
    views
}

fn withhold(view: &mut OrderView, refusal: Refusal, wording: &Wording) {
    let refusal = wording.refusal(refusal);
    view.may = false;
    view.clause = refusal.clause.as_ref().map(|clause| format!("《{}》{}", clause.law, clause.article));
    view.why_not = Some(wording.words.refusal(&refusal));
    view.next = Some(wording.words.next(&refusal));
}

/// The same, as far as money goes: who would make the result sees beforehand that it is not paid.
pub(super) async fn unless_unpaid(
    visit: &Visit,
    member: &Handled<'_>,
    mut views: Vec<OrderView>,
    wording: &Wording,
) -> Result<Vec<OrderView>, Fault> {
    let Some(issue) = views.iter_mut().find(|view| view.kind == OrderKind::Issue && view.may) else { return Ok(views) };
    if member.item.fees.is_empty() {
        return Ok(views);
    }
    let reader = visit.world.db.reader();
    match may_case_go_on(reader, member.case.id, Collect::BeforeIssue, visit.today()).await {
        Err(Fault::Refusal(refusal)) => withhold(issue, refusal, wording),
        other => other?,
    }
    Ok(views)
}

/// The orders the application as a whole would follow: those some case would, and the one hand-over.
pub(super) fn orders_of_application(
    visit: &Visit,
    matter: &Matter<'_>,
    can_hand_over: bool,
    wording: &Wording,
) -> Vec<OrderView> {
    const WHOLE: [OrderKind; 10] = [
        OrderKind::PassPreReview,
        OrderKind::AdvisePreReview,
        OrderKind::SkipPreReview,
        OrderKind::CorrectOnSpot,
        OrderKind::Supply,
        OrderKind::Accept,
        OrderKind::NotifyCorrection,
        OrderKind::AnswerCorrection,
        OrderKind::RefuseAcceptance,
        OrderKind::Withdraw,
    ];
    let followed = |kind: &OrderKind| {
        let resource = matter.resource();
        act_of(*kind).is_some_and(|act| visit.may(act, &resource))
            && matter
                .members
                .iter()
                .any(|member| casework::allowed(&member.case, &member.law, matter.today()).contains(kind))
    };
    let mut kinds: Vec<OrderKind> = WHOLE.into_iter().filter(followed).collect();
    if can_hand_over && visit.may(casework::DELIVER, &matter.resource()) {
        kinds.push(OrderKind::Deliver);
    }
    kinds.into_iter().map(|kind| plain(kind, wording)).collect()
}

fn plain(kind: OrderKind, wording: &Wording) -> OrderView {
    let word = wording.word("order", kind.code());
    OrderView { kind, word, may: true, why_not: None, clause: None, next: None, then: String::new() }
}

/// What would follow, found out by letting a copy of the case follow a specimen of the order.
fn then(matter: &Matter<'_>, at: usize, kind: OrderKind, wording: &Wording) -> String {
    // Somebody with every post: the question is what the order does, not who may give it.
    let anyone = Officer::new("", access::Role::ALL);
    let member = &matter.members[at];
    let orders = casework::specimen(&member.case, kind, &member.law, &anyone, matter.today());
    let said: Vec<String> = orders.iter().filter_map(|order| follows(matter, at, order, wording)).collect();
    let mut said: Vec<String> = said;
    said.dedup();
    said.join("")
}

fn follows(matter: &Matter<'_>, at: usize, order: &Order, wording: &Wording) -> Option<String> {
    let member = &matter.members[at];
    let events = casework::decide(&member.case, order, &member.law, matter.today()).ok()?;
    let after = events.iter().fold(member.case.clone(), casework::apply);
    if after.status() == member.case.status() {
        // The state stays: what the order does is not told by it, and the desk has words for that.
        return None;
    }
    let reading = after.reading(&member.law);
    let mut facts = BTreeMap::from([("status".to_owned(), wording.status(&member.item, after.status()))]);
    let mut key = "then.state";
    if let Some(due) = reading.due.day() {
        facts.insert("due".to_owned(), wording.day(due));
        facts.insert("clock".to_owned(), wording.word("clock", reading.clock.code()));
        key = "then.state-by";
    }
    if let Order::Decide { outcome, .. } = order {
        facts.insert("outcome".to_owned(), wording.outcome(&member.item, *outcome));
        key = if *outcome == Outcome::Grant { "then.granted" } else { "then.refused" };
    }
    let mut said = wording.words.fill(key, &facts);
    let ended = ended(matter, at, &after);
    if !ended.is_empty() {
        let facts = BTreeMap::from([("items".to_owned(), ended.join("、"))]);
        said.push_str(&wording.words.fill("then.ends", &facts));
    }
    Some(said)
}

/// The siblings that would end with it.
fn ended(matter: &Matter<'_>, at: usize, after: &Case) -> Vec<String> {
    let stands =
        |(place, member): (usize, &'_ Handled<'_>)| if place == at { after.clone() } else { member.case.clone() };
    let cases: Vec<Case> = matter.members.iter().enumerate().map(stands).collect();
    let members: Vec<Member<'_>> =
        cases.iter().zip(&matter.members).map(|(case, member)| Member { case, law: &member.law }).collect();
    let failed = consequences(&members).into_iter().filter(|(_, order)| order.kind() == OrderKind::PrerequisiteFailed);
    let name = |case| matter.members.iter().find(|member| member.case.id == case).map(|one| one.row.item_name.clone());
    failed.filter_map(|(case, _)| name(case)).collect()
}

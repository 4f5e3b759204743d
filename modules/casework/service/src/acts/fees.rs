//! What a case costs: charged when it is accepted or granted, closed when it ends, and asked before it is decided or
//! issued. The orders themselves are the module of fees'.
//!
//! Waiting for money stops no clock: article 45 of the Licensing Law lists what is not counted, and payment is not on it.

use access_service::Visit;
use casework::{Event, NoticeKind, Order, Outcome};
use catalog::model::Collect;
use documents::{FeeLine, Form, Notice};
use fees::{Ending, Line};
use fees_service::acts::{Charged, NewOrder, close_orders, issue_order};
use fees_service::reads::may_case_go_on;
use kernel::id::{ApplicationId, SubjectId};
use kernel::limit::{Period, Unit};
use platform::{Fault, Tx};

use super::{Handled, Matter};
use crate::notice::forms::Desk;
use crate::notice::issue::Wanted;
use crate::pins;
use crate::store::{self, application};

/// Working days to pay in.
const DAYS: Period = Period { value: 5, unit: Unit::Workday };
/// Days instead where the calendar does not reach.
const DAYS_BEYOND: chrono::TimeDelta = chrono::TimeDelta::days(7);

/// What was charged, with the place of its case among what happened.
pub(super) type ChargedCases = Vec<(usize, Charged)>;

/// What an event means for the purse.
enum Meaning {
    Due(Collect),
    End(Ending),
}

fn meaning(event: &Event) -> Option<Meaning> {
    Some(match event {
        Event::Accepted { .. } | Event::AcceptedTolerantly { .. } | Event::DeemedAccepted { .. } => {
            Meaning::Due(Collect::BeforeDecision)
        }
        Event::Decided { outcome: Outcome::Grant, .. } | Event::DeemedRenewed { .. } => {
            Meaning::Due(Collect::BeforeIssue)
        }
        Event::Decided { outcome: Outcome::Refuse, .. } => Meaning::End(Ending::Refused),
        Event::Withdrawn { .. } => Meaning::End(Ending::Withdrawn),
        Event::PrerequisiteFailed { .. } | Event::GapLapsed { .. } | Event::CorrectionLapsed { .. } => {
            Meaning::End(Ending::Ended)
        }
        _ => return None,
    })
}

/// Issues and closes the orders of what happened in an act, in its transaction.
pub(super) async fn settle(
    tx: &Tx,
    visit: &Visit,
    head: &application::Model,
    happened: &[(&Handled<'_>, &Event)],
) -> Result<ChargedCases, Fault> {
    let mut charged = ChargedCases::new();
    for (place, (member, event)) in happened.iter().enumerate() {
        match meaning(event) {
            Some(Meaning::Due(stage)) if member.item.fees.iter().any(|fee| fee.collect == stage) => {
                let order = charge(tx, visit, head, member, stage).await?;
                charged.extend(order.map(|order| (place, order)));
            }
            Some(Meaning::End(why)) if !member.item.fees.is_empty() => {
                close_orders(tx, member.case.id, why, &visit.actor.id).await?;
            }
            _ => {}
        }
    }
    Ok(charged)
}

async fn charge(
    tx: &Tx,
    visit: &Visit,
    head: &application::Model,
    member: &Handled<'_>,
    stage: Collect,
) -> Result<Option<Charged>, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let form = store::form_values(tx.conn(), head.id).await?;
    let due = DAYS.after(tx.today(), member.law.calendar).unwrap_or_else(|_| tx.today() + DAYS_BEYOND);
    let new = NewOrder {
        case: member.case.id,
        application: ApplicationId::from_uuid(head.id),
        subject: SubjectId::from_uuid(head.subject),
        agent: head.agent_subject.map(SubjectId::from_uuid),
        region: &head.region,
        payer: &head.applicant,
        item: &member.item,
        dictionary: &shelf.compiled.dictionary,
        form: &form,
        stage,
        due,
        actor: &visit.actor.id,
    };
    issue_order(tx, new).await
}

/// 缴费通知书 for what was charged.
pub(super) fn notices(desk: &Desk<'_>, happened: &[(&Handled<'_>, &Event)], charged: &ChargedCases) -> Vec<Wanted> {
    let wanted = |(place, order): &(usize, Charged)| {
        let (member, _) = happened.get(*place)?;
        let form = Form::Fee {
            lines: order.lines.iter().map(|line| printed(desk, line)).collect(),
            total_fen: order.fen,
            due: order.due,
            how: desk.said("fee-how", &[("number", order.number.clone())]),
        };
        let notice = Notice { head: desk.head_of_case(member), form };
        let authority = member.row.authority.clone();
        Some(Wanted { kind: NoticeKind::Fee, authority, case: Some(member.case.id), notice })
    };
    charged.iter().filter_map(wanted).collect()
}

fn printed(desk: &Desk<'_>, line: &Line) -> FeeLine {
    let unit = line.unit.clone().unwrap_or_default();
    let yuan = kernel::money::Money(line.unit_fen).to_string();
    let mut standard = match &line.standard {
        Some(standard) => standard.clone(),
        None => desk.said("fee-standard", &[("yuan", yuan), ("unit", unit), ("count", line.count.to_string())]),
    };
    if let Some(let_off) = &line.let_off {
        let yuan = kernel::money::Money(let_off.fen).to_string();
        standard += &desk.said("fee-let-off", &[("why", let_off.text.clone()), ("yuan", yuan)]);
    }
    FeeLine { name: line.name.clone(), standard, basis: line.basis_words(), fen: line.fen }
}

/// Whether an order to a case may be followed as far as money goes: nothing is granted or issued that is unpaid.
///
/// # Errors
/// `fees.unpaid`.
pub(super) async fn may_follow(tx: &Tx, matter: &Matter<'_>, at: usize, order: &Order) -> Result<(), Fault> {
    let stage = match order {
        Order::Decide { outcome: Outcome::Grant, .. } => Collect::BeforeDecision,
        Order::Issue { .. } => Collect::BeforeIssue,
        _ => return Ok(()),
    };
    let member = &matter.members[at];
    if member.item.fees.is_empty() {
        return Ok(());
    }
    may_case_go_on(tx.conn(), member.case.id, stage, tx.today()).await
}

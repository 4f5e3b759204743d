//! What becomes of a proposal, by order: 发送、同意、不同意、审核、不采用、办结. One act for all, because `decide` is one.

use access::{Act, Resource};
use access_service::Visit;
use catalog_service::Shelf;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::limit::Unit;
use kernel::refusal::Refusal;
use platform::clock::start_of;
use platform::journal::named_chain;
use platform::{Fault, Job, JournalEntry, RequestKey, Tx};
use serde_json::json;
use standards::acts::{ANSWER_PROPOSAL, KEEP_PROPOSALS};
use standards::proposal::{Event, Law, Order, Proposal, State, apply, decide};
use uuid::Uuid;

use super::{PROPOSALS, lists};
use crate::store::proposal::{Model, Wanted, proposal_add, proposal_all, proposal_find, proposal_put};

/// Working days an authority has to confirm, and to put into force; set by the house, no law says so.
const CONFIRM_DAYS: u32 = 10;
const IMPLEMENT_DAYS: u32 = 20;
/// Longest reason in characters.
pub const PROPOSAL_REASON_MAX: u32 = 500;
/// The job that notes that the time to confirm is over.
pub(crate) const TIME_OUT: &str = "standards.time-out";

/// Gives an order to a proposal.
///
/// # Errors
/// Refusals of [`decide`]; [`Fault::Invalid`] of `reason` when it is too long; [`Fault::NotFound`], [`Fault::NotAllowed`];
/// [`Fault::Conflict`] when somebody else was faster.
pub async fn settle_proposal(visit: &Visit, key: Option<&RequestKey>, id: Uuid, order: Order) -> Result<State, Fault> {
    let row = proposal_find(visit.world.db.reader(), id, false).await?.ok_or(Fault::NotFound)?;
    let act = act_of(&order);
    visit.allow(act, &Resource::of("proposal").of_authority(row.authority.as_str()))?;
    reason_fits(&order)?;
    let law = law(visit)?;
    let shelf = visit.world.part::<Shelf>();
    let (order, law) = (&order, &law);
    visit
        .write(key, async |tx| {
            let row = proposal_find(tx.conn(), id, true).await?.ok_or(Fault::NotFound)?;
            if *order == Order::Renew {
                proposal_add(tx.conn(), vec![next_round(&row, &shelf, (tx.new_uuid(), tx.now()), law.today)?]).await?;
            }
            give(&tx, row, order, law, &visit.actor.id, act).await
        })
        .await
}

/// The one that takes its place: about the same part of the item, at the version in force now.
fn next_round(
    row: &Model,
    shelf: &Shelf,
    (id, made_at): (Uuid, DateTime<Utc>),
    today: NaiveDate,
) -> Result<Model, Fault> {
    let old: Proposal = serde_json::from_str(&row.body)?;
    let proposal = old.next_round(today);
    let version = shelf.catalog().items.get(row.item.as_str()).map(|item| i32::try_from(item.version));
    Ok(Model {
        id,
        version: version.transpose().map_err(Fault::internal)?.unwrap_or(row.version),
        state: proposal.state().code().to_owned(),
        body: serde_json::to_string(&proposal)?,
        confirm_by: None,
        implement_by: None,
        made_at,
        ..row.clone()
    })
}

/// Sends everything that waits to be sent to an authority; gives how many.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn send_proposals(visit: &Visit, key: Option<&RequestKey>, authority: &str) -> Result<usize, Fault> {
    visit.allow(KEEP_PROPOSALS, &lists())?;
    let law = law(visit)?;
    let law = &law;
    visit
        .write(key, async |tx| {
            let wanted = Wanted { authority: Some(authority), states: &[State::Generated], kind: None };
            let rows = proposal_all(tx.conn(), &wanted).await?;
            let sent = rows.len();
            if sent == 0 {
                return Err(Refusal::new("standards.nothing-to-send", "look-at-state").into());
            }
            for row in rows {
                give(&tx, row, &Order::Send, law, &visit.actor.id, KEEP_PROPOSALS).await?;
            }
            Ok(sent)
        })
        .await
}

/// One order on a row that is locked.
pub(crate) async fn give(
    tx: &Tx,
    mut row: Model,
    order: &Order,
    law: &Law,
    by: &str,
    act: Act,
) -> Result<State, Fault> {
    let proposal: Proposal = serde_json::from_str(&row.body)?;
    let events = decide(&proposal, order, law)?;
    let proposal = events.iter().fold(proposal, apply);
    let before = std::mem::replace(&mut row.body, serde_json::to_string(&proposal)?);
    row.state = proposal.state().code().to_owned();
    row.confirm_by = proposal.confirm_by;
    row.implement_by = proposal.implement_by;
    if !proposal_put(tx.conn(), &row, &before).await? {
        return Err(Fault::Conflict);
    }
    for event in &events {
        if let Event::Sent { confirm_by } = event
            && let Some(next) = confirm_by.succ_opt()
        {
            tx.schedule(Job::new(TIME_OUT, row.id).due(start_of(next)).keyed(format!("{TIME_OUT}/{}", row.id)));
        }
    }
    let entry = JournalEntry::new(named_chain(PROPOSALS), by, act.name(), row.id);
    tx.record(entry.holding(&json!({ "order": order.name(), "events": events })));
    Ok(proposal.state())
}

/// Today, and the last days that follow from it.
pub(crate) fn law(visit: &Visit) -> Result<Law, Fault> {
    let shelf = visit.world.part::<Shelf>();
    let today = visit.today();
    let after = |days| shelf.calendar.add(today, days, Unit::Workday).map_err(Refusal::from);
    Ok(Law { today, confirm_by: after(CONFIRM_DAYS)?, implement_by: after(IMPLEMENT_DAYS)? })
}

fn act_of(order: &Order) -> Act {
    match order {
        Order::Agree | Order::Disagree { .. } => ANSWER_PROPOSAL,
        Order::Send
        | Order::SetAside { .. }
        | Order::TimeOut
        | Order::Review { .. }
        | Order::Update { .. }
        | Order::Check { .. }
        | Order::Close
        | Order::Renew => KEEP_PROPOSALS,
    }
}

fn reason_fits(order: &Order) -> Result<(), Fault> {
    match order {
        Order::SetAside { reason } | Order::Disagree { reason } | Order::Review { reason, .. } => {
            Fault::too_long("reason", reason, PROPOSAL_REASON_MAX)
        }
        _ => Ok(()),
    }
}

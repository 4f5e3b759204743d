//! What becomes of a revision, by order: 提交、签字确认、退回、撤销、公开征求意见. One act for all, because `decide` is one.

use access::Act;
use access_service::Visit;
use authoring::acts::{EDIT_REVISION, PUBLISH_REVISION, SIGN_REVISION};
use authoring::request;
use authoring::{Event, Order, State};
use platform::clock::start_of;
use platform::{Fault, Job, RequestKey, Tx};
use serde_json::json;
use uuid::Uuid;

use super::{Looked, found, give, request_entry, resource};
use crate::store::request::{request_of, request_put};

/// Longest reason or remark, in characters.
pub const REASON_CHARS_MAX: u32 = 500;
/// The job that ends a consultation.
pub(crate) const CLOSE_CONSULTATION: &str = "authoring.close-consultation";

/// Gives an order to a revision. Publishing is [`super::publish_revision`], editing [`super::edit_section`] and its like.
///
/// # Errors
/// Refusals of [`authoring::decide`]; [`Fault::Invalid`] of `reason`; [`Fault::NotFound`], [`Fault::NotAllowed`];
/// [`Fault::Conflict`] when somebody else was faster.
pub async fn order_revision(visit: &Visit, key: Option<&RequestKey>, id: Uuid, order: Order) -> Result<State, Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    let act = act_of(&order).ok_or(Fault::NotFound)?;
    visit.allow(act, &resource(&looked.row.authority))?;
    if let Order::Submit { remark: said } | Order::Return { reason: said } | Order::Withdraw { reason: said } = &order {
        Fault::too_long("reason", said, REASON_CHARS_MAX)?;
    }
    let ground = looked.ground(visit, &order).await?;
    let (order, ground) = (&order, &ground);
    visit
        .write(key, async |tx| {
            let (state, events) = give(&tx, id, order, ground, act).await?;
            follow(&tx, id, &events, &visit.actor.id).await?;
            Ok(state)
        })
        .await
}

/// What an event brings with it: a consultation ends by itself, requests wait again when their revision is withdrawn.
async fn follow(tx: &Tx, id: Uuid, events: &[Event], by: &str) -> Result<(), Fault> {
    for event in events {
        match event {
            Event::ConsultationOpened { last_day, .. } => {
                if let Some(next) = last_day.succ_opt() {
                    let key = format!("{CLOSE_CONSULTATION}/{id}");
                    tx.schedule(Job::new(CLOSE_CONSULTATION, id).due(start_of(next)).keyed(key));
                }
            }
            Event::Withdrawn { .. } => {
                for mut row in request_of(tx.conn(), id).await? {
                    let told = row.facts()?;
                    let Ok(event) = request::decide(&told, &request::Order::PutBack, tx.today()) else { continue };
                    let before = row.take(&request::apply(told, &event))?;
                    if !request_put(tx.conn(), &row, &before).await? {
                        return Err(Fault::Conflict);
                    }
                    tx.record(request_entry(by, EDIT_REVISION, row.id, &json!({ "order": "put-back" })));
                }
            }
            Event::Edited { .. }
            | Event::Submitted(_)
            | Event::Signed(_)
            | Event::Returned(_)
            | Event::ConsultationClosed { .. }
            | Event::Published { .. } => {}
        }
    }
    Ok(())
}

fn act_of(order: &Order) -> Option<Act> {
    match order {
        Order::Submit { .. } | Order::Withdraw { .. } => Some(EDIT_REVISION),
        Order::Sign | Order::Return { .. } => Some(SIGN_REVISION),
        Order::Consult { .. } | Order::CloseConsultation => Some(PUBLISH_REVISION),
        Order::Edit | Order::Publish { .. } => None,
    }
}

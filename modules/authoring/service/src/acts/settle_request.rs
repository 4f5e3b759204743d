//! 答复修改请求: taken up by a revision that is being drafted, or declined with a reason that its filer reads.

use access_service::Visit;
use authoring::State;
use authoring::acts::{EDIT_REVISION, SETTLE_REQUEST};
use authoring::request::{self, Order};
use kernel::refusal::Refusal;
use platform::{Fault, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::order_revision::REASON_CHARS_MAX;
use super::{found, request_entry, resource};
use crate::store::request::{request_find, request_put};

/// Gives an order to a request: [`Order::TakeUp`] or [`Order::Decline`]; the others are the platform's.
///
/// # Errors
/// Refusals of [`request::decide`], `authoring.not-drafting` for a revision that is handed in already; [`Fault::Invalid`] of
/// `reason`; [`Fault::NotFound`], [`Fault::NotAllowed`], [`Fault::Conflict`].
pub async fn settle_request(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    order: Order,
) -> Result<request::State, Fault> {
    let row = request_find(visit.world.db.reader(), id, false).await?.ok_or(Fault::NotFound)?;
    visit.allow(SETTLE_REQUEST, &resource(&row.authority))?;
    match &order {
        Order::Decline { reason } => Fault::too_long("reason", reason, REASON_CHARS_MAX)?,
        Order::TakeUp { revision } => {
            let revision = revision.parse().map_err(|_| Fault::NotFound)?;
            let revision = found(visit, revision).await?;
            visit.allow(EDIT_REVISION, &resource(&revision.authority))?;
            visit.allow(SETTLE_REQUEST, &resource(&row.authority))?;
            if revision.facts()?.state() != State::Drafting {
                return Err(Refusal::new("authoring.not-drafting", "open-another").into());
            }
        }
        Order::PutBack | Order::Finish { .. } => return Err(Fault::NotFound),
    }
    let order = &order;
    visit
        .write(key, async |tx| {
            let mut row = request_find(tx.conn(), id, true).await?.ok_or(Fault::NotFound)?;
            let told = row.facts()?;
            let event = request::decide(&told, order, tx.today())?;
            let after = request::apply(told, &event);
            let before = row.take(&after)?;
            if !request_put(tx.conn(), &row, &before).await? {
                return Err(Fault::Conflict);
            }
            let told = json!({ "order": order.name(), "event": event });
            tx.record(request_entry(&visit.actor.id, SETTLE_REQUEST, id, &told));
            Ok(after.state())
        })
        .await
}

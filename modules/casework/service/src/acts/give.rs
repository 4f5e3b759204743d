//! What most orders to one case are: lock, ask whether it is allowed, let the rules speak, write what follows.

use access::Act;
use access_service::Visit;
use casework::Order;
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::fees;
use super::matter::Matter;
use crate::pins;
use crate::store::Which;

/// Has one case follow one order.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub(super) async fn give(
    visit: &Visit,
    key: Option<&RequestKey>,
    act: Act,
    case: CaseId,
    order: Order,
) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Case(case), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, act, case)?;
        fees::may_follow(&tx, &matter, at, order).await?;
        matter.order(at, order)?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

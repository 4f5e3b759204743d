//! 不予受理 of one case, with its ground and reason, and where to go instead.

use access_service::Visit;
use casework::{NonAcceptanceGround, Order, REFUSE_ACCEPTANCE};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::matter::{Matter, officer};
use crate::pins;
use crate::store::Which;

/// Refuse to accept this case.
#[derive(Debug, Clone)]
pub struct RefuseAcceptance {
    pub case: CaseId,
    pub ground: NonAcceptanceGround,
    pub reason: String,
    /// The authority that is competent, where this one is not.
    pub go_to: Option<String>,
}

/// Refuses acceptance; cases that waited for its licence end with it.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn refuse_acceptance(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: RefuseAcceptance,
) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Case(order.case), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, REFUSE_ACCEPTANCE, order.case)?;
        let refuse = Order::RefuseAcceptance {
            ground: order.ground,
            reason: order.reason.clone(),
            go_to: order.go_to.clone(),
            by: officer(visit)?,
        };
        matter.order(at, &refuse)?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

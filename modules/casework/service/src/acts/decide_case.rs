//! 决定 on one case: granted, or refused with reasons.

use access_service::Visit;
use casework::{DECIDE, Order, Outcome};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::matter::{Matter, officer};
use crate::pins;
use crate::store::Which;

/// Decide this case.
#[derive(Debug, Clone)]
pub struct DecideCase {
    pub case: CaseId,
    pub outcome: Outcome,
    /// Needed for a refusal.
    pub reason: String,
}

/// Decides it. Where it brings a licence others wait for, a refusal ends them and leaves the rest alone.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`]: of two officers who decide at
/// once the second hears that it has been decided.
pub async fn decide_case(visit: &Visit, key: Option<&RequestKey>, order: DecideCase) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Case(order.case), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, DECIDE, order.case)?;
        let reason = order.reason.trim().to_owned();
        matter.order(at, &Order::Decide { outcome: order.outcome, reason, by: officer(visit)? })?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

//! 决定 on one case: granted, or refused with reasons.

use access_service::Visit;
use casework::{DECIDE, Order, Outcome};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

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
    let reason = order.reason.trim().to_owned();
    let told = Order::Decide { outcome: order.outcome, reason, by: officer(visit)? };
    give(visit, key, DECIDE, order.case, told).await
}

//! 注销 of the licence a case brought.

use access_service::Visit;
use casework::{CancellationGround, Order, UNDO_LICENCE};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};
use records::Ended;

use super::done::Done;
use super::matter::officer;
use super::undo_licence::undo;

/// Strike off the licence this case brought.
#[derive(Debug, Clone)]
pub struct CancelLicence {
    pub case: CaseId,
    pub ground: CancellationGround,
    pub reason: String,
}

/// Strikes it off. In the register it ends with this day, unless it had ended before.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn cancel_licence(visit: &Visit, key: Option<&RequestKey>, order: CancelLicence) -> Result<Done, Fault> {
    let reason = order.reason.trim().to_owned();
    let told = Order::Cancel { ground: order.ground, reason, by: officer(visit)? };
    undo(visit, key, UNDO_LICENCE, (order.case, told), Ended::Cancelled).await
}

//! 监管接收: who supervises takes note of a decision that another authority took.

use access_service::Visit;
use casework::{Order, RECEIVE_SUPERVISION};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// Receive the decision of this case.
#[derive(Debug, Clone)]
pub struct ReceiveSupervision {
    pub case: CaseId,
}

/// Puts it on record that the decision was received.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn receive_supervision(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: ReceiveSupervision,
) -> Result<Done, Fault> {
    let told = Order::ReceiveSupervision { by: officer(visit)? };
    give(visit, key, RECEIVE_SUPERVISION, order.case, told).await
}

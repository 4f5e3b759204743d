//! 撤回承诺 of one case, by the applicant or for the applicant at the window.

use access_service::Visit;
use casework::{Order, WITHDRAW_COMMITMENT};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;

/// The commitment to this case is taken back.
#[derive(Debug, Clone)]
pub struct WithdrawCommitment {
    pub case: CaseId,
}

/// Takes it back before the decision; the case goes the ordinary way and waits for the papers.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn withdraw_commitment(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: WithdrawCommitment,
) -> Result<Done, Fault> {
    let told = Order::WithdrawCommitment;
    give(visit, key, WITHDRAW_COMMITMENT, order.case, told).await
}

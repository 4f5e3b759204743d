//! 撤销 of the licence a case brought.

use access_service::Visit;
use casework::{Order, RevocationGround, UNDO_LICENCE};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};
use records::Ended;

use super::done::Done;
use super::matter::officer;
use super::undo_licence::undo;

/// Take back the licence this case brought.
#[derive(Debug, Clone)]
pub struct RevokeLicence {
    pub case: CaseId,
    pub ground: RevocationGround,
    /// Facts and reasons.
    pub reason: String,
}

/// Takes it back. In the register it ends with this day; the row stays.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn revoke_licence(visit: &Visit, key: Option<&RequestKey>, order: RevokeLicence) -> Result<Done, Fault> {
    let reason = order.reason.trim().to_owned();
    let told = Order::Revoke { ground: order.ground, reason, by: officer(visit)? };
    undo(visit, key, UNDO_LICENCE, (order.case, told), Ended::Withdrawn).await
}

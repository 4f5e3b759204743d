//! 延长办理期限 of one case.

use access_service::Visit;
use casework::{EXTEND, Order};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// Extend the limit of this case.
#[derive(Debug, Clone)]
pub struct ExtendLimit {
    pub case: CaseId,
    /// In the unit of the item's limit.
    pub days: u32,
    /// Told to the applicant.
    pub reason: String,
}

/// Extends it, once, by the head of the authority.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn extend_limit(visit: &Visit, key: Option<&RequestKey>, order: ExtendLimit) -> Result<Done, Fault> {
    let told = Order::Extend { days: order.days, reason: order.reason.trim().to_owned(), by: officer(visit)? };
    give(visit, key, EXTEND, order.case, told).await
}

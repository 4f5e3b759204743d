//! 记录听证 of one case.

use access_service::Visit;
use casework::{Order, RUN_HEARING};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// The hearing of this case was held.
#[derive(Debug, Clone)]
pub struct HoldHearing {
    pub case: CaseId,
    /// What its record (听证笔录) holds.
    pub record: String,
}

/// Puts it on record; the decision rests on it, and the limit counts again.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn hold_hearing(visit: &Visit, key: Option<&RequestKey>, order: HoldHearing) -> Result<Done, Fault> {
    let told = Order::HoldHearing { record: order.record.trim().to_owned(), by: officer(visit)? };
    give(visit, key, RUN_HEARING, order.case, told).await
}

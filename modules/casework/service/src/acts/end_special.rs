//! 结束特别程序 of one case, with its result.

use access_service::Visit;
use casework::{Order, RUN_SPECIAL};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// The special procedure of this case is over.
#[derive(Debug, Clone)]
pub struct EndSpecial {
    pub case: CaseId,
    /// What it brought.
    pub result: String,
}

/// Ends it; the limit counts again.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn end_special(visit: &Visit, key: Option<&RequestKey>, order: EndSpecial) -> Result<Done, Fault> {
    let told = Order::EndSpecial { result: order.result.trim().to_owned(), by: officer(visit)? };
    give(visit, key, RUN_SPECIAL, order.case, told).await
}

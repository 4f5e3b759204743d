//! 启动特别程序 of one case: inspection, test, expert review.

use access_service::Visit;
use casework::{Order, RUN_SPECIAL};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// Begin this special procedure of this case.
#[derive(Debug, Clone)]
pub struct BeginSpecial {
    pub case: CaseId,
    /// Its id in the item.
    pub procedure: String,
    /// Working days, as the notice will say.
    pub days: u32,
    /// What it is for, as the notice will say.
    pub reason: String,
}

/// Begins it. The applicant is told in writing what for and how long; that long the limit stands.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn begin_special(visit: &Visit, key: Option<&RequestKey>, order: BeginSpecial) -> Result<Done, Fault> {
    let (procedure, reason) = (order.procedure.clone(), order.reason.trim().to_owned());
    let told = Order::BeginSpecial { procedure, days: order.days, reason, by: officer(visit)? };
    give(visit, key, RUN_SPECIAL, order.case, told).await
}

//! 办理环节 of one case before the decision, with the officer's opinion.

use access_service::Visit;
use casework::{COMPLETE_STEP, Opinion, Order, View};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::Done;
use super::give::give;
use super::matter::officer;

/// This step of this case is done.
#[derive(Debug, Clone)]
pub struct CompleteStep {
    pub case: CaseId,
    /// The step's id in the item.
    pub step: String,
    pub view: View,
    /// The officer's words; needed for a disagreement.
    pub words: String,
}

/// Completes the step.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn complete_step(visit: &Visit, key: Option<&RequestKey>, order: CompleteStep) -> Result<Done, Fault> {
    let opinion = Opinion { view: order.view, words: order.words.trim().to_owned() };
    let told = Order::CompleteStep { step: order.step, opinion, by: officer(visit)? };
    give(visit, key, COMPLETE_STEP, order.case, told).await
}

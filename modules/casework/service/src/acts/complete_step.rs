//! 办理环节 of one case before the decision, with the officer's opinion.

use access_service::Visit;
use casework::{COMPLETE_STEP, Opinion, Order, View};
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::matter::{Matter, officer};
use crate::pins;
use crate::store::Which;

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
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Case(order.case), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, COMPLETE_STEP, order.case)?;
        let opinion = Opinion { view: order.view, words: order.words.trim().to_owned() };
        matter.order(at, &Order::CompleteStep { step: order.step.clone(), opinion, by: officer(visit)? })?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

//! 预审通过: what was filed online goes on to receipt.

use access_service::Visit;
use casework::{Order, PRE_REVIEW};
use kernel::id::ApplicationId;
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::matter::{Matter, before_receipt, officer};
use crate::pins;
use crate::store::Which;

/// Pass the pre-review of this application.
#[derive(Debug, Clone)]
pub struct PassPreReview {
    pub application: ApplicationId,
}

/// Passes every case that is before receipt and that the visitor may look at.
///
/// # Errors
/// [`Fault::NotAllowed`] when the visitor may look at none of the cases; where all are past it, the refusal that the first
/// of them gives.
pub async fn pass_pre_review(visit: &Visit, key: Option<&RequestKey>, order: PassPreReview) -> Result<Done, Fault> {
    let (shelf, which) = (pins::shelf(&visit.world)?, Which::Application(order.application));
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let by = officer(visit)?;
        for at in before_receipt(&matter, visit, PRE_REVIEW)? {
            matter.order(at, &Order::PassPreReview { by: by.clone() })?;
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

//! 按现有材料收件: the applicant goes on to receipt without waiting for the pre-review or following its advice.

use access_service::Visit;
use casework::{MEND_PRE_REVIEW, Order, Status};
use kernel::id::ApplicationId;
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::matter::Matter;
use crate::pins;
use crate::store::Which;

/// Go on to receipt with what was filed.
#[derive(Debug, Clone)]
pub struct SkipPreReview {
    pub application: ApplicationId,
}

/// Ends the pre-review of every case that is still before receipt.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn skip_pre_review(visit: &Visit, key: Option<&RequestKey>, order: SkipPreReview) -> Result<Done, Fault> {
    let (shelf, which) = (pins::shelf(&visit.world)?, Which::Application(order.application));
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(MEND_PRE_REVIEW, &matter.resource())?;
        let is_open = |at: &usize| matches!(matter.members[*at].case.status(), Status::PreReview | Status::ToMend);
        let mut open: Vec<usize> = (0..matter.members.len()).filter(is_open).collect();
        if open.is_empty() {
            open.push(0);
        }
        for at in open {
            matter.order(at, &Order::SkipPreReview)?;
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

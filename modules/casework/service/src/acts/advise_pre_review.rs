//! 预审意见: what should be mended before receipt, all of it at once. Not the one correction notice.

use access_service::Visit;
use casework::{Order, PRE_REVIEW, Status};
use kernel::id::ApplicationId;
use platform::{Fault, RequestKey};

use super::done::{Done, answer};
use super::matter::{Matter, before_receipt, officer};
use super::notify_correction::{CorrectionLine, told_to};
use crate::pins;
use crate::store::Which;

/// Advise the applicant what to mend first.
#[derive(Debug, Clone)]
pub struct AdvisePreReview {
    pub application: ApplicationId,
    pub lines: Vec<CorrectionLine>,
}

/// Advises each case of the lines that concern it. A case under pre-review that none concerns has been looked at and
/// passes.
///
/// # Errors
/// [`Fault::Invalid`] of `lines.N` with `unknown` for a paper or field that no case of the application uses;
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn advise_pre_review(visit: &Visit, key: Option<&RequestKey>, order: AdvisePreReview) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let by = officer(visit)?;
        let mine = before_receipt(&matter, visit, PRE_REVIEW)?;
        let mut told = told_to(&tx, &matter, &shelf, &order.lines).await?;
        // Where the lines concern none of these cases, the first of them says what is wrong with that.
        let concerned = mine.iter().any(|at| told.contains_key(at));
        for (place, at) in mine.into_iter().enumerate() {
            let points = told.remove(&at);
            let passes = points.is_none() && concerned && matter.members[at].case.status() == Status::PreReview;
            if passes {
                matter.order(at, &Order::PassPreReview { by: by.clone() })?;
            } else if points.is_some() || (place == 0 && !concerned) {
                let points = points.unwrap_or_default();
                matter.order(at, &Order::AdvisePreReview { points, by: by.clone() })?;
            }
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

//! 受理 of one case: in the authority, or at the window one by one.

use access_service::Visit;
use casework::ACCEPT;
use kernel::id::CaseId;
use platform::{Fault, RequestKey};

use super::accept_tolerantly::Papers;
use super::done::{Done, answer};
use super::matter::{Matter, officer};
use crate::pins;
use crate::store::Which;

/// Accept this case.
#[derive(Debug, Clone)]
pub struct AcceptCase {
    pub case: CaseId,
}

/// Accepts it, with papers to follow where that was promised, and so keeps the one who accepts away from its decision.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn accept_case(visit: &Visit, key: Option<&RequestKey>, order: AcceptCase) -> Result<Done, Fault> {
    let (shelf, which) = (pins::shelf(&visit.world)?, Which::Case(order.case));
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, ACCEPT, order.case)?;
        let papers = Papers::of(&tx, &matter).await?;
        let accept = papers.acceptance(&matter.members[at], officer(visit)?);
        matter.order(at, &accept)?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

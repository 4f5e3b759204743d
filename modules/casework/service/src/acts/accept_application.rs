//! 受理 of a whole application: every case that can be accepted, at once.

use access_service::Visit;
use casework::{ACCEPT, Status};
use kernel::id::ApplicationId;
use platform::{Fault, RequestKey};

use super::accept_tolerantly::Papers;
use super::done::{Done, answer};
use super::matter::{Matter, officer};
use crate::pins;
use crate::store::Which;

/// Accept what can be accepted of this application.
#[derive(Debug, Clone)]
pub struct AcceptApplication {
    pub application: ApplicationId,
}

/// Accepts every case that is received or corrected and that the visitor may accept; where the applicant was promised
/// that papers may follow, with those to follow (容缺受理).
///
/// # Errors
/// [`Fault::NotAllowed`] when the visitor may accept none of the cases; where all are past acceptance, the refusal that
/// the first of them gives.
pub async fn accept_application(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: AcceptApplication,
) -> Result<Done, Fault> {
    let (shelf, which) = (pins::shelf(&visit.world)?, Which::Application(order.application));
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let may = |at: &usize| visit.may(ACCEPT, &matter.case_resource(*at));
        let mine: Vec<usize> = (0..matter.members.len()).filter(may).collect();
        let first = *mine.first().ok_or(Fault::NotAllowed)?;
        let is_open = |at: &usize| matches!(matter.members[*at].case.status(), Status::Received | Status::Corrected);
        let mut open: Vec<usize> = mine.into_iter().filter(is_open).collect();
        if open.is_empty() {
            open.push(first);
        }
        let (papers, by) = (Papers::of(&tx, &matter).await?, officer(visit)?);
        for at in open {
            let accept = papers.acceptance(&matter.members[at], by.clone());
            matter.order(at, &accept)?;
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

//! 核查承诺 of one case, after the decision.

use access_service::Visit;
use casework::{CHECK_COMMITMENT, Finding, Order};
use kernel::id::{CaseId, SubjectId};
use platform::{Fault, RequestKey};
use records_service::acts::{Breach, record_breach};

use super::done::{Done, answer};
use super::matter::{Matter, officer};
use crate::pins;
use crate::store::Which;

/// What the check of this case's commitment found.
#[derive(Debug, Clone)]
pub struct CheckCommitment {
    pub case: CaseId,
    pub finding: Finding,
    /// What was found; needed unless all is kept.
    pub words: String,
    /// Working days to put it right, for [`Finding::Rectify`].
    pub days: u32,
}

/// Puts the finding on record. A broken commitment goes into the record of credit by the same commit: until it is
/// repaired, its maker commits to nothing again.
///
/// # Errors
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn check_commitment(visit: &Visit, key: Option<&RequestKey>, order: CheckCommitment) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Case(order.case), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, CHECK_COMMITMENT, order.case)?;
        let words = order.words.trim().to_owned();
        let told = Order::CheckCommitment {
            finding: order.finding,
            words: words.clone(),
            days: order.days,
            by: officer(visit)?,
        };
        matter.order(at, &told)?;
        if order.finding == Finding::Broken {
            let subject = SubjectId::from_uuid(matter.head.organisation.unwrap_or(matter.head.subject));
            let item = matter.members[at].row.item_name.clone();
            record_breach(&tx, Breach { subject, case: order.case, item, words }).await?;
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

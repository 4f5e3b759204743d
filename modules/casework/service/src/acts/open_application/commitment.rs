//! 告知承诺 as the applicant chose it: what is committed to, and the papers it stands for until they follow.

use casework::{CommitmentMade, MissingPaper};
use catalog::Item;
use kernel::value::Value;
use platform::{Fault, Tx};
use records_service::reads;

use super::OpenApplication;
use crate::acts::CorrectionTarget;
use crate::paper::{COMMITTED, NewPaper, PaperId, PaperStatus};
use crate::refusals;

/// The commitment to this item; `None` where it allows none or the applicant goes the ordinary way. An item without
/// the choice is itself the way of commitment: who applies for it commits.
pub(super) fn made(item: &Item, order: &OpenApplication, papers: &[(PaperId, &NewPaper)]) -> Option<CommitmentMade> {
    let rule = item.commitment.as_ref().filter(|rule| rule.allowed)?;
    let chosen = match &rule.choice {
        Some(choice) => order.form.get(choice.as_str()).is_some_and(|entry| entry.value == Value::Bool(true)),
        None => true,
    };
    let stands_for = |(_, paper): &&(PaperId, &NewPaper)| {
        let reason = paper.reason.as_ref().map(|reason| reason.code.as_str());
        paper.status == PaperStatus::Deferred
            && reason == Some(COMMITTED)
            && paper.asked_by.iter().any(|(asking, _)| *asking == *item.id.as_str())
    };
    let missing = |(id, paper): &(PaperId, &NewPaper)| MissingPaper {
        id: CorrectionTarget::Paper(*id).to_string(),
        name: paper.name.clone(),
        secondary: true,
    };
    chosen.then(|| CommitmentMade {
        clauses: rule.clauses.clone(),
        papers: papers.iter().filter(stands_for).map(missing).collect(),
    })
}

/// Whether the applicant may commit: neither the person nor the organisation has an unrepaired breach on record.
pub(super) async fn may_commit(tx: &Tx, order: &OpenApplication) -> Result<(), Fault> {
    let subjects: Vec<_> = order.organisation.into_iter().chain([order.applicant.subject]).collect();
    match reads::standing_breach(tx.conn(), &subjects).await? {
        Some((item, on)) => Err(refusals::COMMITMENT_BARRED.refuse().fact("item", item).fact("on", on).into()),
        None => Ok(()),
    }
}

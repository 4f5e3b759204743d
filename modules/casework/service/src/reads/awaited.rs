//! What the applicant still owes to a case, asked by whoever reminds.

use access_service::Visit;
use casework::{READ, Status};
use chrono::NaiveDate;
use kernel::id::CaseId;
use platform::Fault;

use crate::acts::Matter;
use crate::pins;
use crate::store::Which;

/// The last days by which the applicant has to correct or to bring what is missing; none when nothing is owed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn awaited_by(visit: &Visit, case: CaseId) -> Result<Vec<NaiveDate>, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, Which::Case(case)).await?;
    let member = &matter.members[matter.allowed(visit, READ, case)?];
    let correction = (member.case.status() == Status::CorrectionNoticed)
        .then(|| member.case.correction_due(&member.law).day())
        .flatten();
    Ok(correction.into_iter().chain(member.case.gap_due(&member.law).day()).collect())
}

//! What revocation and cancellation share: the case follows, and the licence ends in the register by the same commit.

use access::Act;
use access_service::Visit;
use casework::Order;
use kernel::id::{CaseId, LicenceId};
use platform::{Fault, RequestKey};
use records::Ended;
use records_service::acts::end_licence;

use super::done::{Done, answer};
use super::matter::Matter;
use crate::pins;
use crate::store::Which;

/// Has the case follow, and ends its licence.
pub(super) async fn undo(
    visit: &Visit,
    key: Option<&RequestKey>,
    act: Act,
    (case, order): (CaseId, Order),
    how: Ended,
) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Case(case), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, act, case)?;
        matter.order(at, order)?;
        if let Some(licence) = matter.members[at].row.licence {
            match end_licence(&tx, LicenceId::from_uuid(licence), how).await {
                // It has run out, or ended when it was taken back: the register says so already.
                Ok(()) | Err(Fault::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

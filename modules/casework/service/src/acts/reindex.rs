//! After a new release: due days that the calendar now reaches are told, cases whose power has moved go on with whoever
//! has it now, and lists are sorted by both.

use access::ActorKind;
use access_service::Visit;
use casework::Order;
use kernel::id::ApplicationId;
use platform::Fault;

use super::matter::Matter;
use crate::pins;
use crate::store::{self, Which};

/// Applications looked at between two questions to the database.
const BATCH: u64 = 200;

/// Works out anew what the rows of open cases keep for lists, by the calendar in force. Call it when a release with
/// another calendar has been published; asked again it changes nothing. Gives how many applications changed.
///
/// # Errors
/// [`Fault::NotAllowed`] for anybody but the platform itself.
pub async fn reindex(visit: &Visit) -> Result<u64, Fault> {
    if visit.actor.kind != ActorKind::System {
        return Err(Fault::NotAllowed);
    }
    let shelf = pins::shelf(&visit.world)?;
    let (mut changed, mut after) = (0, None);
    loop {
        let batch = store::open_applications(visit.world.db.reader(), after, BATCH).await?;
        let Some(last) = batch.last().copied() else { return Ok(changed) };
        for application in batch {
            let which = Which::Application(ApplicationId::from_uuid(application));
            let touched = visit
                .write(None, async |tx| {
                    let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
                    // A new release may have moved a power.
                    for at in 0..matter.members.len() {
                        matter.order(at, &Order::MovePower)?;
                    }
                    let touched = matter.touch();
                    matter.finish(&tx, visit).await?;
                    Ok(touched)
                })
                .await?;
            changed += u64::from(touched);
        }
        after = Some(last);
    }
}

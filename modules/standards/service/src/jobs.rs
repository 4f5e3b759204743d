//! Work for later: the time to confirm a proposal ends by itself.

use access_service::Visit;
use platform::{Fault, JobKind, World};
use standards::proposal::Order;
use uuid::Uuid;

use crate::acts::{TIME_OUT, settle_proposal};

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(TIME_OUT, |world, job| async move { time_out(&world, &job.subject).await })]
}

async fn time_out(world: &World, subject: &str) -> Result<(), Fault> {
    let id: Uuid = subject.parse().map_err(Fault::internal)?;
    match settle_proposal(&Visit::system(world), None, id, Order::TimeOut).await {
        // Answered in the meantime, or sent again with a later day.
        Err(Fault::Refusal(_)) | Ok(_) => Ok(()),
        Err(fault) => Err(fault),
    }
}

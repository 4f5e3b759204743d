//! Work for later: a consultation ends by itself.

use access_service::Visit;
use authoring::Order;
use platform::{Fault, JobKind, World};
use uuid::Uuid;

use crate::acts::{CLOSE_CONSULTATION, order_revision};

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(CLOSE_CONSULTATION, |world, job| async move { close(&world, &job.subject).await })]
}

async fn close(world: &World, subject: &str) -> Result<(), Fault> {
    let id: Uuid = subject.parse().map_err(Fault::internal)?;
    match order_revision(&Visit::system(world), None, id, Order::CloseConsultation).await {
        // Closed already.
        Err(Fault::Refusal(_)) | Ok(_) => Ok(()),
        Err(fault) => Err(fault),
    }
}

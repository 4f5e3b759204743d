//! Whom this module listens to: itself, where something follows after the commit.

use access_service::Visit;
use kernel::id::ApplicationId;
use platform::queue::Delivery;
use platform::{Fault, Listener, World};

use crate::acts;

/// Everything this module hears.
pub fn listeners() -> Vec<Listener> {
    vec![Listener::new(acts::READY, "casework.deliver-electronically", deliver)]
}

/// 电子送达: for those who chose it, the platform hands over as soon as everything is ready.
async fn deliver(world: World, event: Delivery) -> Result<(), Fault> {
    let application: ApplicationId = event.subject.parse().map_err(Fault::internal)?;
    let key = event.request_key("casework.deliver-electronically")?;
    acts::deliver_electronically(&Visit::system(&world), &key, application).await
}

//! Whom this module listens to: itself, where something follows after the commit, and the courier.

use access_service::Visit;
use kernel::id::ApplicationId;
use platform::queue::Delivery;
use platform::{Fault, Listener, World};

use crate::acts;

/// Everything this module hears.
pub fn listeners() -> Vec<Listener> {
    vec![
        Listener::new(acts::READY, "casework.deliver-electronically", deliver),
        Listener::new(courier_service::SIGNED, "casework.deliver-by-mail", signed),
    ]
}

/// 电子送达: for those who chose it, the platform hands over as soon as everything is ready.
async fn deliver(world: World, event: Delivery) -> Result<(), Fault> {
    let application: ApplicationId = event.subject.parse().map_err(Fault::internal)?;
    let key = event.request_key("casework.deliver-electronically")?;
    acts::deliver_electronically(&Visit::system(&world), &key, application).await
}

/// 邮寄送达: the parcel was signed for.
async fn signed(world: World, event: Delivery) -> Result<(), Fault> {
    let key = event.request_key("casework.deliver-by-mail")?;
    let id = event.subject.parse().map_err(Fault::internal)?;
    acts::deliver_by_mail(&Visit::system(&world), &key, (id, event.facts()?)).await
}

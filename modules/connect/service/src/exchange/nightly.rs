//! Every night by itself: what the day has brought is made a batch, in the name of whoever runs the district's windows.

use std::collections::BTreeSet;

use access::{Actor, ActorKind, Role};
use access_service::Visit;
use chrono::TimeDelta;
use platform::clock::start_of;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World};

use crate::connectors::{ConnectorShelf, current, leave};

const NIGHTLY: &str = "connect.exchange";
/// Minutes after midnight.
const AFTER_MIN: i64 = 90;

/// The nightly job.
pub(super) fn job() -> JobKind {
    JobKind::new(NIGHTLY, work)
}

/// Leaves the next night, for a district that has a dictionary; at the start of a server, and when a newer catalogue is on the
/// shelf.
pub(crate) async fn arrange(world: &World) -> Result<(), Fault> {
    if current(world)?.dictionary().is_none() {
        return Ok(());
    }
    let night = start_of(world.clock.today()) + TimeDelta::days(1) + TimeDelta::minutes(AFTER_MIN);
    leave(world, &Job::new(NIGHTLY, "exchange").keyed(NIGHTLY).due(night)).await
}

async fn work(world: World, _: Delivery) -> Result<(), Fault> {
    let shelf = current(&world)?;
    let Some(dictionary) = shelf.dictionary() else { return Ok(()) };
    let outcome = super::run(&reporter(&world, &shelf), None, &shelf, dictionary).await?;
    tracing::info!(?outcome, "the exchange of the night");
    arrange(&world).await
}

/// Who reports when nobody presses a button: the look at a person names authority and post.
pub(crate) fn reporter(world: &World, shelf: &ConnectorShelf) -> Visit {
    let district = &shelf.catalogue().catalog().district;
    let kind = ActorKind::Staff {
        roles: BTreeSet::from([Role::Steward]),
        region: district.region.to_string(),
        authority: district.windows.as_ref().map(ToString::to_string),
        hall: None,
    };
    Visit::of(world, Actor { id: "exchange".to_owned(), name: "数据上报".to_owned(), kind })
}

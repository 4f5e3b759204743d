//! The queue of events and jobs, as its keeper (系统管理员) sees it: counts, lists, and what went wrong with one.

use access::Resource;
use access::acts::READ_WORK;
use chrono::{DateTime, Utc};
use platform::fault::Fault;
use platform::queue::{self, Item, Load, Place, Trouble};
use uuid::Uuid;

use crate::Visit;

/// What the policies are asked about: there is one queue.
pub(crate) fn work() -> Resource {
    Resource::of("work")
}

/// How much waits and how much was given up, events first.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn loads(visit: &Visit) -> Result<Vec<Load>, Fault> {
    visit.allow(READ_WORK, &work())?;
    queue::loads(&visit.world.db).await
}

/// Rows of one place after one of them; see [`queue::items`].
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn items(
    visit: &Visit,
    place: Place,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Item>, Fault> {
    visit.allow(READ_WORK, &work())?;
    queue::items(&visit.world.db, place, after, limit).await
}

/// One row and what went wrong with it, the last try first.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::NotFound`] when it has been done meanwhile.
pub async fn item(visit: &Visit, id: Uuid) -> Result<(Item, Vec<Trouble>), Fault> {
    visit.allow(READ_WORK, &work())?;
    queue::item(&visit.world.db, id).await
}

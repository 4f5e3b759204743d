//! What cases were in experience (实际办件): the ground for proposals, and the test of what became of them. Numbers only.

use std::collections::BTreeMap;

use access::Resource;
use access_service::Visit;
use casework::acts::READ_EXPERIENCE;
use catalog_service::Shelf;
use chrono::{DateTime, Utc};
use platform::Fault;

use crate::store::experience;

/// How many cases each item had that were received from this moment on, by the item's id.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn volumes(visit: &Visit, since: DateTime<Utc>) -> Result<BTreeMap<String, u64>, Fault> {
    visit.allow(READ_EXPERIENCE, &district(visit))?;
    let volumes = experience::volumes(visit.world.db.reader(), since).await?;
    Ok(volumes.into_iter().map(|(item, cases)| (item, cases.unsigned_abs())).collect())
}

/// Numbers of cases of an item, from this version on, whose applicant handed in a file by this row of the item's list.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn collected(visit: &Visit, item: &str, version: u32, row: &str) -> Result<Vec<String>, Fault> {
    visit.allow(READ_EXPERIENCE, &district(visit))?;
    let version = i32::try_from(version).map_err(Fault::internal)?;
    experience::collected(visit.world.db.reader(), item, version, row).await
}

/// All cases of the district.
fn district(visit: &Visit) -> Resource {
    let shelf = visit.world.part::<Shelf>();
    Resource::of("list").in_region(shelf.catalog().district.region.as_str())
}

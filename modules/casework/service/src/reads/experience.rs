//! What cases were in experience (实际办件): the ground for proposals, and the test of what became of them. Numbers only.

use std::collections::{BTreeMap, BTreeSet};

use access::Resource;
use access_service::Visit;
use casework::acts::READ_EXPERIENCE;
use casework::{Case, DeliveryMethod};
use catalog_service::Shelf;
use chrono::{DateTime, Utc};
use kernel::calendar::WorkCalendar;
use platform::Fault;
use uuid::Uuid;

use crate::application::Channel;
use crate::store::experience;

/// Cases read at once.
const PAGE: u64 = 500;

/// Numbers of cases of an item, from this version on, whose applicant handed in a file by this row of the item's list.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn collected(visit: &Visit, item: &str, version: u32, row: &str) -> Result<Vec<String>, Fault> {
    visit.allow(READ_EXPERIENCE, &district(visit))?;
    let version = i32::try_from(version).map_err(Fault::internal)?;
    experience::collected(visit.world.db.reader(), item, version, row).await
}

/// One case as it was lived (办件实况): nobody's name, number or answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lived {
    /// The item's id.
    pub item: String,
    pub version: u32,
    /// Working days from acceptance to decision, those of special procedures not counted; nothing while it is undecided.
    pub days: Option<u32>,
    /// How often the applicant came: to file, and to fetch the result.
    pub trips: u32,
    /// Whether papers had to be mended or added (补正).
    pub corrected: bool,
    /// Rows of the item's list a file was handed in by.
    pub handed: BTreeSet<String>,
}

/// Every case received from this moment on, handed over one by one.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn lived(visit: &Visit, since: DateTime<Utc>, mut each: impl FnMut(Lived)) -> Result<(), Fault> {
    visit.allow(READ_EXPERIENCE, &district(visit))?;
    let shelf = visit.world.part::<Shelf>();
    let (reader, mut after) = (visit.world.db.reader(), None);
    loop {
        let page = experience::lived_page(reader, since, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        let ids: Vec<Uuid> = page.iter().map(|row| row.id).collect();
        let mut handed: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
        for (case, row) in experience::handed(reader, &ids).await? {
            handed.entry(case).or_default().insert(row);
        }
        for row in page {
            let case: Case = serde_json::from_str(&row.facts)?;
            let at_window = Channel::parse(&row.channel) == Some(Channel::Window);
            let fetched = case.delivered.as_ref().is_some_and(|delivered| delivered.how == DeliveryMethod::Window);
            each(Lived {
                days: days(&case, &shelf.calendar),
                trips: u32::from(at_window) + u32::from(fetched),
                corrected: case.correction.is_some() || !case.spot_corrections.is_empty(),
                handed: handed.remove(&row.id).unwrap_or_default(),
                version: row.version.unsigned_abs(),
                item: row.item,
            });
        }
    }
}

/// Working days from acceptance to decision without those of special procedures; nothing beyond the calendar.
fn days(case: &Case, calendar: &WorkCalendar) -> Option<u32> {
    let (acceptance, decision) = (case.acceptance.as_ref()?, case.decision.as_ref()?);
    let all = calendar.workdays_between(acceptance.on, decision.on).ok()?;
    let ended = case.specials.iter().filter_map(|run| Some((run.began_on, run.ended_on?)));
    let stopped = ended.filter_map(|(from, to)| calendar.workdays_between(from, to).ok()).sum();
    Some(all.saturating_sub(stopped))
}

/// All cases of the district.
fn district(visit: &Visit) -> Resource {
    let shelf = visit.world.part::<Shelf>();
    Resource::of("list").in_region(shelf.catalog().district.region.as_str())
}

//! What cases really were, item by item, beside what the version in force says (落实对照).

use std::collections::BTreeMap;

use access_service::Visit;
use casework_service::reads::experience;
use catalog_service::Shelf;
use chrono::{DateTime, Utc};
use platform::Fault;
use standards::practice::{Held, Practice, held};

use super::proposals::scope;

/// An item beside its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPractice {
    pub item: String,
    pub name: String,
    pub authority: String,
    pub practice: Practice,
    pub held: Held,
}

/// What the cases of each item were that were received from this moment on, by the item's id.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn of_items(visit: &Visit, since: DateTime<Utc>) -> Result<BTreeMap<String, Practice>, Fault> {
    let mut practice: BTreeMap<String, Practice> = BTreeMap::new();
    let take = |case: experience::Lived| {
        let own = practice.entry(case.item).or_default();
        own.take(case.days, case.trips, case.corrected, case.handed);
    };
    experience::lived(visit, since, take).await?;
    Ok(practice)
}

/// Every item in force that had cases since then, those with the most first; an authority sees its own.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn page(visit: &Visit, since: DateTime<Utc>) -> Result<Vec<ItemPractice>, Fault> {
    let own = scope(visit)?;
    let shelf = visit.world.part::<Shelf>();
    // Sums of everybody's cases; who may see which of them was asked above.
    let counted = of_items(&Visit::system(&visit.world), since).await?;
    let one = |(id, practice): (String, Practice)| {
        let item = shelf.catalog().items.get(id.as_str())?;
        let is_seen = own.as_ref().is_none_or(|own| item.authority.as_str() == own);
        is_seen.then(|| ItemPractice {
            name: item.name.clone(),
            authority: item.authority.to_string(),
            held: held(shelf.catalog(), item, &practice),
            item: id,
            practice,
        })
    };
    let mut items: Vec<ItemPractice> = counted.into_iter().filter_map(one).collect();
    items.sort_by_key(|one| std::cmp::Reverse(one.practice.cases));
    Ok(items)
}

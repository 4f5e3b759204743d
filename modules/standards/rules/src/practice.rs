//! 标准与实际办件的对照 (外循环): what cases really asked for, how long they took and how often people came, against what the version
//! in force says. It is the ground the next round of proposals grows on.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Catalog;
use catalog::model::Item;

use crate::comparison::offer::working_days;

/// Fewer cases say nothing about an item; set by the house.
pub const CASES_MIN: u64 = 20;
/// The share of cases, in percent, that what is called usual covers.
const USUAL: u64 = 90;

/// What the cases of an item were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Practice {
    pub cases: u64,
    /// How many took so many working days from acceptance to decision.
    days: BTreeMap<u32, u64>,
    /// How often people came, all cases together, and in how many nobody did.
    pub trips: u64,
    pub stayed_home: u64,
    /// Cases whose papers had to be mended.
    pub corrected: u64,
    /// By row of the item's list: cases that handed in a file.
    pub handed: BTreeMap<String, u64>,
}

impl Practice {
    /// One more case.
    pub fn take(&mut self, days: Option<u32>, trips: u32, corrected: bool, handed: BTreeSet<String>) {
        self.cases += 1;
        if let Some(days) = days {
            *self.days.entry(days).or_default() += 1;
        }
        self.trips += u64::from(trips);
        self.stayed_home += u64::from(trips == 0);
        self.corrected += u64::from(corrected);
        for row in handed {
            *self.handed.entry(row).or_default() += 1;
        }
    }

    /// Cases that were decided.
    pub fn decided(&self) -> u64 {
        self.days.values().sum()
    }

    /// The least number of working days in which so many of a hundred cases were decided.
    pub fn days_of(&self, percent: u64) -> Option<u32> {
        let wanted = (self.decided() * percent).div_ceil(100);
        let mut seen = 0;
        self.days.iter().find_map(|(days, cases)| {
            seen += cases;
            (seen >= wanted && seen > 0).then_some(*days)
        })
    }

    /// In how many days nearly all were decided, where there are enough of them to say so.
    pub fn usual_days(&self) -> Option<u32> {
        self.days_of(USUAL).filter(|_| self.decided() >= CASES_MIN)
    }

    /// Cases that took longer.
    pub fn longer_than(&self, days: u32) -> u64 {
        self.days.range(days.saturating_add(1)..).map(|(_, cases)| cases).sum()
    }

    /// Whether nobody came in any of enough cases.
    pub fn nobody_came(&self) -> bool {
        self.cases >= CASES_MIN && self.stayed_home == self.cases
    }
}

/// A paper that may be waived, and how many cases handed it in all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The row of the item's list.
    pub row: String,
    pub name: String,
    pub cases: u64,
}

/// An item's promise beside its practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The promise in working days; nothing where it is counted otherwise.
    pub promise: Option<u32>,
    pub median: Option<u32>,
    pub usual: Option<u32>,
    /// Cases decided later than promised.
    pub late: u64,
    /// Visits the standard asks for.
    pub visits: u32,
    /// Papers that were handed in though they may be waived, in the order of the list.
    pub collected: Vec<Collected>,
}

/// Holds an item against its cases.
pub fn held(catalog: &Catalog, item: &Item, practice: &Practice) -> Held {
    let promise = working_days(item.promise);
    let waivable = item.materials.iter().filter(|row| !row.waive.is_empty());
    let collected = waivable.filter_map(|row| {
        let cases = *practice.handed.get(row.id.as_str())?;
        let material = || catalog.materials.get(&row.material).map(|one| one.name.clone());
        let name = row.name.clone().filter(|name| !name.is_empty()).or_else(material).unwrap_or_default();
        Some(Collected { row: row.id.to_string(), name, cases })
    });
    Held {
        promise,
        median: practice.days_of(50),
        usual: practice.days_of(USUAL),
        late: promise.map_or(0, |promise| practice.longer_than(promise)),
        visits: item.visits.count,
        collected: collected.collect(),
    }
}

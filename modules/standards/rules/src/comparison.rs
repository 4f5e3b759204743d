//! Comparison (事项比对): the same matter in different places, every difference with what it costs an applicant, why one place
//! counts more matters than another, and the common standard that would end it.
//!
//! Reads in this order: [`offer`] (what a place offers), `naming` (how names are held against each other), `align` (which matters are
//! the same), [`standard`] (what all could ask), [`difference`] (what each asks beyond), [`spread`] (why counts differ).

mod align;
pub mod difference;
mod naming;
pub mod offer;
pub mod sample;
pub mod spread;
pub mod standard;

use std::collections::{BTreeMap, BTreeSet};

use crate::item_code::ItemCode;
use crate::proposal::effect::Effect;
pub use difference::{Aspect, Difference};
pub use offer::{Offer, Place};
pub use spread::{Account, Cause};
pub use standard::Standard;

kernel::coded! {
    /// How a place stands to a matter.
    Standing in "standing" {
        /// 一致: has it, as one matter under its common code.
        Same = "same",
        /// 更名: has it under another code.
        Renamed = "renamed",
        /// 合并: has it in one matter with others.
        Bundled = "bundled",
        /// 重复: lists it more than once.
        Twice = "twice",
        /// 缺项: does not have what others have.
        Missing = "missing",
        /// 自设: has what no law and no other place knows.
        Own = "own",
        /// Does not have what is another place's own.
        Without = "without",
    }
}

/// One matter, and how every place stands to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Strand {
    /// The same as long as its matters keep their codes: the common code, or the name where there is none.
    pub key: String,
    /// Whether every place should have it: most have, or a law or regulation says so.
    pub common: bool,
    pub standard: Standard,
    /// One for each place, in their order.
    pub cells: Vec<Cell>,
}

/// A matter in one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub standing: Standing,
    /// Its implementers, as places in the place's offers.
    pub offers: Vec<usize>,
    /// For each of them, what differs from the standard.
    pub differences: Vec<Vec<Difference>>,
    /// What the heaviest of them asks of an applicant beyond the standard.
    pub beyond: Effect,
}

/// Places held against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub places: Vec<Place>,
    /// By code.
    pub strands: Vec<Strand>,
    /// One for each place, in their order.
    pub accounts: Vec<Account>,
}

impl Comparison {
    /// Compares places.
    pub fn of(places: Vec<Place>) -> Self {
        let aligned = align::align(&places);
        let words = standard::Vocabulary::of(&places);
        let ground = Ground { places: &places, matters: &aligned.matters, words: &words };
        let mut strands: Vec<Strand> = aligned.threads.iter().map(|thread| ground.strand(thread)).collect();
        let accounts = (0..places.len()).map(|place| Account::of(place, &aligned, &strands)).collect();
        distinct_keys(&mut strands);
        strands.sort_by(|one, other| one.key.cmp(&other.key));
        Self { places, strands, accounts }
    }

    /// The strand of that key.
    pub fn strand(&self, key: &str) -> Option<&Strand> {
        self.strands.binary_search_by(|strand| strand.key.as_str().cmp(key)).ok().map(|at| &self.strands[at])
    }

    /// The implementers of a matter in a place.
    pub fn offers<'c>(&'c self, place: usize, cell: &'c Cell) -> impl Iterator<Item = &'c Offer> {
        cell.offers.iter().map(move |at| &self.places[place].offers[*at])
    }
}

/// What every strand is made of.
struct Ground<'g> {
    places: &'g [Place],
    matters: &'g [align::Matter],
    words: &'g standard::Vocabulary,
}

impl Ground<'_> {
    fn strand(&self, thread: &align::Thread) -> Strand {
        let held: BTreeSet<usize> =
            thread.own.iter().chain(&thread.bundles).map(|at| self.matters[*at].place).collect();
        // By place, so that of names and codes used equally often the first place's are the common ones.
        let mut own: Vec<(usize, usize)> = thread.own.iter().flat_map(|at| self.offers_of(*at)).collect();
        own.sort_unstable();
        let all: Vec<&Offer> = own.iter().map(|(place, offer)| &self.places[*place].offers[*offer]).collect();
        let common = held.len() * 2 > self.places.len() || all.iter().any(|offer| offer.lawful);
        let standard = Standard::of(&all, self.words);
        let cells = (0..self.places.len()).map(|place| self.cell(place, thread, common, &standard)).collect();
        let key = standard.code.clone().unwrap_or_else(|| standard.name.clone());
        Strand { key, common, standard, cells }
    }

    /// Place and offers of a matter.
    fn offers_of(&self, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let matter = &self.matters[at];
        matter.offers.iter().map(|offer| (matter.place, *offer))
    }

    fn cell(&self, place: usize, thread: &align::Thread, common: bool, standard: &Standard) -> Cell {
        let here = |all: &[usize]| -> Vec<usize> {
            all.iter().copied().filter(|at| self.matters[*at].place == place).collect()
        };
        let (own, bundles) = (here(&thread.own), here(&thread.bundles));
        let standing = match (own.as_slice(), bundles.is_empty()) {
            ([], false) => Standing::Bundled,
            ([], true) if common => Standing::Missing,
            ([], true) => Standing::Without,
            _ if !common => Standing::Own,
            ([one], _) if standard.code.is_some() && self.matters[*one].basic != standard.code => Standing::Renamed,
            ([_], _) => Standing::Same,
            _ => Standing::Twice,
        };
        let matters = if standing == Standing::Bundled { bundles } else { own };
        let offers: Vec<usize> =
            matters.into_iter().flat_map(|at| self.offers_of(at)).map(|(_, offer)| offer).collect();
        // What a bundle asks, it asks for several matters at once: its parts cannot be told apart.
        let judged = |at: &usize| match standing {
            Standing::Bundled => Vec::new(),
            _ => difference::of(&self.places[place].offers[*at], standard, self.words),
        };
        let differences: Vec<Vec<Difference>> = offers.iter().map(judged).collect();
        let beyond = differences.iter().map(|all| difference::sum(all)).max_by_key(difference::weight);
        Cell { standing, offers, differences, beyond: beyond.unwrap_or_default() }
    }
}

/// Several matters may stand under one code: they are told apart by a number, in the order of their names.
fn distinct_keys(strands: &mut [Strand]) {
    let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, strand) in strands.iter().enumerate() {
        of.entry(strand.key.clone()).or_default().push(at);
    }
    for (key, mut several) in of.into_iter().filter(|(_, several)| several.len() > 1) {
        several.sort_by_key(|at| strands[*at].standard.name.clone());
        for (number, at) in several.into_iter().enumerate() {
            strands[at].key = format!("{key}-{}", number + 1);
        }
    }
}

/// The basic code of an offer, if its code follows a known profile.
fn basic(offer: &Offer) -> Option<String> {
    ItemCode::read(&offer.code).map(|code| code.basic.to_owned())
}

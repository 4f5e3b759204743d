//! The common standard a comparison proposes (共同标准): in every aspect the least that one of the places lawfully gets by with.
//! What one place does without, no place needs; whoever asks more has to say by what law.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use catalog::model::{GovernmentLevel, HolderRole};
use kernel::limit::{Limit, Period, Unit};

use super::basic;
use super::naming::{plain, thing};
use super::offer::{Charge, Guide, Offer, Paper, Place, working_hours};

/// What all could ask.
#[derive(Debug, Clone, PartialEq)]
pub struct Standard {
    pub name: String,
    /// 基本编码
    pub code: Option<String>,
    /// Those who say what they ask, of all who offer it.
    pub guides: usize,
    /// The shortest promise; `None` where none is in working days or hours.
    pub promise: Option<Limit>,
    pub trips: Option<u32>,
    pub online: bool,
    /// The level nearest to the applicant.
    pub level: Option<GovernmentLevel>,
    /// The limit in law; `None` where they differ.
    pub statutory: Option<Limit>,
    /// Papers every one of them has brought.
    pub papers: Vec<Asked>,
    /// Papers only some have brought, with how many.
    pub dispensable: Vec<(Asked, usize)>,
    /// Papers every one of them lists, brought or not.
    pub listed: BTreeSet<Asked>,
    /// Elements every form asks, and labels.
    pub fields: BTreeMap<String, String>,
    /// Conditions every one of them sets, as compared.
    pub conditions: BTreeSet<String>,
    /// What is charged where least is charged.
    pub fees: Vec<Charge>,
    /// Who is let off somewhere, by fee.
    pub exemptions: BTreeMap<String, BTreeSet<String>>,
    /// The longest a result holds, of those that end.
    pub valid: Option<Period>,
}

/// A paper, by what it is and about whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    pub name: String,
    pub holder: HolderRole,
}

/// What stands for the same in all places: names of papers that lead to one, and names of the places themselves, which make no
/// condition another.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// By the name as it is written anywhere.
    papers: HashMap<String, String>,
    /// Conditions as they are written, and what is left of each without marks and names of places. A text that is used often is
    /// read once: of four counties with their papers and conditions three quarters of the time went into reading names.
    conditions: HashMap<String, String>,
}

impl Vocabulary {
    /// Gathers the names. The first place's name of a paper stands for all others.
    pub fn of(places: &[Place]) -> Self {
        let guides = || places.iter().flat_map(|place| &place.offers).filter_map(|offer| offer.guide.as_ref());
        let names = names_of(places);
        let mut conditions: HashMap<String, String> = HashMap::new();
        for text in guides().flat_map(|guide| &guide.conditions) {
            if !conditions.contains_key(text) {
                conditions.insert(text.clone(), without(plain(text), &names));
            }
        }
        Self { papers: papers_of(guides().flat_map(|guide| &guide.papers)), conditions }
    }

    /// A paper by its common name.
    pub fn asked(&self, paper: &Paper) -> Asked {
        let name = self.papers.get(&paper.name).unwrap_or(&paper.name);
        Asked { name: name.clone(), holder: paper.holder }
    }

    /// What an applicant has to bring.
    pub fn brought(&self, guide: &Guide) -> BTreeSet<Asked> {
        guide.papers.iter().filter(|paper| paper.brought).map(|paper| self.asked(paper)).collect()
    }

    /// What the guide lists, brought or not.
    pub fn listed(&self, guide: &Guide) -> BTreeSet<Asked> {
        guide.papers.iter().map(|paper| self.asked(paper)).collect()
    }

    /// Conditions of a matter as they are compared, with their words. Its own name makes none another.
    pub fn conditions(&self, name: &str, guide: &Guide) -> BTreeMap<String, String> {
        let thing = if guide.conditions.is_empty() { None } else { thing(name) };
        let compared = |text: &String| {
            let bare = self.conditions.get(text).cloned().unwrap_or_else(|| plain(text));
            (without(bare, thing.as_slice()), text.clone())
        };
        guide.conditions.iter().map(compared).collect()
    }
}

/// The common name of each paper, by every name as it is written.
fn papers_of<'p>(papers: impl Iterator<Item = &'p Paper>) -> HashMap<String, String> {
    let mut written: HashMap<&str, String> = HashMap::new();
    let mut common: HashMap<String, String> = HashMap::new();
    for paper in papers {
        let names = || std::iter::once(&paper.name).chain(&paper.aliases);
        let called: Vec<String> =
            names().map(|name| written.entry(name).or_insert_with(|| plain(name)).clone()).collect();
        let canonical = called.iter().find_map(|name| common.get(name)).unwrap_or(&paper.name).clone();
        for name in called {
            common.entry(name).or_insert_with(|| canonical.clone());
        }
    }
    let named = |(name, plain): (&str, String)| Some((name.to_owned(), common.get(&plain)?.clone()));
    written.into_iter().filter_map(named).collect()
}

fn without(text: String, names: &[String]) -> String {
    names.iter().fold(text, |left, name| if left.contains(name.as_str()) { left.replace(name, "") } else { left })
}

/// 佛山市禅城区, 禅城区; and what each calls itself.
fn names_of(places: &[Place]) -> Vec<String> {
    let own = ["本市", "本区", "本县"].map(str::to_owned);
    let of = |place: &Place| {
        let short = place.name.rsplit_once('市').map(|(_, short)| short.to_owned());
        std::iter::once(place.name.clone()).chain(short.filter(|short| !short.is_empty()))
    };
    let mut names: Vec<String> = places.iter().flat_map(of).chain(own).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

impl Standard {
    /// Of those who offer the matter as one.
    pub fn of(offers: &[&Offer], words: &Vocabulary) -> Self {
        let guides: Vec<&Guide> = offers.iter().filter_map(|offer| offer.guide.as_ref()).collect();
        let (name, code) = called(offers);
        let mut asked: BTreeMap<Asked, usize> = BTreeMap::new();
        for paper in guides.iter().flat_map(|guide| words.brought(guide)) {
            *asked.entry(paper).or_default() += 1;
        }
        let (by_all, by_some): (Vec<_>, Vec<_>) = asked.into_iter().partition(|(_, times)| *times == guides.len());
        let limits: HashSet<Limit> = guides.iter().map(|guide| guide.statutory).collect();
        Self {
            name,
            code,
            guides: guides.len(),
            promise: shortest(&guides),
            trips: guides.iter().map(|guide| guide.trips).min(),
            online: guides.iter().any(|guide| guide.online),
            level: offers.iter().filter_map(|offer| offer.level).max(),
            statutory: if limits.len() == 1 { limits.into_iter().next() } else { None },
            papers: by_all.into_iter().map(|(paper, _)| paper).collect(),
            dispensable: by_some,
            listed: guides.iter().map(|guide| words.listed(guide)).reduce(|all, next| &all & &next).unwrap_or_default(),
            fields: in_all(guides.iter().map(|guide| guide.fields.clone())),
            conditions: in_all(
                offers
                    .iter()
                    .filter_map(|offer| offer.guide.as_ref().map(|guide| words.conditions(&offer.name, guide))),
            )
            .into_keys()
            .collect(),
            exemptions: exemptions(&guides),
            valid: guides.iter().filter_map(|guide| guide.valid).max_by_key(|valid| roughly_days(*valid)),
            fees: guides.iter().map(|guide| &guide.fees).min_by_key(|fees| fees.len()).cloned().unwrap_or_default(),
        }
    }
}

fn shortest(guides: &[&Guide]) -> Option<Limit> {
    let timed = guides.iter().filter_map(|guide| Some((working_hours(guide.promise)?, guide.promise)));
    timed.min_by_key(|(hours, _)| *hours).map(|(_, promise)| promise)
}

fn exemptions(guides: &[&Guide]) -> BTreeMap<String, BTreeSet<String>> {
    let mut exemptions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for fee in guides.iter().flat_map(|guide| &guide.fees) {
        exemptions.entry(fee.name.clone()).or_default().extend(fee.exemptions.iter().cloned());
    }
    exemptions
}

/// A period in days, near enough to say which of two is longer.
pub(super) fn roughly_days(period: Period) -> u32 {
    let days = match period.unit {
        Unit::Year => 365,
        Unit::Month => 30,
        Unit::Workday | Unit::NaturalDay => 1,
        Unit::Hour | Unit::AtOnce => 0,
    };
    period.value.saturating_mul(days)
}

fn in_all(all: impl Iterator<Item = BTreeMap<String, String>>) -> BTreeMap<String, String> {
    let kept = all.reduce(|mut kept, next| {
        kept.retain(|key, _| next.contains_key(key));
        kept
    });
    kept.unwrap_or_default()
}

/// The name and the basic code most of them use; among equals the first.
fn called(offers: &[&Offer]) -> (String, Option<String>) {
    let names = most(offers.iter().map(|offer| offer.name.clone()));
    (names.unwrap_or_default(), most(offers.iter().filter_map(|offer| basic(offer))))
}

fn most(all: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for one in all {
        match counts.iter_mut().find(|(known, _)| *known == one) {
            Some((_, count)) => *count += 1,
            None => counts.push((one, 1)),
        }
    }
    let top = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == top).map(|(one, _)| one)
}

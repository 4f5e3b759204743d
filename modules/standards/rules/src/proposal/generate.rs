//! Finding proposals in a catalogue: one function per kind, each over one item, all of them over all items.
//!
//! `papers` (M1 to M7), `fields` (F1 to F3), `marks` (S1, S2), `course` (T1, P1).

mod course;
mod fields;
mod marks;
mod papers;

use std::collections::{BTreeMap, BTreeSet};

use catalog::model::{Item, ItemStatus, Material};
use catalog::{Catalog, ItemRules};

use super::effect::Effect;
use super::{Kind, Target};
use crate::comparison::offer::working_days;
use crate::practice::Practice;

/// A proposal that could be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub target: Target,
    /// What the sentence fills in: names of papers, licences, fields, peers, days.
    pub facts: BTreeMap<&'static str, String>,
    /// What one case is spared.
    pub effect: Effect,
}

impl Found {
    fn new(kind: Kind, item: &Item, part: Option<&str>, by: u32) -> Self {
        let target = Target { item: item.id.to_string(), part: part.map(str::to_owned) };
        Self { kind, target, facts: BTreeMap::new(), effect: Effect::of(kind, by) }
    }

    fn fact(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.facts.insert(name, value.to_string());
        self
    }
}

/// What the generators know beside the catalogue.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// For each item the others that are done with it in some theme.
    pub together: BTreeMap<String, BTreeSet<String>>,
    /// Promises of other places for the same basic code, in working days; more than one makes a comparison.
    pub peers: BTreeMap<String, Vec<u32>>,
    /// What the cases of each item were.
    pub practice: BTreeMap<String, Practice>,
}

/// All proposals of a catalogue, by item, then by kind.
pub fn all(catalog: &Catalog, rules: &BTreeMap<catalog::ids::ItemId, ItemRules>, around: &Around) -> Vec<Found> {
    let ground = Ground { catalog, around, promises: promises(catalog, around) };
    let open = catalog.items.values().filter(|item| item.status == ItemStatus::Active);
    open.flat_map(|item| of_item(item, rules.get(&item.id), &ground)).collect()
}

fn of_item(item: &Item, rules: Option<&ItemRules>, ground: &Ground<'_>) -> Vec<Found> {
    let mut found = papers::of(item, ground);
    found.extend(fields::of(item, rules, ground));
    found.extend(marks::of(item, ground));
    found.extend(course::of(item, ground));
    found.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.target.cmp(&b.target)));
    found
}

/// What one item's generators look at.
struct Ground<'g> {
    catalog: &'g Catalog,
    around: &'g Around,
    /// Promises by basic code: the catalogue's own implementers and those of other places.
    promises: BTreeMap<String, Vec<u32>>,
}

impl Ground<'_> {
    fn material(&self, row: &catalog::model::ItemMaterial) -> Option<&Material> {
        self.catalog.materials.get(&row.material)
    }

    /// What a paper is called in this item.
    fn name<'n>(&'n self, row: &'n catalog::model::ItemMaterial) -> &'n str {
        let own = row.name.as_deref().filter(|name| !name.is_empty());
        own.or_else(|| self.material(row).map(|material| material.name.as_str())).unwrap_or_default()
    }
}

fn promises(catalog: &Catalog, around: &Around) -> BTreeMap<String, Vec<u32>> {
    let mut promises = around.peers.clone();
    for item in catalog.items.values().filter(|item| item.status == ItemStatus::Active) {
        if let Some(days) = working_days(item.promise) {
            promises.entry(item.basic_code().to_owned()).or_default().push(days);
        }
    }
    promises
}

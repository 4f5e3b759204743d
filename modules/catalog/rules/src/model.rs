//! What a catalogue (实施清单) says, once it is read: plain data, no positions, no checks.
//!
//! The shapes mirror the YAML of a catalogue folder key by key, so the file is the documentation of the type and the
//! type of the file. Reading order: `district` (who and where), `element` (what a form field means), `material` (what an
//! applicant hands in), `item` (the 业务办理项 itself) and its parts `paper` and `handling`.

mod delegation;
mod district;
mod element;
mod handling;
mod item;
mod material;
mod paper;
mod print;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use delegation::{Delegation, DelegationKind, DelegationScope};
pub use district::{
    Authority, AuthorityKind, District, GovernmentLevel, Hall, HallWindow, ParcelPayer, Region, StaffMember,
    WindowThemes,
};
pub use element::{
    APPLICANT_FIELDS, Choice, Derivation, Element, ElementKind, FACT_FIELDS, FactSource, How, LICENCE_FIELDS,
    ORGANISATION_FIELDS, RESIDENT_FIELDS, Trust,
};
pub use handling::{
    Collect, CommitmentRule, Contact, Faq, Fee, FeeExemption, GiveBack, PreReviewRule, Preliminary, Remedy, ResultKind,
    ResultRule, Resumption, Risk, RiskLevel, SpecialKind, SpecialProcedure, Step, Tolerance, Visits,
};
pub use item::{
    ApplyVia, Audience, Citation, Earlier, Handling, Item, ItemCondition, ItemField, ItemKind, ItemPin, ItemStatus,
    Power, Scope, ShortCitation, TOPICS,
};
pub use material::{Article, Issuer, Law, LawLevel, LicenceHolder, LicenceType, Material};
pub use paper::{CopyRule, HolderRole, ItemMaterial, Medium, Need, Waiver, WaiverKind};
pub use print::{LicencePrint, OF_ORGANISATION, OF_RESIDENT, PLACE, PrintLayout, PrintRow, printable};

use crate::ids::{
    AuthorityId, DelegationId, ElementCode, HallId, ItemId, LawName, LicenceTypeId, MaterialId, RegionKey, StaffLogin,
};

/// Everything one district publishes and works by. What refers to what goes by id; the compiler has made sure that
/// every id is there, so the look-ups of this type return references without ceremony.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    pub district: District,
    pub regions: BTreeMap<RegionKey, Region>,
    pub authorities: BTreeMap<AuthorityId, Authority>,
    pub halls: BTreeMap<HallId, Hall>,
    pub staff: BTreeMap<StaffLogin, StaffMember>,
    pub elements: BTreeMap<ElementCode, Element>,
    pub materials: BTreeMap<MaterialId, Material>,
    pub licences: BTreeMap<LicenceTypeId, LicenceType>,
    pub laws: BTreeMap<LawName, Law>,
    pub items: BTreeMap<ItemId, Item>,
    #[serde(default)]
    pub delegations: BTreeMap<DelegationId, Delegation>,
}

impl Catalog {
    /// The item whose result is a licence of this type, if an item of this catalogue makes it. When several items
    /// make it (new, renewed, changed), the first by id; `providers` gives all of them.
    pub fn provider(&self, licence: &LicenceTypeId) -> Option<&Item> {
        self.items.values().find(|item| item.provides.as_ref() == Some(licence))
    }

    /// All items whose result is a licence of this type, by id.
    pub fn providers<'a>(&'a self, licence: &'a LicenceTypeId) -> impl Iterator<Item = &'a Item> {
        self.items.values().filter(move |item| item.provides.as_ref() == Some(licence))
    }

    /// The region and all regions above it, nearest first; ends at the top of what the catalogue holds.
    pub fn lineage<'a>(&'a self, region: &str) -> Vec<&'a Region> {
        let mut line = Vec::new();
        let mut next = self.regions.get(region);
        while let Some(here) = next {
            line.push(here);
            // A wrong file could make a region its own ancestor; five levels is all there is (省市县镇村).
            next = if line.len() < 6 { here.parent.as_ref().and_then(|parent| self.regions.get(parent)) } else { None };
        }
        line
    }
}

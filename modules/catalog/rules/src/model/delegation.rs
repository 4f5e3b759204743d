//! Who exercises whose power (行政许可的授权、委托和划转): kept by the release, from a day on and until a day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::item::ShortCitation;
use super::{Catalog, Item};
use crate::ids::{AuthorityId, DelegationId, ItemId, RegionKey};
use crate::words;

words! {
    /// How a power came to another authority. 划转: 相对集中行政许可权 (行政许可法 25), in its own name; who had the power may
    /// no longer use it. 授权: by a law or regulation (23), in its own name. 委托 (24): in the name of the authority that
    /// entrusts, which answers for it; not to be entrusted further.
    DelegationKind {
        Transfer = "transfer" "划转",
        Authorisation = "authorisation" "授权",
        Entrustment = "entrustment" "委托",
    }
}

words! {
    /// How much of the work goes with it.
    DelegationScope {
        Acceptance = "acceptance" "只受理",
        Whole = "whole" "受理、审查和决定",
    }
}

/// One delegation, as its published paper says it (委托公告、划转决定).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delegation {
    pub id: DelegationId,
    pub kind: DelegationKind,
    /// Who has the power by law, or by a transfer.
    pub from: AuthorityId,
    /// Who exercises it.
    pub to: AuthorityId,
    pub items: Vec<ItemId>,
    /// For matters of these regions and those below them; all of the authority's where none is named.
    pub regions: Vec<RegionKey>,
    pub scope: DelegationScope,
    /// The first day.
    pub starts: NaiveDate,
    /// The last day; none where it has no end yet.
    pub until: Option<NaiveDate>,
    pub basis: Vec<ShortCitation>,
    /// The paper it rests on, by number (文号).
    pub document: String,
    /// Who supervises afterwards and receives every decision (审管分离); who gave the power, where nobody is named.
    pub supervisor: Option<AuthorityId>,
}

impl Delegation {
    /// Whether it is in force that day.
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.starts <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it covers this item in this region, whenever.
    pub fn covers(&self, item: &str, region: &str) -> bool {
        let here = self.regions.is_empty() || self.regions.iter().any(|own| region.starts_with(own.as_str()));
        here && self.items.iter().any(|own| *own == *item)
    }

    /// Who receives the decisions.
    pub fn supervisor(&self) -> &AuthorityId {
        self.supervisor.as_ref().unwrap_or(&self.from)
    }
}

impl Catalog {
    /// The delegations by which somebody else than the item's own authority decides on this item in this region that
    /// day: none, one, or a transfer and what its receiver entrusted further, in this order.
    pub fn decided_by(&self, item: &Item, region: &str, day: NaiveDate) -> Vec<&Delegation> {
        let mut holder = &item.authority;
        let mut chain = Vec::new();
        for kinds in [&[DelegationKind::Transfer][..], &[DelegationKind::Authorisation, DelegationKind::Entrustment]] {
            let found = self.delegations.values().find(|one| {
                one.scope == DelegationScope::Whole
                    && kinds.contains(&one.kind)
                    && one.from == *holder
                    && one.in_force_on(day)
                    && one.covers(&item.id, region)
            });
            if let Some(delegation) = found {
                holder = &delegation.to;
                chain.push(delegation);
            }
        }
        chain
    }

    /// The delegations by which others may accept applications for this item in this region that day, and no more.
    pub fn accepted_by(&self, item: &Item, region: &str, day: NaiveDate) -> Vec<&Delegation> {
        let chain = self.decided_by(item, region, day);
        let holder = chain.last().map_or(&item.authority, |last| &last.to);
        let accepts = |one: &&Delegation| {
            one.scope == DelegationScope::Acceptance
                && one.from == *holder
                && one.in_force_on(day)
                && one.covers(&item.id, region)
        };
        self.delegations.values().filter(accepts).collect()
    }
}

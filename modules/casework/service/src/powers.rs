//! Whose the power over an item is: from the delegations of the release in force to what `casework::decide` asks.

use casework::{Power, PowerKind, Powers};
use catalog::model::{Delegation, DelegationKind};
use catalog::{Catalog, Item};
use chrono::NaiveDate;

/// The powers over this item in this region on this day. The item is the pinned one, the delegations are today's: who may
/// act follows from what is in force when somebody acts.
pub(crate) fn powers_of(catalog: &Catalog, item: &Item, region: &str, day: NaiveDate) -> Powers {
    let own = Power::own(item.authority.as_str());
    let chain = catalog.decided_by(item, region, day);
    let accepting = catalog.accepted_by(item, region, day);
    Powers {
        decision: chain.last().map_or_else(|| own.clone(), |last| power_of(last)),
        own,
        acceptance: accepting.iter().map(|one| power_of(one)).collect(),
        in_force: chain.iter().chain(&accepting).map(|one| one.id.to_string()).collect(),
    }
}

fn power_of(delegation: &Delegation) -> Power {
    Power {
        kind: match delegation.kind {
            DelegationKind::Transfer => PowerKind::Transferred,
            DelegationKind::Authorisation => PowerKind::Authorised,
            DelegationKind::Entrustment => PowerKind::Entrusted,
        },
        of: delegation.from.to_string(),
        by: delegation.to.to_string(),
        delegation: Some(delegation.id.to_string()),
        document: Some(delegation.document.clone()),
        until: delegation.until,
        supervisor: Some(delegation.supervisor().to_string()),
    }
}

/// The lower authority that reviews a matter of this region first, where the item names one for it.
pub(crate) fn reviewer_of(catalog: &Catalog, item: &Item, region: &str) -> Option<String> {
    let rule = item.preliminary.as_ref()?;
    let there = |id: &&catalog::ids::AuthorityId| {
        catalog.authorities.get(id.as_str()).is_some_and(|one| region.starts_with(one.region.as_str()))
    };
    rule.authorities.iter().find(there).map(ToString::to_string)
}

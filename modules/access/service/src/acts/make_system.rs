//! A system outside is entered (登记外部系统), with the posts it may act as.

use std::collections::BTreeSet;

use access::acts::MAKE_SYSTEM;
use access::{Resource, Role};
use platform::fault::{Fault, FieldFault};
use platform::{JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use crate::Visit;
use crate::store::{self, system};

/// Characters of a name.
const NAME_CHARS_MAX: usize = 40;

/// A system to be entered.
#[derive(Debug, Clone)]
pub struct MakeSystem {
    pub name: String,
    pub roles: BTreeSet<Role>,
    pub region: String,
    pub authority: Option<String>,
    pub hall: Option<String>,
}

/// Enters it and gives its id.
///
/// # Errors
/// [`Fault::Invalid`] of `name`, `roles`, `region`; [`Fault::NotAllowed`].
pub async fn make_system(visit: &Visit, key: Option<&RequestKey>, order: MakeSystem) -> Result<Uuid, Fault> {
    visit.allow(MAKE_SYSTEM, &Resource::of("system").in_region(&order.region))?;
    check(&order)?;
    if store::system_by_name(visit.world.db.reader(), order.name.trim()).await?.is_some() {
        return Err(Fault::field("name", "system-name-taken"));
    }
    let order = &order;
    visit
        .write(key, async |tx| {
            let row = system::Model {
                id: tx.new_uuid(),
                name: order.name.trim().to_owned(),
                roles: order.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" "),
                region: order.region.clone(),
                authority: order.authority.clone(),
                hall: order.hall.clone(),
                active: true,
                made_at: tx.now(),
                made_by: visit.actor.id.clone(),
            };
            let id = row.id;
            let facts = json!({
                "name": row.name, "roles": row.roles, "region": row.region, "authority": row.authority, "hall": row.hall,
            });
            store::system_insert(tx.conn(), row).await?;
            let entry = JournalEntry::new(super::chain(), &visit.actor.id, MAKE_SYSTEM.name(), id);
            tx.record(entry.holding(&facts));
            Ok(id)
        })
        .await
}

/// All that is wrong at once.
fn check(order: &MakeSystem) -> Result<(), Fault> {
    let mut faults = Vec::new();
    let name = order.name.trim();
    if name.is_empty() {
        faults.push(FieldFault::new("name", "system-name-empty"));
    } else if name.chars().count() > NAME_CHARS_MAX {
        faults.push(FieldFault::new("name", "system-name-long").fact("max", NAME_CHARS_MAX));
    }
    // Whoever makes tokens must not be a program.
    if order.roles.is_empty() || order.roles.contains(&Role::Admin) {
        faults.push(FieldFault::new("roles", "system-roles"));
    }
    let digits = order.region.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || ![2, 4, 6, 9, 12].contains(&order.region.len()) {
        faults.push(FieldFault::new("region", "system-region"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Fault::Invalid(faults)) }
}

//! Staff accounts, as the district's files declare them.

use std::collections::BTreeSet;

use access::{Actor, ActorKind, Role, acts};
use chrono::{DateTime, Utc};
use platform::fault::Fault;
use platform::{World, db::Tx};

use crate::{Visit, password, store};

/// The password every new account is loaded with. A demonstration keeps it; on a real server each officer is led to
/// change it after the first sign-in.
pub const FIRST_PASSWORD: &str = "yimen-2026";

/// An account to be created or brought up to date.
#[derive(Debug, Clone)]
pub struct StaffAccount {
    pub login: String,
    pub name: String,
    pub roles: BTreeSet<Role>,
    pub region: String,
    pub authority: Option<String>,
    pub hall: Option<String>,
}

/// One line of the list of accounts.
#[derive(Debug, Clone)]
pub struct AccountLine {
    pub login: String,
    pub actor: Actor,
    pub locked_until: Option<DateTime<Utc>>,
    pub signed_in_at: Option<DateTime<Utc>>,
    /// Not locked by hand.
    pub active: bool,
    /// Whether others know the password.
    pub first_password: bool,
}

/// Creates or updates accounts; new ones get this password. The hash is made once for
/// all of them: they share the password until each officer has an own one.
pub async fn put_accounts(world: &World, accounts: &[StaffAccount], first_password: &str) -> Result<(), Fault> {
    let hash = password::hash(first_password).await?;
    world.db.write(None, async |tx| put_all(&tx, accounts, &hash).await).await
}

async fn put_all(tx: &Tx, accounts: &[StaffAccount], hash: &str) -> Result<(), Fault> {
    for account in accounts {
        let row = store::account::Model {
            id: tx.new_uuid(),
            login: account.login.clone(),
            name: account.name.clone(),
            password_hash: hash.to_owned(),
            roles: account.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" "),
            region: account.region.clone(),
            authority: account.authority.clone(),
            hall: account.hall.clone(),
            active: true,
            failed_sign_ins: 0,
            locked_until: None,
            signed_in_at: None,
            first_password: true,
        };
        store::account_put(tx.conn(), row).await?;
    }
    Ok(())
}

/// All accounts, for the administrator.
pub async fn list(visit: &Visit) -> Result<Vec<AccountLine>, Fault> {
    let here = access::Resource::of("accounts").in_region(visit.actor.region().unwrap_or_default());
    visit.allow(acts::READ_ACCOUNTS, &here)?;
    lines(&visit.world).await
}

/// One account for every role, in the order of the roles: what a demonstration prints. Where several hold a role, one of
/// `authority` is preferred, so that the accounts shown can work on the same case.
pub async fn one_for_every_role(world: &World, authority: &str) -> Result<Vec<(Role, AccountLine)>, Fault> {
    let all = lines(world).await?;
    let holding = |role: Role| all.iter().filter(move |line| line.actor.has_role(role));
    let one = |role: Role| {
        let own = holding(role).find(|line| line.actor.authority() == Some(authority));
        own.or_else(|| holding(role).next()).cloned().map(|line| (role, line))
    };
    Ok(Role::ALL.into_iter().filter_map(one).collect())
}

async fn lines(world: &World) -> Result<Vec<AccountLine>, Fault> {
    let rows = store::account_list(world.db.reader()).await?;
    Ok(rows
        .into_iter()
        .map(|row| AccountLine {
            actor: actor_of(&row),
            login: row.login,
            locked_until: row.locked_until,
            signed_in_at: row.signed_in_at,
            active: row.active,
            first_password: row.first_password,
        })
        .collect())
}

/// The actor an account acts as.
/// Somebody who may be named by a colleague: who presides over a hearing, who goes along to an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// As the record names the account.
    pub id: String,
    pub name: String,
}

/// The staff of one's own authority whose accounts are open, by name; nobody for whoever has none.
pub async fn colleagues(visit: &Visit) -> Result<Vec<Colleague>, Fault> {
    let Some(own) = visit.actor.authority() else { return Ok(Vec::new()) };
    let rows = store::account_list(visit.world.db.reader()).await?;
    let there = rows.into_iter().filter(|row| row.active && row.authority.as_deref() == Some(own));
    let mut colleagues: Vec<Colleague> =
        there.map(|row| Colleague { id: row.id.to_string(), name: row.name }).collect();
    colleagues.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(colleagues)
}

pub(crate) fn actor_of(row: &store::account::Model) -> Actor {
    Actor {
        id: row.id.to_string(),
        name: row.name.clone(),
        kind: ActorKind::Staff {
            roles: row.roles.split(' ').filter_map(Role::parse).collect(),
            region: row.region.clone(),
            authority: row.authority.clone(),
            hall: row.hall.clone(),
        },
    }
}

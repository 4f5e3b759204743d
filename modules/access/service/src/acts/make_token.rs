//! A token is made (签发令牌), or follows an older one (轮换) that stays good for a while, so that nobody's calls stop.

use std::collections::BTreeSet;

use access::Scope;
use access::acts::MAKE_TOKEN;
use chrono::{DateTime, TimeDelta, Utc};
use platform::fault::{Fault, FieldFault};
use platform::{JournalEntry, RequestKey, Tx};
use serde_json::json;
use uuid::Uuid;

use crate::store::{self, system, token};
use crate::systems::resource;
use crate::{Visit, token as tokens};

/// Days a token may be good for: a year.
pub const DAYS_MAX: u32 = 366;
/// Hours an old token may stay good beside the one that follows it: a week.
pub const OVERLAP_HOURS_MAX: u32 = 168;
/// Tokens of one system that are good at one time.
const GOOD_MAX: usize = 10;

/// A token to be made.
#[derive(Debug, Clone)]
pub struct MakeToken {
    pub system: Uuid,
    pub scopes: BTreeSet<Scope>,
    /// Within the system's own; the system's own when absent.
    pub region: Option<String>,
    pub days: u32,
}

/// A token just made. The text is seen here and never again.
#[derive(Clone)]
pub struct MadeToken {
    pub id: Uuid,
    pub text: String,
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for MadeToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeToken").field("id", &self.id).field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Makes a token.
///
/// # Errors
/// [`Fault::Invalid`] of `scopes`, `days`, `region`; [`Fault::NotFound`]; [`Fault::NotAllowed`]; [`Fault::TooMany`].
pub async fn make_token(visit: &Visit, key: Option<&RequestKey>, order: MakeToken) -> Result<MadeToken, Fault> {
    let reader = visit.world.db.reader();
    let system = store::system_find(reader, order.system).await?.ok_or(Fault::NotFound)?;
    visit.allow(MAKE_TOKEN, &resource(&system))?;
    check(&order, &system)?;
    let now = visit.world.clock.now_utc();
    let all = store::token_list(reader).await?;
    let good = all.iter().filter(|row| row.system == system.id && row.revoked_at.is_none() && row.expires_at > now);
    if good.count() >= GOOD_MAX {
        return Err(Fault::TooMany);
    }
    let (order, system) = (&order, &system);
    visit
        .write(key, async |tx| {
            let expires_at = tx.now() + TimeDelta::days(order.days.into());
            insert(&tx, visit, system, (&order.scopes, order.region.clone()), expires_at, None).await
        })
        .await
}

/// Makes the token that follows another, with the same scopes and for as long; the old one ends after the overlap.
///
/// # Errors
/// [`Fault::Invalid`] of `overlap`; [`Fault::NotFound`]; [`Fault::NotAllowed`]; [`Fault::Conflict`] when the old one is
/// revoked.
pub async fn rotate_token(
    visit: &Visit,
    key: Option<&RequestKey>,
    id: Uuid,
    overlap_hours: u32,
) -> Result<MadeToken, Fault> {
    let (old, system) = store::token_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(MAKE_TOKEN, &resource(&system))?;
    if overlap_hours > OVERLAP_HOURS_MAX {
        return Err(Fault::Invalid(vec![FieldFault::new("overlap", "token-overlap").fact("max", OVERLAP_HOURS_MAX)]));
    }
    if old.revoked_at.is_some() {
        return Err(Fault::Conflict);
    }
    let (old, system) = (&old, &system);
    visit
        .write(key, async |tx| {
            let lasts = old.expires_at - old.made_at;
            let ends = old.expires_at.min(tx.now() + TimeDelta::hours(overlap_hours.into()));
            store::token_ends(tx.conn(), old.id, ends).await?;
            let scopes = tokens::scopes(old);
            insert(&tx, visit, system, (&scopes, old.region.clone()), tx.now() + lasts, Some(old.id)).await
        })
        .await
}

async fn insert(
    tx: &Tx,
    visit: &Visit,
    system: &system::Model,
    (scopes, region): (&BTreeSet<Scope>, Option<String>),
    expires_at: DateTime<Utc>,
    follows: Option<Uuid>,
) -> Result<MadeToken, Fault> {
    let id = tx.new_uuid();
    let (text, hash) = tokens::make(id);
    let scopes = scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ");
    let facts = json!({
        "system": system.name, "scopes": scopes, "region": region, "expires_at": expires_at, "follows": follows,
    });
    let row = token::Model {
        id,
        system: system.id,
        hash,
        scopes,
        region,
        made_at: tx.now(),
        made_by: visit.actor.id.clone(),
        expires_at,
        revoked_at: None,
        last_used_at: None,
        follows,
    };
    store::token_insert(tx.conn(), row).await?;
    let entry = JournalEntry::new(super::chain(), &visit.actor.id, MAKE_TOKEN.name(), id);
    tx.record(entry.holding(&facts));
    Ok(MadeToken { id, text, expires_at })
}

fn check(order: &MakeToken, system: &system::Model) -> Result<(), Fault> {
    let mut faults = Vec::new();
    if order.scopes.is_empty() {
        faults.push(FieldFault::new("scopes", "token-scopes"));
    }
    if order.days == 0 || order.days > DAYS_MAX {
        faults.push(FieldFault::new("days", "token-days").fact("max", DAYS_MAX));
    }
    if order.region.as_ref().is_some_and(|region| !region.starts_with(&system.region)) {
        faults.push(FieldFault::new("region", "token-region").fact("region", &system.region));
    }
    if faults.is_empty() { Ok(()) } else { Err(Fault::Invalid(faults)) }
}

//! Systems outside (外部系统) and their tokens, as the system administrator sees them. A token is seen once, when it is
//! made; afterwards there is only its number, what it is for and when it was last used.

use std::collections::BTreeSet;

use access::acts::READ_SYSTEMS;
use access::{Actor, Resource, Scope};
use chrono::{DateTime, Utc};
use platform::fault::Fault;
use uuid::Uuid;

use crate::store::{self, system, token};
use crate::{Visit, token as tokens};

/// One system with its tokens, the newest first.
#[derive(Debug, Clone)]
pub struct SystemLine {
    pub id: Uuid,
    pub name: String,
    /// Its posts, region, authority and hall.
    pub actor: Actor,
    pub tokens: Vec<TokenLine>,
}

/// One token.
#[derive(Debug, Clone)]
pub struct TokenLine {
    pub id: Uuid,
    pub scopes: BTreeSet<Scope>,
    pub region: Option<String>,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub follows: Option<Uuid>,
}

/// How a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenState {
    Good,
    Expired,
    Revoked,
}

impl TokenState {
    /// The word for programs and the end of its key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl TokenLine {
    /// How it stands at a moment.
    pub fn state(&self, now: DateTime<Utc>) -> TokenState {
        match self.revoked_at {
            Some(_) => TokenState::Revoked,
            None if self.expires_at <= now => TokenState::Expired,
            None => TokenState::Good,
        }
    }
}

/// All systems within the administrator's region, by name.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn list(visit: &Visit) -> Result<Vec<SystemLine>, Fault> {
    visit.allow(READ_SYSTEMS, &Resource::of("systems").in_region(visit.actor.region().unwrap_or_default()))?;
    let reader = visit.world.db.reader();
    let mut all = token_lines(store::token_list(reader).await?);
    let mut lines = Vec::new();
    for row in store::system_list(reader).await? {
        if visit.may(READ_SYSTEMS, &resource(&row)) {
            let own = all.extract_if(.., |(system, _)| *system == row.id).map(|(_, line)| line).collect();
            lines.push(SystemLine {
                id: row.id,
                name: row.name.clone(),
                actor: tokens::actor_of(&row, None),
                tokens: own,
            });
        }
    }
    Ok(lines)
}

/// The token a call came with, for whoever calls; `None` when it came without.
///
/// # Errors
/// The database's.
pub async fn own_token(visit: &Visit) -> Result<Option<TokenLine>, Fault> {
    let Some(pass) = &visit.pass else { return Ok(None) };
    Ok(store::token_find(visit.world.db.reader(), pass.token).await?.map(|(row, _)| line(row)))
}

/// A system as policies see it.
pub(crate) fn resource(row: &system::Model) -> Resource {
    Resource::of("system").in_region(&row.region)
}

fn token_lines(rows: Vec<token::Model>) -> Vec<(Uuid, TokenLine)> {
    rows.into_iter().map(|row| (row.system, line(row))).collect()
}

fn line(row: token::Model) -> TokenLine {
    TokenLine {
        scopes: tokens::scopes(&row),
        id: row.id,
        region: row.region,
        made_at: row.made_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        last_used_at: row.last_used_at,
        follows: row.follows,
    }
}

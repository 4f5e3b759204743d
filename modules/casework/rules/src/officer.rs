//! Who gives an order. Whether the person may is the policies' question; here it only matters that one person
//! does not sit on both sides of a separation, and holds the post a step asks for.

use std::collections::BTreeSet;

use access::{Actor, ActorKind, Role};
use serde::{Deserialize, Serialize};

/// A member of staff, as facts and events remember one: the actor's stable id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfficerId(String);

impl OfficerId {
    /// Wraps the actor's id.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The actor's id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for OfficerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A member of staff giving an order, with the posts held at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    pub id: OfficerId,
    pub roles: BTreeSet<Role>,
    /// The authority the officer acts for; `None` where it does not matter.
    pub authority: Option<String>,
    /// Sits at a comprehensive window, which accepts for every authority (行政许可法 26.1), or at a hall's exit, which makes
    /// and hands over for every authority.
    pub serves_windows: bool,
}

impl Officer {
    /// An officer with these posts.
    pub fn new(id: impl Into<String>, roles: impl IntoIterator<Item = Role>) -> Self {
        Self { id: OfficerId::new(id), roles: roles.into_iter().collect(), authority: None, serves_windows: false }
    }

    /// The same officer, acting for this authority.
    pub fn of_authority(self, authority: impl Into<String>) -> Self {
        Self { authority: Some(authority.into()), ..self }
    }

    /// The officer this actor is; `None` for residents, visitors and the platform itself.
    pub fn of(actor: &Actor) -> Option<Self> {
        match &actor.kind {
            ActorKind::Staff { roles, authority, hall, .. } => Some(Self {
                authority: authority.clone(),
                serves_windows: roles.contains(&Role::Clerk) || (hall.is_some() && roles.contains(&Role::Issuer)),
                ..Self::new(actor.id.clone(), roles.iter().copied())
            }),
            ActorKind::Visitor | ActorKind::Resident { .. } | ActorKind::System => None,
        }
    }

    /// Whether the officer holds the post.
    pub fn holds(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

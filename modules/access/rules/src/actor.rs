//! Actors: who stands before the door.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A post of a staff member (岗位). One person may hold several; what each may do is in the policies, not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 综合窗口受理员: receives and accepts at any window, never decides.
    Clerk,
    /// 承办人: works the case in the authority.
    Handler,
    /// 审核人.
    Reviewer,
    /// 批准人: decides.
    Approver,
    /// 出件制证员: makes and hands over results.
    Issuer,
    /// 事项管理员 of one authority.
    ItemAdmin,
    /// 业务梳理 officer of the service administration (政数局).
    Standards,
    /// 大厅管理员.
    HallManager,
    /// 电子监察.
    Supervisor,
    /// 数据管理员.
    Steward,
    /// 系统管理员: accounts and operation, no cases.
    Admin,
    /// 收费管理员: compares what was paid with the gateway's statements; no cases.
    FeeKeeper,
}

impl Role {
    /// Every role, in the order of the printed matrix.
    pub const ALL: [Role; 12] = [
        Role::Clerk,
        Role::Handler,
        Role::Reviewer,
        Role::Approver,
        Role::Issuer,
        Role::ItemAdmin,
        Role::Standards,
        Role::HallManager,
        Role::Supervisor,
        Role::Steward,
        Role::Admin,
        Role::FeeKeeper,
    ];

    /// The name used in policies, account files and texts.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Handler => "handler",
            Role::Reviewer => "reviewer",
            Role::Approver => "approver",
            Role::Issuer => "issuer",
            Role::ItemAdmin => "item-admin",
            Role::Standards => "standards",
            Role::HallManager => "hall-manager",
            Role::Supervisor => "supervisor",
            Role::Steward => "steward",
            Role::Admin => "admin",
            Role::FeeKeeper => "fee-keeper",
        }
    }

    /// The role of that name, if there is one.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// What kind of somebody asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ActorKind {
    /// Nobody signed in.
    Visitor,
    /// A resident, signed in as the person `subject` of the records module.
    Resident { subject: String },
    /// A member of staff with posts, in one authority or hall, responsible for one region and all below it.
    Staff { roles: BTreeSet<Role>, region: String, authority: Option<String>, hall: Option<String> },
    /// The platform itself: timers, listeners, loaders.
    System,
}

/// Who asks, as every act, policy and journal row sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Stable and unique: an account's id, a resident's subject id, `system`, or `visitor`.
    pub id: String,
    /// The name shown in the journal, such as 李敏.
    pub name: String,
    pub kind: ActorKind,
}

impl Actor {
    /// Nobody signed in.
    pub fn visitor() -> Self {
        Self { id: "visitor".into(), name: String::new(), kind: ActorKind::Visitor }
    }

    /// The platform itself.
    pub fn system() -> Self {
        Self { id: "system".into(), name: "系统".into(), kind: ActorKind::System }
    }

    /// A resident who is the person `subject`.
    pub fn resident(subject: impl Into<String>, name: impl Into<String>) -> Self {
        let subject = subject.into();
        Self { id: subject.clone(), name: name.into(), kind: ActorKind::Resident { subject } }
    }

    /// The person this resident is, if a resident asks.
    pub fn subject(&self) -> Option<&str> {
        match &self.kind {
            ActorKind::Resident { subject } => Some(subject),
            _ => None,
        }
    }

    /// Whether the actor is staff holding this post.
    pub fn has_role(&self, role: Role) -> bool {
        matches!(&self.kind, ActorKind::Staff { roles, .. } if roles.contains(&role))
    }

    /// Whether the actor is staff at all.
    pub fn is_staff(&self) -> bool {
        matches!(self.kind, ActorKind::Staff { .. })
    }

    /// The authority a member of staff belongs to.
    pub fn authority(&self) -> Option<&str> {
        match &self.kind {
            ActorKind::Staff { authority, .. } => authority.as_deref(),
            _ => None,
        }
    }

    /// The region a member of staff is responsible for, with everything below it.
    pub fn region(&self) -> Option<&str> {
        match &self.kind {
            ActorKind::Staff { region, .. } => Some(region),
            _ => None,
        }
    }

    /// The hall a member of staff works in.
    pub fn hall(&self) -> Option<&str> {
        match &self.kind {
            ActorKind::Staff { hall, .. } => hall.as_deref(),
            _ => None,
        }
    }
}

//! Who is signed in.

use access::{Actor, ActorKind, Role};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 登录
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SignIn {
    /// 工作人员：账号和密码
    Staff { login: String, password: String },
    /// 居民：演示身份，将来由统一身份认证代替
    Resident { citizen_id: String, name: String },
}

/// 会话
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    pub actor: SignedIn,
    /// 写操作放在请求头 `x-csrf-token` 里
    pub csrf: String,
    pub started_at: DateTime<Utc>,
}

/// 登录的人
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    pub id: String,
    pub name: String,
    pub kind: SignedInKind,
    /// 岗位，如 `clerk`、`approver`
    pub roles: Vec<String>,
    pub authority: Option<String>,
    pub hall: Option<String>,
    pub region: Option<String>,
}

/// 居民或者工作人员
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignedInKind {
    Resident,
    Staff,
}

impl From<&Actor> for SignedIn {
    fn from(actor: &Actor) -> Self {
        let roles = match &actor.kind {
            ActorKind::Staff { roles, .. } => roles.iter().copied().map(Role::name).map(str::to_owned).collect(),
            ActorKind::Visitor | ActorKind::Resident { .. } | ActorKind::System => Vec::new(),
        };
        Self {
            id: actor.id.clone(),
            name: actor.name.clone(),
            kind: if actor.is_staff() { SignedInKind::Staff } else { SignedInKind::Resident },
            roles,
            authority: actor.authority().map(str::to_owned),
            hall: actor.hall().map(str::to_owned),
            region: actor.region().map(str::to_owned),
        }
    }
}

impl From<&access_service::session::Session> for Session {
    fn from(session: &access_service::session::Session) -> Self {
        Self { actor: (&session.actor).into(), csrf: session.csrf.clone(), started_at: session.started_at }
    }
}

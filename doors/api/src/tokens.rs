//! The token of a call, told to whoever sent it. Tokens are made, rotated and revoked by people, at the desk or on the
//! command line: a program that could make tokens could make itself what it likes.

use access::{ActorKind, Role, Scope};
use access_service::{DoorFault, systems};
use axum::Json;
use chrono::{DateTime, Utc};
use platform::{Fault, World};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::asking::Reading;
use crate::document::ReadFaults;

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(show_token))
}

/// 令牌：是谁的，能做什么，到什么时候
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Token {
    /// 令牌编号，不是令牌本身
    pub id: Uuid,
    /// 系统名称
    pub system: String,
    /// 权限范围
    pub scopes: Vec<String>,
    /// 系统的岗位
    pub roles: Vec<String>,
    /// 所辖区划
    pub region: String,
    /// 所属部门
    pub authority: Option<String>,
    pub expires_at: DateTime<Utc>,
}

/// 本次调用所带的令牌
///
/// 用会话调用的得到 404。
#[utoipa::path(get, path = "/token", tag = "tokens", security(("token" = [])),
    responses((status = 200, body = Token), ReadFaults))]
async fn show_token(Reading(visit): Reading) -> Result<Json<Token>, DoorFault> {
    let own = systems::own_token(&visit).await?.ok_or(Fault::NotFound)?;
    let ActorKind::Staff { roles, region, authority, .. } = &visit.actor.kind else {
        return Err(Fault::NotFound.into());
    };
    Ok(Json(Token {
        id: own.id,
        system: visit.actor.name.clone(),
        scopes: own.scopes.iter().copied().map(Scope::name).map(str::to_owned).collect(),
        roles: roles.iter().copied().map(Role::name).map(str::to_owned).collect(),
        region: region.clone(),
        authority: authority.clone(),
        expires_at: own.expires_at,
    }))
}

//! Signing in and out. The session is a cookie; its token comes in the body and goes back in a header.

mod identity;

use access_service::{DoorFault, Visit, acts, session};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use platform::{Fault, World};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Body, Reading, Writing};
use crate::document::{ReadFaults, SignInFaults, WriteFaults};
use crate::views::{Session, SignIn};
use identity::Gate;

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(open_session, show_session, end_session)).layer(Extension(Gate::new()))
}

/// 登录
///
/// 工作人员凭账号密码；居民凭演示身份（姓名和身份证号）。成功时设置会话 Cookie，原有会话随即结束。
#[utoipa::path(post, path = "/session", tag = "session", security(()), request_body = SignIn,
    responses((status = 201, body = Session), SignInFaults))]
async fn open_session(
    State(world): State<World>,
    Extension(gate): Extension<Gate>,
    visit: Visit,
    Body(order): Body<SignIn>,
) -> Result<Response, DoorFault> {
    let opened = match order {
        SignIn::Staff { login, password } => acts::sign_in_staff(&world, &login, &password).await?,
        SignIn::Resident { citizen_id, name } => gate.sign_in(&visit, &citizen_id, &name).await?,
    };
    if let Some(left) = &visit.session {
        acts::sign_out(&world, left).await?;
    }
    let found = session::find(&world, &opened.token).await?.ok_or(Fault::NotFound)?;
    let cookie = cookie(&world, &opened.token, opened.lasts.num_seconds())?;
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(Session::from(&found))).into_response())
}

/// 当前会话
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = Session), ReadFaults))]
async fn show_session(Reading(visit): Reading) -> Result<Json<Session>, DoorFault> {
    let session = visit.session.as_ref().ok_or(Fault::NotFound)?;
    Ok(Json(session.into()))
}

/// 退出登录
#[utoipa::path(delete, path = "/session", tag = "session", security(("session" = [], "csrf" = [])),
    responses((status = 204), WriteFaults))]
async fn end_session(Writing { visit, .. }: Writing) -> Result<Response, DoorFault> {
    if let Some(session) = &visit.session {
        acts::sign_out(&visit.world, session).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&visit.world, "", 0)?)]).into_response())
}

/// The session's cookie, as the sign-in pages set it; over HTTPS only where the site is reached that way.
fn cookie(world: &World, token: &str, seconds: i64) -> Result<HeaderValue, Fault> {
    let secure = world.config.public_url.as_deref().is_some_and(|url| url.starts_with("https:"));
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", session::COOKIE);
    HeaderValue::from_str(&text).map_err(Fault::internal)
}

//! Signing in and out. The session is a cookie; its token comes in the body and goes back in a header.

use access_service::{DoorFault, Visit, acts, session};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::{Fault, World};
use records_service::acts::demo_sign_in_by_number;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Body, Reading, Writing};
use crate::document::{ReadFaults, SignInFaults, WriteFaults};
use crate::views::{Session, SignIn};

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(open_session, show_session, end_session))
}

/// 登录
///
/// 工作人员凭账号密码；居民凭演示身份（姓名和身份证号），只在演示模式下开放，统一身份认证接入前正式环境不能在网上登录。成功时设置会话 Cookie，原有会话随即结束。
#[utoipa::path(post, path = "/session", tag = "session", security(()), request_body = SignIn,
    responses((status = 201, body = Session), SignInFaults))]
async fn open_session(
    State(world): State<World>,
    visit: Visit,
    Body(order): Body<SignIn>,
) -> Result<Response, DoorFault> {
    let opened = match order {
        SignIn::Staff { login, password } => acts::sign_in_staff(&world, &login, &password).await?,
        SignIn::Resident { citizen_id, name } => demo_sign_in_by_number(&visit, &citizen_id, &name).await?,
    };
    if let Some(left) = &visit.session {
        acts::sign_out(&world, left).await?;
    }
    let found = session::find(&world, &opened.token).await?.ok_or(Fault::NotFound)?;
    let cookie = session::cookie(&world, &opened)?;
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
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, session::no_cookie(&visit.world)?)]).into_response())
}

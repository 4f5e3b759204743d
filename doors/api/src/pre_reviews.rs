//! Online pre-review (网上预审): passed, advised on once, mended, or skipped on the way to receipt (收件).

use access_service::DoorFault;
use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart};
use casework::OrderKind;
use casework_service::acts;
use kernel::id::ApplicationId;
use platform::{Fault, RequestKey, World};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Body, Id, Writing};
use crate::corrections::{NotifyCorrection, brought, notice_line};
use crate::document::{WriteFaults, WriteHeaders};
use crate::{applications, views};

pub(crate) fn operations() -> OpenApiRouter<World> {
    let uploads = OpenApiRouter::new().routes(routes!(mend_pre_review)).layer(DefaultBodyLimit::disable());
    OpenApiRouter::new()
        .routes(routes!(pass_pre_review))
        .routes(routes!(advise_pre_review))
        .routes(routes!(skip_pre_review))
        .merge(uploads)
}

/// The acts of one side share a policy act, and one Idempotency-Key may come with each: the key is made of the order.
fn key_of(writing: &Writing, order: OrderKind, id: ApplicationId) -> Result<RequestKey, Fault> {
    writing.key(&format!("casework.{order}"), id)
}

/// 预审通过，转收件：收件日期是申请人提交的那天
#[utoipa::path(post, path = "/applications/{id}/pre-review/pass", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    responses((status = 200, body = views::Done), WriteFaults))]
async fn pass_pre_review(writing: Writing, Id(id): Id<ApplicationId>) -> Result<Json<views::Done>, DoorFault> {
    applications::known_to(&writing.visit, id).await?;
    let key = key_of(&writing, OrderKind::PassPreReview, id)?;
    let done = acts::pass_pre_review(&writing.visit, Some(&key), acts::PassPreReview { application: id }).await?;
    Ok(applications::stated(&writing.visit, &done))
}

/// 预审意见：收件之前最好完善的，一次说清；不是补正告知
#[utoipa::path(post, path = "/applications/{id}/pre-review/advice", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    request_body = NotifyCorrection, responses((status = 200, body = views::Done), WriteFaults))]
async fn advise_pre_review(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<NotifyCorrection>,
) -> Result<Json<views::Done>, DoorFault> {
    applications::known_to(&writing.visit, id).await?;
    let key = key_of(&writing, OrderKind::AdvisePreReview, id)?;
    let lines = order.lines.into_iter().enumerate().map(notice_line).collect::<Result<_, _>>()?;
    let order = acts::AdvisePreReview { application: id, lines };
    let done = acts::advise_pre_review(&writing.visit, Some(&key), order).await?;
    Ok(applications::stated(&writing.visit, &done))
}

/// 完善：预审意见里的，一次交齐；交来的那天为收件日期
#[utoipa::path(post, path = "/applications/{id}/pre-review/answer", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    request_body(content = views::CorrectionUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = views::Done), WriteFaults))]
async fn mend_pre_review(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Json<views::Done>, DoorFault> {
    let visit = &writing.visit;
    let key = key_of(&writing, OrderKind::MendPreReview, id)?;
    let (papers, fields) = brought(visit, id, parts).await?;
    let order = acts::MendPreReview { application: id, papers, fields };
    let done = acts::mend_pre_review(visit, Some(&key), order).await?;
    Ok(applications::stated(visit, &done))
}

/// 按现有材料收件：不等预审、不再完善
#[utoipa::path(post, path = "/applications/{id}/pre-review/skip", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    responses((status = 200, body = views::Done), WriteFaults))]
async fn skip_pre_review(writing: Writing, Id(id): Id<ApplicationId>) -> Result<Json<views::Done>, DoorFault> {
    applications::told(&writing.visit, id).await?;
    let key = key_of(&writing, OrderKind::SkipPreReview, id)?;
    let done = acts::skip_pre_review(&writing.visit, Some(&key), acts::SkipPreReview { application: id }).await?;
    Ok(applications::stated(&writing.visit, &done))
}

//! Applications: one's own and those of the window; acceptance, hand-over, withdrawal.

use access_service::{DoorFault, Visit, Words};
use axum::Json;
use casework::{ACCEPT, DELIVER, DeliveryMethod, EXTEND_JOINT, WITHDRAW};
use casework_service::{acts, reads};
use kernel::id::{ApplicationId, CaseId};
use platform::{Fault, World};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::asking::{Body, Id, Reading, Writing};
use crate::document::{ReadFaults, WriteFaults, WriteHeaders};
use crate::views;

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new()
        .routes(routes!(list_applications))
        .routes(routes!(show_application))
        .routes(routes!(accept_application))
        .routes(routes!(hand_over))
        .routes(routes!(extend_joint))
        .routes(routes!(withdraw))
}

/// 本人的申请，新的在前
#[utoipa::path(get, path = "/applications", tag = "applications",
    responses((status = 200, body = Vec<views::ApplicationLine>), ReadFaults))]
async fn list_applications(Reading(visit): Reading) -> Result<Json<Vec<views::ApplicationLine>>, DoorFault> {
    let own = reads::my_applications(&visit).await?;
    Ok(Json(own.into_iter().map(views::ApplicationLine::from).collect()))
}

/// 一个申请
///
/// 申请人和窗口都用它；审批部门看办件用 `GET /cases/{id}`。
#[utoipa::path(get, path = "/applications/{id}", tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = views::Application), ReadFaults))]
async fn show_application(
    Reading(visit): Reading,
    Id(id): Id<ApplicationId>,
) -> Result<Json<views::Application>, DoorFault> {
    Ok(Json(told(&visit, id).await?))
}

/// The application as whoever asks may see it.
pub(crate) async fn told(visit: &Visit, id: ApplicationId) -> Result<views::Application, Fault> {
    if visit.actor.is_staff() {
        Ok(reads::application_view(visit, id).await?.into())
    } else {
        let own = reads::my_application(visit, id).await?;
        Ok(views::Application::own(own, &visit.world.part::<Words>()))
    }
}

/// What came of an act, as an answer.
pub(crate) fn stated(visit: &Visit, done: &acts::Done) -> Json<views::Done> {
    Json(views::Done::of(done, &visit.world.part::<Words>()))
}

/// Whether who asks may know of this application at all: residents learn of their own only, so that a refusal of
/// somebody else's says no more than that nothing is there.
pub(crate) async fn known_to(visit: &Visit, id: ApplicationId) -> Result<(), Fault> {
    if !visit.actor.is_staff() {
        reads::my_application(visit, id).await?;
    }
    Ok(())
}

/// 受理：能受理的各件一并受理
#[utoipa::path(post, path = "/applications/{id}/accept", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders),
    responses((status = 200, body = views::Done), WriteFaults))]
async fn accept_application(writing: Writing, Id(id): Id<ApplicationId>) -> Result<Json<views::Done>, DoorFault> {
    known_to(&writing.visit, id).await?;
    let key = writing.key(ACCEPT.name(), id)?;
    let order = acts::AcceptApplication { application: id };
    let done = acts::accept_application(&writing.visit, Some(&key), order).await?;
    Ok(stated(&writing.visit, &done))
}

/// 统一出件
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandOver {
    how: Way,
    /// 签收人
    to: String,
}

/// 送达方式
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Way {
    Window,
    Mail,
    Electronic,
}

impl From<Way> for DeliveryMethod {
    fn from(way: Way) -> Self {
        match way {
            Way::Window => Self::Window,
            Way::Mail => Self::Mail,
            Way::Electronic => Self::Electronic,
        }
    }
}

/// 统一出件：办好的结果一次交给申请人
#[utoipa::path(post, path = "/applications/{id}/hand-over", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders), request_body = HandOver,
    responses((status = 200, body = views::Done), WriteFaults))]
async fn hand_over(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<HandOver>,
) -> Result<Json<views::Done>, DoorFault> {
    known_to(&writing.visit, id).await?;
    let key = writing.key(DELIVER.name(), id)?;
    let order = acts::HandOver { application: id, how: order.how.into(), to: order.to };
    let done = acts::hand_over(&writing.visit, Some(&key), order).await?;
    Ok(stated(&writing.visit, &done))
}

/// 延长联合办理期限
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExtendJoint {
    /// 工作日，最多十五个
    days: u32,
    /// 告知申请人
    reason: String,
}

/// 延长联合办理期限：本级人民政府批准，一次（行政许可法第四十二条第二款）
#[utoipa::path(post, path = "/applications/{id}/joint-extension", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders), request_body = ExtendJoint,
    responses((status = 200, body = views::Done), WriteFaults))]
async fn extend_joint(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<ExtendJoint>,
) -> Result<Json<views::Done>, DoorFault> {
    known_to(&writing.visit, id).await?;
    let key = writing.key(EXTEND_JOINT.name(), id)?;
    let order = acts::ExtendJoint { application: id, days: order.days, reason: order.reason };
    let done = acts::extend_joint(&writing.visit, Some(&key), order).await?;
    Ok(stated(&writing.visit, &done))
}

/// 撤回
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Withdraw {
    /// 只撤回其中一件；不写就是还没有决定的各件
    case: Option<Uuid>,
    #[serde(default)]
    reason: String,
}

/// 撤回申请
#[utoipa::path(post, path = "/applications/{id}/withdraw", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path), WriteHeaders), request_body = Withdraw,
    responses((status = 200, body = views::Done), WriteFaults))]
async fn withdraw(
    writing: Writing,
    Id(id): Id<ApplicationId>,
    Body(order): Body<Withdraw>,
) -> Result<Json<views::Done>, DoorFault> {
    known_to(&writing.visit, id).await?;
    let case = order.case.map(CaseId::from_uuid);
    // One key may withdraw one case after another.
    let key = match case {
        Some(case) => writing.key(WITHDRAW.name(), case)?,
        None => writing.key(WITHDRAW.name(), id)?,
    };
    let order = acts::Withdraw { application: id, case, reason: order.reason };
    let done = acts::withdraw(&writing.visit, Some(&key), order).await?;
    Ok(stated(&writing.visit, &done))
}

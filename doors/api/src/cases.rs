//! Cases: the to-do list, one case, and the orders officers give.

use access_service::{DoorFault, Visit};
use axum::Json;
use casework::{Lamp, NonAcceptanceGround, Outcome, View};
use casework_service::{acts, reads};
use kernel::id::CaseId;
use platform::{Fault, World};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Asked, Body, Id, Reading, Writing};
use crate::document::{ReadFaults, WriteFaults, WriteHeaders};
use crate::{applications, views};

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(list_todo)).routes(routes!(show_case)).routes(routes!(give_order))
}

/// Which work is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TodoFilter {
    /// `window`、`authority`、`overview`；不写按岗位
    desk: Option<String>,
    /// `red`、`yellow`、`green`、`stopped`、`unknown`
    lamp: Option<String>,
    /// 事项编码；窗口为主题
    item: Option<String>,
    /// 环节
    step: Option<String>,
    /// 编号或者姓名
    text: Option<String>,
    /// 只看自己经手的
    mine: bool,
    /// 一页多少行
    rows: Option<u32>,
    /// 上一页的 `next`
    cursor: Option<String>,
}

/// 待办，先到期的在前
#[utoipa::path(get, path = "/todo", tag = "cases", params(TodoFilter),
    responses((status = 200, body = views::TodoPage), ReadFaults))]
async fn list_todo(
    Reading(visit): Reading,
    Asked(asked): Asked<TodoFilter>,
) -> Result<Json<views::TodoPage>, DoorFault> {
    let filter = reads::TodoFilter {
        desk: coded("desk", asked.desk.as_deref(), reads::Desk::parse)?,
        lamp: coded("lamp", asked.lamp.as_deref(), Lamp::parse)?,
        item: asked.item,
        step: asked.step,
        text: asked.text,
        mine: asked.mine,
        rows: asked.rows,
    };
    Ok(Json(reads::todo(&visit, &filter, asked.cursor.as_deref()).await?.into()))
}

/// Reads a code; one that is none is told, not passed over.
fn coded<T>(field: &str, given: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Fault> {
    let Some(given) = given else { return Ok(None) };
    let fault = || platform::FieldFault::new(field, "not-an-option").fact("label", field).fact("given", given);
    parse(given).map(Some).ok_or_else(|| Fault::Invalid(vec![fault()]))
}

/// 一个办件
#[utoipa::path(get, path = "/cases/{id}", tag = "cases", params(("id" = Uuid, Path)),
    responses((status = 200, body = views::Case), ReadFaults))]
async fn show_case(Reading(visit): Reading, Id(id): Id<CaseId>) -> Result<Json<views::Case>, DoorFault> {
    is_officer(&visit)?;
    Ok(Json(reads::case_view(&visit, id).await?.into()))
}

/// Cases are the officers' side of an application; to residents there are none, whatever the id.
fn is_officer(visit: &Visit) -> Result<(), Fault> {
    if visit.actor.is_staff() { Ok(()) } else { Err(Fault::NotAllowed) }
}

/// 对一个办件下指令；现在能下哪些，见 `GET /cases/{id}` 的 `orders`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "order", rename_all = "kebab-case", rename_all_fields = "snake_case", deny_unknown_fields)]
enum CaseOrder {
    /// 受理
    Accept,
    /// 不予受理：`not-needed`、`out-of-competence`（须写 `go_to`）、`still-incomplete`
    RefuseAcceptance { ground: String, reason: String, go_to: Option<String> },
    /// 办结一个环节，附意见：`agree`、`disagree`
    CompleteStep {
        step: String,
        view: String,
        #[serde(default)]
        words: String,
    },
    /// 决定：`grant`、`refuse`（须写理由）
    Decide {
        outcome: String,
        #[serde(default)]
        reason: String,
    },
    /// 出证
    Issue,
}

/// 下一个指令
#[utoipa::path(post, path = "/cases/{id}/orders", tag = "cases", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), WriteHeaders), request_body = CaseOrder,
    responses((status = 200, body = views::Done), WriteFaults))]
async fn give_order(
    writing: Writing,
    Id(case): Id<CaseId>,
    Body(order): Body<CaseOrder>,
) -> Result<Json<views::Done>, DoorFault> {
    let visit = &writing.visit;
    is_officer(visit)?;
    let key = |act: access::Act| writing.key(act.name(), case);
    let done = match order {
        CaseOrder::Accept => acts::accept_case(visit, Some(&key(casework::ACCEPT)?), acts::AcceptCase { case }).await?,
        CaseOrder::RefuseAcceptance { ground, reason, go_to } => {
            let ground = required("ground", &ground, NonAcceptanceGround::parse)?;
            let order = acts::RefuseAcceptance { case, ground, reason, go_to };
            acts::refuse_acceptance(visit, Some(&key(casework::REFUSE_ACCEPTANCE)?), order).await?
        }
        CaseOrder::CompleteStep { step, view, words } => {
            let view = required("view", &view, View::parse)?;
            // Each step is done once, and every step may come with the same key.
            let key = writing.key(casework::COMPLETE_STEP.name(), format!("{case}/{step}"))?;
            acts::complete_step(visit, Some(&key), acts::CompleteStep { case, step, view, words }).await?
        }
        CaseOrder::Decide { outcome, reason } => {
            let outcome = required("outcome", &outcome, Outcome::parse)?;
            acts::decide_case(visit, Some(&key(casework::DECIDE)?), acts::DecideCase { case, outcome, reason }).await?
        }
        CaseOrder::Issue => acts::issue_result(visit, Some(&key(casework::ISSUE)?), acts::IssueResult { case }).await?,
    };
    Ok(applications::stated(visit, &done))
}

fn required<T>(field: &str, given: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    coded(field, Some(given), parse)?.ok_or_else(|| Fault::field(field, "required"))
}

//! Cases: the to-do list, one case, and the orders officers give.

use access_service::{DoorFault, Visit};
use axum::Json;
use casework::{
    CancellationGround, Finding, Lamp, NonAcceptanceGround, OfficerId, OrderKind, Outcome, Presider, RevocationGround,
    View,
};
use casework_service::{PaperId, acts, reads};
use chrono::NaiveDate;
use kernel::id::CaseId;
use platform::{Fault, World};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

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
pub(crate) fn is_officer(visit: &Visit) -> Result<(), Fault> {
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
    /// 容缺受理：哪些材料可以后补
    AcceptTolerantly { papers: Vec<Uuid> },
    /// 报送上级：初审意见 `agree`、`disagree`，都要写明
    HandUp { view: String, words: String },
    /// 监管接收
    ReceiveSupervision,
    /// 启动特别程序：告知需要几个工作日，事由
    BeginSpecial { procedure: String, days: u32, reason: String },
    /// 结束特别程序
    EndSpecial { result: String },
    /// 告知听证权利
    OfferHearing { why: String },
    /// 通知听证：日期、地点、主持人（本机关没有参加审查的人员的账号，见 `GET /cases/{id}` 的 `presiders`）
    AnnounceHearing { on: NaiveDate, place: String, presider: String },
    /// 记录听证：笔录要点
    HoldHearing { record: String },
    /// 延长办理期限
    Extend { days: u32, reason: String },
    /// 核查承诺：`kept`、`rectify`（须写 `days`）、`broken`
    CheckCommitment {
        finding: String,
        #[serde(default)]
        words: String,
        #[serde(default)]
        days: u32,
    },
    /// 撤销：`abused-power`、`beyond-authority`、`against-procedure`、`not-qualified`、`by-fraud`、`broken-commitment`
    Revoke { ground: String, reason: String },
    /// 注销：`expired`、`holder-died`、`holder-dissolved`、`after-revocation`、`impossible`、`otherwise`
    Cancel { ground: String, reason: String },
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
    is_officer(&writing.visit)?;
    let done = carry_out(&writing, case, order).await?;
    Ok(applications::stated(&writing.visit, &done))
}

/// Each order becomes its act. Several share a policy act and one Idempotency-Key may come with each of them, so the key
/// is made of the order.
async fn carry_out(writing: &Writing, case: CaseId, order: CaseOrder) -> Result<acts::Done, Fault> {
    let visit = &writing.visit;
    let key = |order: OrderKind| writing.key(&format!("casework.{order}"), case);
    match order {
        CaseOrder::Accept => acts::accept_case(visit, Some(&key(OrderKind::Accept)?), acts::AcceptCase { case }).await,
        CaseOrder::RefuseAcceptance { ground, reason, go_to } => {
            let ground = required("ground", &ground, NonAcceptanceGround::parse)?;
            let order = acts::RefuseAcceptance { case, ground, reason, go_to };
            acts::refuse_acceptance(visit, Some(&key(OrderKind::RefuseAcceptance)?), order).await
        }
        CaseOrder::CompleteStep { step, view, words } => {
            let view = required("view", &view, View::parse)?;
            // Each step is done once, and every step may come with the same key.
            let key = writing.key(casework::COMPLETE_STEP.name(), format!("{case}/{step}"))?;
            acts::complete_step(visit, Some(&key), acts::CompleteStep { case, step, view, words }).await
        }
        CaseOrder::Decide { outcome, reason } => {
            let outcome = required("outcome", &outcome, Outcome::parse)?;
            acts::decide_case(visit, Some(&key(OrderKind::Decide)?), acts::DecideCase { case, outcome, reason }).await
        }
        CaseOrder::Issue => acts::issue_result(visit, Some(&key(OrderKind::Issue)?), acts::IssueResult { case }).await,
        CaseOrder::AcceptTolerantly { papers } => {
            let papers = papers.into_iter().map(PaperId::from_uuid).collect();
            let order = acts::AcceptTolerantly { case, papers };
            acts::accept_tolerantly(visit, Some(&key(OrderKind::AcceptTolerantly)?), order).await
        }
        CaseOrder::HandUp { view, words } => {
            let view = required("view", &view, View::parse)?;
            acts::hand_up(visit, Some(&key(OrderKind::HandUp)?), acts::HandUp { case, view, words }).await
        }
        CaseOrder::ReceiveSupervision => {
            let order = acts::ReceiveSupervision { case };
            acts::receive_supervision(visit, Some(&key(OrderKind::ReceiveSupervision)?), order).await
        }
        CaseOrder::BeginSpecial { procedure, days, reason } => {
            let order = acts::BeginSpecial { case, procedure, days, reason };
            acts::begin_special(visit, Some(&key(OrderKind::BeginSpecial)?), order).await
        }
        CaseOrder::EndSpecial { result } => {
            acts::end_special(visit, Some(&key(OrderKind::EndSpecial)?), acts::EndSpecial { case, result }).await
        }
        CaseOrder::OfferHearing { why } => {
            acts::offer_hearing(visit, Some(&key(OrderKind::OfferHearing)?), acts::OfferHearing { case, why }).await
        }
        CaseOrder::AnnounceHearing { on, place, presider } => {
            let known = reads::case_view(visit, case).await?.presiders.into_iter().find(|(id, _)| *id == presider);
            let (id, name) = known.ok_or_else(|| Fault::field("presider", "unknown"))?;
            let presider = Presider { id: OfficerId::new(id), name };
            let order = acts::AnnounceHearing { case, on, place, presider };
            acts::announce_hearing(visit, Some(&key(OrderKind::AnnounceHearing)?), order).await
        }
        CaseOrder::HoldHearing { record } => {
            acts::hold_hearing(visit, Some(&key(OrderKind::HoldHearing)?), acts::HoldHearing { case, record }).await
        }
        CaseOrder::Extend { days, reason } => {
            acts::extend_limit(visit, Some(&key(OrderKind::Extend)?), acts::ExtendLimit { case, days, reason }).await
        }
        CaseOrder::CheckCommitment { finding, words, days } => {
            let finding = required("finding", &finding, Finding::parse)?;
            let order = acts::CheckCommitment { case, finding, words, days };
            acts::check_commitment(visit, Some(&key(OrderKind::CheckCommitment)?), order).await
        }
        CaseOrder::Revoke { ground, reason } => {
            let ground = required("ground", &ground, RevocationGround::parse)?;
            let order = acts::RevokeLicence { case, ground, reason };
            acts::revoke_licence(visit, Some(&key(OrderKind::Revoke)?), order).await
        }
        CaseOrder::Cancel { ground, reason } => {
            let ground = required("ground", &ground, CancellationGround::parse)?;
            let order = acts::CancelLicence { case, ground, reason };
            acts::cancel_licence(visit, Some(&key(OrderKind::Cancel)?), order).await
        }
    }
}

fn required<T>(field: &str, given: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    coded(field, Some(given), parse)?.ok_or_else(|| Fault::field(field, "required"))
}

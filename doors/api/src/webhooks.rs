//! Webhooks: a system subscribes to what happens to the cases its posts may see, looks at what was sent, and has it sent
//! again from a point on.

use access_service::{DoorFault, Visit};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use connect::acts::{KEEP_WEBHOOK, REPLAY};
use connect_service::{acts, reads};
use platform::{Fault, World};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::PREFIX;
use crate::asking::{Asked, Body, Id, Reading, Writing};
use crate::document::{ReadFaults, WriteFaults, WriteHeaders};

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, make_webhook))
        .routes(routes!(show_webhook, end_webhook))
        .routes(routes!(pause_webhook))
        .routes(routes!(resume_webhook))
        .routes(routes!(ping_webhook))
        .routes(routes!(replay_webhook))
        .routes(routes!(list_deliveries))
}

/// Rows of a page unless the caller says otherwise, and at most.
const ROWS: (u32, u32) = (50, 200);

/// 订阅
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Webhook {
    pub id: Uuid,
    /// 属于哪个系统或者工作人员
    pub owner: String,
    pub url: String,
    /// 订阅的事件，如 `casework.accepted`
    pub topics: Vec<String>,
    /// 只推送这个区划及以下的办件
    pub region: String,
    /// 只推送这个部门的办件；不写的不限部门
    pub authority: Option<String>,
    pub made_at: DateTime<Utc>,
    /// 从什么时候起暂停
    pub paused_at: Option<DateTime<Utc>>,
    /// `owner` 自己暂停，`failures` 连续失败自动暂停
    pub pause_reason: Option<String>,
    /// 连续失败次数
    pub failures: i32,
    /// 签名密钥，只在建立时给出这一次
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

impl Webhook {
    fn of(one: reads::Subscription, secret: Option<String>) -> Self {
        Self {
            id: one.id,
            owner: one.owner,
            url: one.url,
            topics: one.topics,
            region: one.region,
            authority: one.authority,
            made_at: one.made_at,
            paused_at: one.paused_at,
            pause_reason: one.pause_reason,
            failures: one.failures,
            secret,
        }
    }
}

/// 一次推送
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookDelivery {
    /// 同一次推送重发时不变，收方据此去重
    pub id: Uuid,
    /// 在这个订阅里的序号，从 1 起没有间断
    pub order: i64,
    pub topic: String,
    pub at: DateTime<Utc>,
    /// `waiting`、`taken`、`given-up`
    pub state: String,
    pub tries: i32,
    pub tried_at: Option<DateTime<Utc>>,
    /// 最近一次：`taken`、`refused`、`down`、`slow`、`forbidden`
    pub outcome: Option<String>,
    /// 最近一次对方应答的状态码
    pub status: Option<i32>,
    pub took_ms: Option<i32>,
}

/// 推送记录，一页
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookLog {
    pub rows: Vec<WebhookDelivery>,
    /// 下一页的 `cursor`；没有的是最后一页
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// 一次重推的结果
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Replayed {
    /// 重新排队的条数，最多 1000；还有的从后面的序号再来一次
    pub number: u64,
}

/// 看得到的订阅，先建立的在前
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", responses((status = 200, body = Vec<Webhook>), ReadFaults))]
async fn list_webhooks(Reading(visit): Reading) -> Result<Json<Vec<Webhook>>, DoorFault> {
    let all = reads::subscriptions(&visit).await?;
    Ok(Json(all.into_iter().map(|one| Webhook::of(one, None)).collect()))
}

/// 建立订阅
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MakeWebhook {
    /// 接收地址，https；不得是内网地址
    url: String,
    /// 要哪些事件
    topics: Vec<String>,
}

/// 建立订阅
///
/// 应答里的 `secret` 只给这一次，用来核对每次推送的 `Yimen-Signature`。能收到哪些办件的事件，由系统的岗位、区划、部门决定。
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", security(("session" = [], "csrf" = [])), params(WriteHeaders),
    request_body = MakeWebhook,
    responses((status = 201, body = Webhook, headers(("location" = String))), WriteFaults))]
async fn make_webhook(writing: Writing, Body(order): Body<MakeWebhook>) -> Result<Response, DoorFault> {
    let key = writing.key(KEEP_WEBHOOK.name(), "new")?;
    let visit = &writing.visit;
    let wish = acts::Subscribe { url: order.url, topics: order.topics.into_iter().collect() };
    let (id, secret) = match acts::subscribe(visit, Some(&key), wish).await {
        Ok(made) => (made.id, Some(made.secret)),
        // The secret was given with the first answer and is not kept in clear.
        Err(Fault::Repeated(first)) => (first.subject.parse().map_err(Fault::internal)?, None),
        Err(fault) => return Err(fault.into()),
    };
    let shown = Webhook::of(reads::one(visit, id).await?, secret);
    let place = format!("{PREFIX}/webhooks/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(shown)).into_response())
}

/// 一个订阅
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", params(("id" = Uuid, Path)),
    responses((status = 200, body = Webhook), ReadFaults))]
async fn show_webhook(Reading(visit): Reading, Id(id): Id<Uuid>) -> Result<Json<Webhook>, DoorFault> {
    Ok(Json(told(&visit, id).await?))
}

async fn told(visit: &Visit, id: Uuid) -> Result<Webhook, Fault> {
    Ok(Webhook::of(reads::one(visit, id).await?, None))
}

/// Done once, or done before under the same key: both are done.
fn settled<T>(outcome: Result<T, Fault>) -> Result<(), Fault> {
    match outcome {
        Ok(_) | Err(Fault::Repeated(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// 退订
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), WriteHeaders), responses((status = 204), WriteFaults))]
async fn end_webhook(writing: Writing, Id(id): Id<Uuid>) -> Result<StatusCode, DoorFault> {
    let key = writing.key("connect.end", id)?;
    settled(acts::end(&writing.visit, Some(&key), id).await)?;
    Ok(StatusCode::NO_CONTENT)
}

/// 暂停：其间发生的留着，恢复后接着推送
#[utoipa::path(post, path = "/webhooks/{id}/pause", tag = "webhooks", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), WriteHeaders), responses((status = 200, body = Webhook), WriteFaults))]
async fn pause_webhook(writing: Writing, Id(id): Id<Uuid>) -> Result<Json<Webhook>, DoorFault> {
    let key = writing.key("connect.pause", id)?;
    settled(acts::pause(&writing.visit, Some(&key), id).await)?;
    Ok(Json(told(&writing.visit, id).await?))
}

/// 恢复
#[utoipa::path(post, path = "/webhooks/{id}/resume", tag = "webhooks", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), WriteHeaders), responses((status = 200, body = Webhook), WriteFaults))]
async fn resume_webhook(writing: Writing, Id(id): Id<Uuid>) -> Result<Json<Webhook>, DoorFault> {
    let key = writing.key("connect.resume", id)?;
    settled(acts::resume(&writing.visit, Some(&key), id).await)?;
    Ok(Json(told(&writing.visit, id).await?))
}

/// 试推：马上推送一条 `connect.ping`
#[utoipa::path(post, path = "/webhooks/{id}/ping", tag = "webhooks", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), WriteHeaders), responses((status = 202), WriteFaults))]
async fn ping_webhook(writing: Writing, Id(id): Id<Uuid>) -> Result<StatusCode, DoorFault> {
    let key = writing.key("connect.ping", id)?;
    settled(acts::ping(&writing.visit, Some(&key), id).await)?;
    Ok(StatusCode::ACCEPTED)
}

/// 从哪里起
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Replay {
    /// 从这个序号起，收下过的也重推
    from: i64,
}

/// 重推：序号和编号不变
#[utoipa::path(post, path = "/webhooks/{id}/replay", tag = "webhooks", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), WriteHeaders), request_body = Replay,
    responses((status = 200, body = Replayed), WriteFaults))]
async fn replay_webhook(
    writing: Writing,
    Id(id): Id<Uuid>,
    Body(order): Body<Replay>,
) -> Result<Json<Replayed>, DoorFault> {
    let key = writing.key(REPLAY.name(), format!("{id}/{}", order.from))?;
    let number = match acts::replay(&writing.visit, Some(&key), id, order.from).await {
        Err(Fault::Repeated(_)) => 0,
        other => other?,
    };
    Ok(Json(Replayed { number }))
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Page {
    /// 一页多少行，最多 200
    rows: Option<u32>,
    /// 上一页的 `next`
    cursor: Option<String>,
}

/// 推送记录，新的在前
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks", params(("id" = Uuid, Path), Page),
    responses((status = 200, body = WebhookLog), ReadFaults))]
async fn list_deliveries(
    Reading(visit): Reading,
    Id(id): Id<Uuid>,
    Asked(page): Asked<Page>,
) -> Result<Json<WebhookLog>, DoorFault> {
    let fault = || Fault::field("cursor", "unknown");
    let before = page.cursor.as_deref().map(|text| text.parse().map_err(|_| fault())).transpose()?;
    let rows = page.rows.unwrap_or(ROWS.0).clamp(1, ROWS.1);
    let (lines, next) = reads::deliveries(&visit, id, before, rows).await?;
    let row = |line: reads::DeliveryLine| WebhookDelivery {
        id: line.id,
        order: line.order,
        topic: line.topic,
        at: line.at,
        state: line.state.code().to_owned(),
        tries: line.tries,
        tried_at: line.tried_at,
        outcome: line.outcome,
        status: line.status,
        took_ms: line.took_ms,
    };
    Ok(Json(WebhookLog { rows: lines.into_iter().map(row).collect(), next: next.map(|next| next.to_string()) }))
}

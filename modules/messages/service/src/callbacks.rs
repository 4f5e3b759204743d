//! Where the SMS centre and the official account report. Only what the other end of the line has signed counts.

use access_service::{DoorFault, Visit};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::post;
use kernel::refusal::Refusal;
use messages::Channel;
use outside::lines;
use outside::signature::Signed;
use platform::{Fault, World};
use serde::Deserialize;

use crate::acts::{bind_wechat, note_receipt};

/// Bytes of a report.
const BYTES_MAX: usize = 8 << 10;

/// What is reported.
#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Report {
    /// What became of a message, by the number we gave it.
    Receipt { id: String, arrived: bool },
    /// Somebody sent a code to the official account.
    Bind { code: String, open_id: String },
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/callbacks/sms", post(sms))
        .route("/callbacks/wechat", post(wechat))
        .layer(DefaultBodyLimit::max(BYTES_MAX))
}

async fn sms(
    State(world): State<World>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, DoorFault> {
    hear(&world, Channel::Sms, (&method, &uri), &headers, &body).await
}

async fn wechat(
    State(world): State<World>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, DoorFault> {
    hear(&world, Channel::Wechat, (&method, &uri), &headers, &body).await
}

async fn hear(
    world: &World,
    channel: Channel,
    (method, uri): (&Method, &Uri),
    headers: &HeaderMap,
    body: &[u8],
) -> Result<StatusCode, DoorFault> {
    let forged = |why: String| {
        tracing::warn!(channel = channel.code(), why, "a report that does not count");
        DoorFault::turned_away(StatusCode::UNAUTHORIZED, Refusal::new("messages.forged-report", "sign-report"))
    };
    let lines = lines(world);
    let line = lines.get(channel.code()).map_err(|fault| forged(fault.to_string()))?;
    let header = |name: &'static str| headers.get(name).and_then(|value| value.to_str().ok());
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let call = Signed { method: method.as_str(), path, body };
    line.is_theirs(call, header).map_err(|fault| forged(fault.to_string()))?;
    let report: Report = serde_json::from_slice(body).map_err(|cause| {
        let refusal = Refusal::new("messages.report-unreadable", "sign-report").fact("cause", cause);
        DoorFault::turned_away(StatusCode::BAD_REQUEST, refusal)
    })?;
    let visit = Visit::system(world);
    match report {
        Report::Receipt { id, arrived } => note_receipt(&visit, channel, &id, arrived).await?,
        Report::Bind { code, open_id } if channel == Channel::Wechat => bind_wechat(&visit, &code, &open_id).await?,
        Report::Bind { .. } => return Err(Fault::NotFound.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}

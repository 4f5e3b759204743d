//! `POST /callbacks/courier`: the courier tells where a parcel is. Only what it has signed in time counts.

use access_service::DoorFault;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use outside::lines;
use outside::signature::Signed;
use platform::World;

use crate::acts;
use crate::line::{CALLBACK, LINE, Track};

/// The one address of this module.
pub fn routes() -> Router<World> {
    Router::new().route("/callbacks/courier", post(told))
}

async fn told(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Response, DoorFault> {
    let lines = lines(&world);
    if !lines.has(LINE) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let line = lines.get(LINE)?;
    let header = |name: &'static str| headers.get(name).and_then(|value| value.to_str().ok());
    let call = Signed { method: "POST", path: CALLBACK, body: &body };
    if let Err(forged) = line.is_theirs(call, header) {
        tracing::warn!(%forged, "a callback of the courier does not count");
        return Ok(StatusCode::UNAUTHORIZED.into_response());
    }
    let Ok(track) = serde_json::from_slice::<Track>(&body) else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    acts::take_scans(&world, &track.number, &track.scans).await?;
    Ok(axum::Json(serde_json::json!({ "taken": true })).into_response())
}

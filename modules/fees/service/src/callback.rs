//! `POST /callbacks/payment`: the payment platform tells that somebody has paid. Only what it has signed in time counts,
//! and what it tells twice is booked once.

use access_service::DoorFault;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use fees::Via;
use outside::lines;
use outside::signature::Signed;
use platform::World;
use serde::Deserialize;

use crate::acts;
use crate::gateway::{CALLBACK, KnownPayment, LINE};

/// The one address of this module.
pub fn routes() -> Router<World> {
    Router::new().route("/callbacks/payment", post(paid))
}

#[derive(Debug, Deserialize)]
struct Told {
    order: String,
    #[serde(flatten)]
    payment: KnownPayment,
}

async fn paid(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Response, DoorFault> {
    let lines = lines(&world);
    if !lines.has(LINE) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let line = lines.get(LINE)?;
    let header = |name: &'static str| headers.get(name).and_then(|value| value.to_str().ok());
    let call = Signed { method: "POST", path: CALLBACK, body: &body };
    if let Err(forged) = line.is_theirs(call, header) {
        tracing::warn!(%forged, "a callback of the payment platform does not count");
        return Ok(StatusCode::UNAUTHORIZED.into_response());
    }
    let Ok(told) = serde_json::from_slice::<Told>(&body) else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    acts::take_payment(&world, &told.order, told.payment.received(Via::Callback)).await?;
    Ok(axum::Json(serde_json::json!({ "taken": true })).into_response())
}

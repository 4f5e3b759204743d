//! The twin of a courier (寄递企业): takes parcels, moves them on when it is told to, and calls back with every scan. Its books
//! are in memory.
//!
//! `POST /courier/shipments/NUMBER/next` with `{"kind": "signed", "signer": "…"}` adds a scan of that kind; without a body the
//! parcel moves one step on its ordinary way. `POST /courier/followed` takes in a parcel that somebody else sent. Moods: `early` collects a parcel and calls back before it has answered the call
//! that ordered it; `twice` and `forged` are about the callback; `wrong` tells of a signature that names nobody.
//! `PUT /courier/silent` with `true` keeps its callbacks to itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use platform::Clock;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Setup;
use crate::call::{Call, send};

/// The ordinary way of a parcel.
const WAY: [(&str, &str); 4] = [
    ("collected", "佛山市禅城区营业部"),
    ("moving", "佛山邮件处理中心"),
    ("out-for-delivery", "祖庙揽投部"),
    ("signed", "收件地址"),
];

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Scan {
    id: String,
    kind: String,
    at: DateTime<Utc>,
    place: String,
    signer: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Parcel {
    number: String,
    recipient: String,
    notify: String,
    #[serde(default)]
    tracking: String,
    #[serde(default)]
    scans: Vec<Scan>,
}

#[derive(Clone)]
struct Courier {
    setup: Setup,
    parcels: Arc<Mutex<BTreeMap<String, Parcel>>>,
    silent: Arc<AtomicBool>,
}

/// What answers below `/courier`.
pub fn routes(setup: &Setup) -> Router {
    let courier = Courier { setup: setup.clone(), parcels: Arc::default(), silent: Arc::default() };
    Router::new()
        .route("/shipments", post(take))
        .route("/followed", post(follow))
        .route("/shipments/{number}", get(track))
        .route("/shipments/{number}/next", post(next))
        .route("/silent", put(silence))
        .with_state(courier)
}

impl Courier {
    fn parcels(&self) -> MutexGuard<'_, BTreeMap<String, Parcel>> {
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves a parcel on, and gives it as it is then.
    fn move_on(&self, number: &str, wish: &Next) -> Option<Parcel> {
        let mut parcels = self.parcels();
        let parcel = parcels.get_mut(number)?;
        let step = WAY.get(parcel.scans.len()).unwrap_or(&WAY[WAY.len() - 1]);
        let kind = wish.kind.clone().unwrap_or_else(|| step.0.to_owned());
        let place = WAY.iter().find(|(one, _)| *one == kind).map_or(step.1, |(_, place)| place);
        let nobody = self.setup.mood.now().wrong;
        let signer = wish.signer.clone().unwrap_or_else(|| parcel.recipient.clone());
        let scan = Scan {
            id: format!("{}-{}", parcel.tracking, parcel.scans.len() + 1),
            at: Clock::System.now_utc(),
            place: place.to_owned(),
            signer: (kind == "signed" && !nobody).then_some(signer),
            kind,
        };
        parcel.scans.push(scan);
        Some(parcel.clone())
    }

    async fn call_back(&self, parcel: &Parcel) {
        if self.silent.load(Ordering::SeqCst) {
            return;
        }
        let feeling = self.setup.mood.now();
        let body = json!({ "number": parcel.number, "scans": parcel.scans }).to_string();
        let secret = if feeling.forged { "somebody-elses-secret" } else { self.setup.secret.as_str() };
        for _ in 0..if feeling.twice { 2 } else { 1 } {
            if let Err(error) = send(&parcel.notify, &body, secret).await {
                tracing::warn!(%error, "nobody takes the callback");
            }
        }
    }
}

async fn take(State(courier): State<Courier>, call: Call) -> axum::response::Result<Response> {
    call.check(&courier.setup.secret)?;
    let mut parcel: Parcel = serde_json::from_slice(&call.body).map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
    parcel.tracking = format!("EMS{}", parcel.number.trim_start_matches('K'));
    let (number, tracking) = (parcel.number.clone(), parcel.tracking.clone());
    let fresh = !courier.parcels().contains_key(&number);
    if fresh {
        courier.parcels().insert(number.clone(), parcel);
    }
    if fresh
        && courier.setup.mood.now().early
        && let Some(parcel) = courier.move_on(&number, &Next::default())
    {
        courier.call_back(&parcel).await;
    }
    Ok(Json(json!({ "number": number, "tracking": tracking })).into_response())
}

/// A parcel that somebody handed in at a counter. Numbers that begin with `X` are another courier's.
async fn follow(State(courier): State<Courier>, call: Call) -> axum::response::Result<Response> {
    call.check(&courier.setup.secret)?;
    let parcel: Parcel = serde_json::from_slice(&call.body).map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
    if parcel.tracking.starts_with('X') {
        return Err(StatusCode::NOT_FOUND.into());
    }
    let kept = courier.parcels().entry(parcel.number.clone()).or_insert(parcel).clone();
    Ok(Json(json!({ "number": kept.number, "tracking": kept.tracking })).into_response())
}

async fn track(
    State(courier): State<Courier>,
    Path(number): Path<String>,
    call: Call,
) -> axum::response::Result<Response> {
    call.check(&courier.setup.secret)?;
    let found = courier.parcels().get(&number).cloned();
    let found = found.ok_or_else(|| StatusCode::NOT_FOUND.into_response())?;
    Ok(Json(json!({ "number": found.number, "scans": found.scans })).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Next {
    kind: Option<String>,
    signer: Option<String>,
}

/// For demonstrations and tests: anybody on the machine may move a parcel on.
async fn next(State(courier): State<Courier>, Path(number): Path<String>, body: Bytes) -> Response {
    let wish = if body.is_empty() { Ok(Next::default()) } else { serde_json::from_slice::<Next>(&body) };
    let Ok(wish) = wish else { return StatusCode::BAD_REQUEST.into_response() };
    let Some(parcel) = courier.move_on(&number, &wish) else { return StatusCode::NOT_FOUND.into_response() };
    courier.call_back(&parcel).await;
    Json(parcel.scans).into_response()
}

async fn silence(State(courier): State<Courier>, Json(silent): Json<bool>) -> Json<bool> {
    courier.silent.store(silent, Ordering::SeqCst);
    Json(silent)
}

//! What the SMS centre and the official account have in common: a message is taken once under its number, however often
//! it is sent, shown on a page, and reported on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::OriginalUri;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use outside::signature::{SIGNATURE, Signed, TIME};
use platform::Clock;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Setup, reports};

/// Messages kept; the oldest go first.
const KEPT_MAX: usize = 500;
/// How long bringing a message takes.
const ON_THE_WAY: Duration = Duration::from_millis(300);

/// What a server sends.
#[derive(Debug, Clone, Deserialize)]
pub struct Order {
    pub id: String,
    pub to: String,
    #[serde(default)]
    pub title: String,
    pub text: String,
    #[serde(default)]
    pub link: String,
    #[serde(default)]
    pub receipt_to: String,
}

/// One message taken.
#[derive(Debug, Clone, Serialize)]
pub struct Taken {
    pub id: String,
    pub to: String,
    pub title: String,
    pub text: String,
    pub link: String,
    pub at: DateTime<Utc>,
    /// How often it was sent here; it was brought once.
    pub asked: u32,
}

/// All that were taken. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    pub setup: Setup,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Desk {
    pub fn new(setup: &Setup) -> Self {
        Self { setup: setup.clone(), taken: Arc::default() }
    }

    /// The messages, the newest first.
    pub fn all(&self) -> Vec<Taken> {
        self.lock().iter().rev().cloned().collect()
    }

    /// Takes one, if it is signed. `is_address` says who can be reached; anybody else is refused.
    pub async fn take(
        &self,
        OriginalUri(uri): OriginalUri,
        headers: &HeaderMap,
        body: &Bytes,
        is_address: fn(&str) -> bool,
    ) -> Response {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let call = Signed { method: "POST", path, body };
        if let Err(fault) = call.check(&self.setup.secret, header(TIME), header(SIGNATURE), Clock::System.now_utc()) {
            return (StatusCode::UNAUTHORIZED, fault.to_string()).into_response();
        }
        let order: Order = match serde_json::from_slice(body) {
            Ok(order) => order,
            Err(fault) => return (StatusCode::BAD_REQUEST, fault.to_string()).into_response(),
        };
        if !is_address(&order.to) {
            return (StatusCode::UNPROCESSABLE_ENTITY, "no such address").into_response();
        }
        let feeling = self.setup.mood.now();
        if self.keep(&order) && !order.receipt_to.is_empty() {
            let (setup, url) = (self.setup.clone(), order.receipt_to.clone());
            // In a wrong mood it takes the message and does not bring it.
            let receipt = json!({ "event": "receipt", "id": order.id, "arrived": !feeling.wrong });
            if feeling.early {
                reports::report(&setup, &url, &receipt).await;
            } else {
                tokio::spawn(async move {
                    tokio::time::sleep(ON_THE_WAY).await;
                    reports::report(&setup, &url, &receipt).await;
                });
            }
        }
        axum::Json(json!({ "reference": format!("T{}", order.id) })).into_response()
    }

    /// Keeps it; says whether it is new.
    fn keep(&self, order: &Order) -> bool {
        let mut taken = self.lock();
        if let Some(known) = taken.iter_mut().find(|one| one.id == order.id) {
            known.asked += 1;
            return false;
        }
        if taken.len() >= KEPT_MAX {
            taken.remove(0);
        }
        let Order { id, to, title, text, link, .. } = order.clone();
        taken.push(Taken { id, to, title, text, link, at: Clock::System.now_utc(), asked: 1 });
        true
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Taken>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! What is noted of every request: its number, one line in the log, and figures. Never its address, which may hold what
//! somebody typed; the route's template says enough.

use std::any::Any;
use std::time::Instant;

use access_service::DoorFault;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use platform::Fault;
use platform::telemetry::{RequestId, figures};
use tracing::Instrument;

/// The header in which the number comes and goes.
pub const REQUEST_ID: &str = "x-request-id";
/// The route of an address that fits none.
const NO_ROUTE: &str = "none";

/// Layer around everything.
pub async fn watch(request: Request, next: Next) -> Response {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok()).and_then(RequestId::read);
    let id = given.unwrap_or_else(RequestId::fresh);
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let begun = Instant::now();
    // At the level of errors, so that a filter that lets only warnings through still says whose they are.
    let span = tracing::error_span!("request", %id, method, route);
    let mut answer = id.clone().scope(next.run(request).instrument(span.clone())).await;
    let (took, status) = (begun.elapsed(), answer.status());
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    let ms = (took.as_secs_f64() * 1e4).round() / 10.0;
    span.in_scope(|| match status.as_u16() {
        status @ 500.. => tracing::warn!(status, ms, "answered"),
        status => tracing::info!(status, ms, "answered"),
    });
    if let Some((door, reason)) = failed_sign_in(method, &route, status) {
        metrics::counter!(figures::SIGN_IN_FAILURES, "door" => door, "reason" => reason).increment(1);
    }
    let code = status.as_u16().to_string();
    metrics::counter!(figures::REQUESTS, "method" => method, "route" => route.clone(), "status" => code).increment(1);
    metrics::histogram!(figures::REQUEST_SECONDS, "method" => method, "route" => route).record(took.as_secs_f64());
    answer
}

/// A method as a label; whoever invents methods makes no new series.
fn known(method: &Method) -> &'static str {
    let all = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::HEAD, Method::OPTIONS];
    let names = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    all.iter().zip(names).find(|(one, _)| *one == method).map_or("other", |(_, name)| name)
}

/// Whether somebody was turned away while signing in: at which door, and why.
fn failed_sign_in(method: &str, route: &str, status: StatusCode) -> Option<(&'static str, &'static str)> {
    let door = match route {
        "/sign-in" => "portal",
        "/desk/sign-in" => "desk",
        "/api/v1/session" => "api",
        _ => return None,
    };
    let reason = match status {
        StatusCode::TOO_MANY_REQUESTS => "too-many",
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNAUTHORIZED => "refused",
        status if status.is_client_error() => "turned-away",
        _ => return None,
    };
    (method == "POST").then_some((door, reason))
}

/// A handler that panicked is a mistake of ours with a page like any other. The words of the panic are not repeated.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    DoorFault::from(Fault::internal("a handler panicked")).into_response()
}

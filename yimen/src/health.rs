//! What supervisors and collectors ask: `/health`, `/ready`, `/metrics`.

use std::net::SocketAddr;

use access_service::session;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use catalog_service::Shelf;
use platform::World;
use platform::telemetry::figures;
use serde::Serialize;
use sm3::{Digest, Sm3};

use crate::modules;

/// The addresses. `/healthz` and `/readyz` are their older names.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/healthz", get(|| async { "ok" }))
        .route("/ready", get(ready))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// What must be well before requests are sent here: `ok`, or what is not.
#[derive(Debug, Serialize)]
struct Ready {
    ready: bool,
    database: String,
    migrations: String,
    catalogue: String,
}

async fn ready(State(world): State<World>) -> (StatusCode, Json<Ready>) {
    let ok = || "ok".to_owned();
    let database = world.db.ping().await;
    let migrations = match &database {
        Err(_) => Err("unknown".to_owned()),
        Ok(()) => match world.db.pending_migrations(&modules::migrations()).await {
            Ok(pending) if pending.is_empty() => Ok(()),
            Ok(pending) => Err(format!("not run yet: {}", pending.join(", "))),
            Err(fault) => Err(fault.to_string()),
        },
    };
    let catalogue = world.parts.get::<Shelf>().ok_or("not loaded");
    let is_ready = database.is_ok() && migrations.is_ok() && catalogue.is_ok();
    let said = Ready {
        ready: is_ready,
        database: database.err().map_or_else(ok, |_| "does not answer".to_owned()),
        migrations: migrations.err().unwrap_or_else(ok),
        catalogue: catalogue.err().map_or_else(ok, str::to_owned),
    };
    (if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, Json(said))
}

/// Figures for those on the machine itself, or with the token. To everybody else the address is not there.
async fn metrics(State(world): State<World>, request: Request) -> Response {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| *from);
    if !is_local(from, request.headers()) && !has_token(world.config.metrics_token.as_deref(), request.headers()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    // Asked first, because counting waits longer for a database that is away.
    let sessions = match world.db.ping().await {
        Ok(()) => session::open_now(&world).await,
        Err(fault) => Err(fault),
    };
    let text = figures::render(&world.db, env!("CARGO_PKG_VERSION"), sessions).await;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// From this machine, and not handed on by a proxy on it, before which the whole world stands.
fn is_local(from: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    const HANDED_ON: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    from.is_some_and(|from| from.ip().to_canonical().is_loopback())
        && HANDED_ON.iter().all(|name| !headers.contains_key(*name))
}

fn has_token(token: Option<&str>, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer "));
    // By their hashes, of which nobody can choose the first bytes, so that the time it takes says nothing.
    token.zip(given).is_some_and(|(token, given)| Sm3::digest(token) == Sm3::digest(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn from(address: &str) -> Option<SocketAddr> {
        Some(SocketAddr::new(address.parse().unwrap(), 40_000))
    }

    #[test]
    fn a_proxy_on_the_machine_is_not_the_machine() {
        for local in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(is_local(from(local), &headers(&[])), "{local}");
        }
        assert!(!is_local(from("127.0.0.1"), &headers(&[("x-forwarded-for", "203.0.113.7")])));
        assert!(!is_local(from("203.0.113.7"), &headers(&[])));
        assert!(!is_local(None, &headers(&[])));
    }

    #[test]
    fn the_token_must_be_the_whole_token() {
        let with = |value: &str| has_token(Some("a-token-of-the-house"), &headers(&[("authorization", value)]));
        assert!(with("Bearer a-token-of-the-house"));
        assert!(!with("Bearer a-token-of-the-hous") && !with("a-token-of-the-house") && !with("Bearer "));
        assert!(!has_token(None, &headers(&[("authorization", "Bearer ")])), "where there is no token none fits");
    }
}

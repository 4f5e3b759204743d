//! REST twins of the pages under `/api/v1`: the same acts and reads, JSON in and out, a problem document for every no.
//!
//! Reading order: `asking` (how a call comes in), `document` (the OpenAPI frame and the problem document), then one file
//! a subject: `session`, `tokens`, `themes`, `items`, `search`, `drafts`, `papers`, `applications`, `corrections`, `asides`, `cases`,
//! `notices`, `licences`, `webhooks`; `views` holds the JSON.

mod asking;
pub mod document;

mod session;
pub mod tokens;

mod items;
mod search;
mod themes;

mod drafts;
mod papers;
mod purse;
mod uploads;

mod applications;
mod asides;
mod cases;
mod corrections;
mod licences;
mod notices;
mod pre_reviews;

pub mod webhooks;

pub mod views;

use std::sync::LazyLock;

use access_service::DoorFault;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::refusal::Refusal;
use platform::{Fault, World};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

/// The door's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

/// Where the interface hangs.
pub const PREFIX: &str = "/api/v1";

/// All operations, with `/api/v1/openapi.json` beside them. Faults are dressed by [`access_service::door::dress`], which
/// the frame around all doors lays over them.
pub fn routes() -> Router<World> {
    let operations = Router::from(operations())
        .route("/openapi.json", get(document_json))
        .fallback(nothing_there)
        .method_not_allowed_fallback(other_method);
    Router::new().nest(PREFIX, operations)
}

/// The OpenAPI document, as `yimen openapi` prints it.
pub fn openapi() -> utoipa::openapi::OpenApi {
    document::finished(operations().into_openapi())
}

fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::with_openapi(document::Frame::openapi())
        .merge(session::operations())
        .merge(tokens::operations())
        .merge(themes::operations())
        .merge(items::operations())
        .merge(search::operations())
        .merge(drafts::operations())
        .merge(papers::operations())
        .merge(applications::operations())
        .merge(corrections::operations())
        .merge(pre_reviews::operations())
        .merge(asides::operations())
        .merge(cases::operations())
        .merge(notices::operations())
        .merge(licences::operations())
        .merge(webhooks::operations())
        .merge(purse::operations())
}

async fn document_json() -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| openapi().to_json().unwrap_or_default());
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}

async fn nothing_there() -> DoorFault {
    Fault::NotFound.into()
}

async fn other_method() -> DoorFault {
    DoorFault::turned_away(StatusCode::METHOD_NOT_ALLOWED, Refusal::new("api.method", "read-document"))
}

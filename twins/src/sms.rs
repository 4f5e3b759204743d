//! The SMS centre (短信平台): takes messages for mobile numbers and shows them as a telephone would, at `/sms`.
//!
//! In a wrong mood it takes a message, does not bring it, and says so in its report.

use axum::body::Bytes;
use axum::extract::{OriginalUri, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use crate::pages::{escaped, moment, page};
use crate::taken::{Desk, Taken};
use crate::{Setup, Twin};

/// The twin.
pub const SMS: Twin = Twin { name: "sms", routes };

fn routes(setup: &Setup) -> Router {
    Router::new().route("/messages", post(take).get(list)).route("/", get(phone)).with_state(Desk::new(setup))
}

async fn take(State(desk): State<Desk>, uri: OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    desk.take(uri, &headers, &body, is_mobile).await
}

/// Eleven digits that begin with 1.
fn is_mobile(to: &str) -> bool {
    to.len() == 11 && to.starts_with('1') && to.bytes().all(|byte| byte.is_ascii_digit())
}

async fn list(State(desk): State<Desk>) -> Json<Vec<Taken>> {
    Json(desk.all())
}

/// Whose telephone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Whose {
    to: String,
}

async fn phone(State(desk): State<Desk>, Query(whose): Query<Whose>) -> Html<String> {
    let all = desk.all();
    let mut body = String::new();
    if whose.to.is_empty() {
        let mut numbers: Vec<&str> = all.iter().map(|one| one.to.as_str()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let n = all.iter().filter(|one| one.to == number).count();
            body += &format!("<article><a href=\"/sms?to={number}\">{number}</a>　{n} 条</article>");
        }
        if all.is_empty() {
            body += "<p>还没有短信。办一件事，短信就到这里。</p>";
        }
        return page("短信 · 选一部手机", &body);
    }
    for one in all.iter().filter(|one| one.to == whose.to) {
        body += &format!("<article><time>{}</time>{}</article>", moment(one.at), escaped(&one.text));
    }
    page(&format!("手机 {}", escaped(&whose.to)), &body)
}

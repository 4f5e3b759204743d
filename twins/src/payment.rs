//! The twin of a unified payment platform (统一支付平台): orders, a pay page for people, signed callbacks, refunds, the
//! statement of a day. Its books are in memory.
//!
//! Its moods: `early` pays an order by itself and calls back before it has answered the call that made it; `twice` and
//! `forged` are about the callback; `wrong` names another amount in callbacks and in the statement, while asking brings the
//! truth. `PUT /payment/silent` with `true` keeps its callbacks to itself, as a lost network would.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use chrono::{DateTime, NaiveDate, Utc};
use platform::Clock;
use platform::clock::china_day;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Setup;
use crate::call::{Call, send};

/// What a wrong amount is off by.
const OFF_FEN: i64 = 100;

/// An order in the platform's books.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    order: String,
    fen: i64,
    subject: String,
    payee: String,
    notify: String,
    #[serde(default)]
    back: String,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    payments: Vec<Payment>,
    #[serde(default)]
    refunds: Vec<Refund>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Payment {
    transaction: String,
    fen: i64,
    at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Refund {
    refund: String,
    fen: i64,
    at: DateTime<Utc>,
}

#[derive(Clone)]
struct Platform {
    setup: Setup,
    books: Arc<Mutex<BTreeMap<String, Order>>>,
    silent: Arc<AtomicBool>,
}

/// What answers below `/payment`.
pub fn routes(setup: &Setup) -> Router {
    let platform = Platform { setup: setup.clone(), books: Arc::default(), silent: Arc::default() };
    Router::new()
        .route("/orders", post(make))
        .route("/orders/{order}", get(ask))
        .route("/orders/{order}/close", post(close))
        .route("/refunds", post(give_back))
        .route("/statement", get(statement))
        .route("/silent", put(silence))
        .route("/pay/{order}", get(pay_page).post(pay))
        .with_state(platform)
}

impl Platform {
    fn books(&self) -> MutexGuard<'_, BTreeMap<String, Order>> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the money once more, and gives what was booked.
    fn take(&self, number: &str) -> Option<(Order, Payment)> {
        let mut books = self.books();
        let order = books.get_mut(number).filter(|order| !order.closed)?;
        let transaction = format!("PAY{}{:02}", order.order, order.payments.len() + 1);
        let payment = Payment { transaction, fen: order.fen, at: Clock::System.now_utc() };
        order.payments.push(payment.clone());
        Some((order.clone(), payment))
    }

    /// Tells whoever made the order, in the twin's mood.
    async fn call_back(&self, order: &Order, payment: &Payment) {
        if self.silent.load(Ordering::SeqCst) {
            return;
        }
        let feeling = self.setup.mood.now();
        let fen = if feeling.wrong { payment.fen + OFF_FEN } else { payment.fen };
        let body = json!({ "order": order.order, "transaction": payment.transaction, "fen": fen, "at": payment.at })
            .to_string();
        let secret = if feeling.forged { "somebody-elses-secret" } else { self.setup.secret.as_str() };
        for _ in 0..if feeling.twice { 2 } else { 1 } {
            if let Err(error) = send(&order.notify, &body, secret).await {
                tracing::warn!(%error, "nobody takes the callback");
            }
        }
    }
}

async fn make(State(platform): State<Platform>, call: Call) -> axum::response::Result<Response> {
    call.check(&platform.setup.secret)?;
    let order: Order = serde_json::from_slice(&call.body).map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
    let number = order.order.clone();
    let kept = platform.books().entry(number.clone()).or_insert_with(|| order.clone()).clone();
    if kept.fen != order.fen {
        return Err((StatusCode::CONFLICT, "another amount under this number").into());
    }
    if platform.setup.mood.now().early
        && kept.payments.is_empty()
        && let Some((order, payment)) = platform.take(&number)
    {
        platform.call_back(&order, &payment).await;
    }
    let host = call.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    let pay_url = format!("http://{host}/payment/pay/{number}");
    Ok(Json(json!({ "order": number, "fen": kept.fen, "pay_url": pay_url })).into_response())
}

async fn ask(
    State(platform): State<Platform>,
    Path(number): Path<String>,
    call: Call,
) -> axum::response::Result<Response> {
    call.check(&platform.setup.secret)?;
    Ok(known(&platform, &number)?)
}

async fn close(
    State(platform): State<Platform>,
    Path(number): Path<String>,
    call: Call,
) -> axum::response::Result<Response> {
    call.check(&platform.setup.secret)?;
    if let Some(order) = platform.books().get_mut(&number) {
        order.closed = true;
    }
    Ok(known(&platform, &number)?)
}

fn known(platform: &Platform, number: &str) -> Result<Response, StatusCode> {
    let found = platform.books().get(number).cloned();
    found.map(|order| Json(order).into_response()).ok_or(StatusCode::NOT_FOUND)
}

#[derive(Debug, Deserialize)]
struct BackWanted {
    refund: String,
    order: String,
    transaction: String,
    fen: i64,
}

async fn give_back(State(platform): State<Platform>, call: Call) -> axum::response::Result<Response> {
    call.check(&platform.setup.secret)?;
    let wanted: BackWanted = serde_json::from_slice(&call.body).map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
    let mut books = platform.books();
    let order = books.get_mut(&wanted.order).ok_or(StatusCode::NOT_FOUND)?;
    if !order.payments.iter().any(|paid| paid.transaction == wanted.transaction && paid.fen >= wanted.fen) {
        return Err((StatusCode::CONFLICT, "no such payment").into());
    }
    if !order.refunds.iter().any(|refund| refund.refund == wanted.refund) {
        let at = Clock::System.now_utc();
        order.refunds.push(Refund { refund: wanted.refund.clone(), fen: wanted.fen, at });
    }
    let made = order.refunds.iter().find(|refund| refund.refund == wanted.refund).cloned();
    Ok(Json(made).into_response())
}

#[derive(Debug, Deserialize)]
struct Day {
    day: NaiveDate,
}

async fn statement(
    State(platform): State<Platform>,
    Query(Day { day }): Query<Day>,
    call: Call,
) -> axum::response::Result<Response> {
    call.check(&platform.setup.secret)?;
    let off = if platform.setup.mood.now().wrong { OFF_FEN } else { 0 };
    let books = platform.books();
    let mut entries = Vec::new();
    for order in books.values() {
        let paid = order.payments.iter().filter(|paid| china_day(paid.at) == day);
        entries.extend(paid.map(|paid| {
            json!({ "kind": "payment", "order": order.order, "reference": paid.transaction, "fen": paid.fen + off })
        }));
        let back = order.refunds.iter().filter(|refund| china_day(refund.at) == day);
        entries.extend(back.map(
            |refund| json!({ "kind": "refund", "order": order.order, "reference": refund.refund, "fen": refund.fen }),
        ));
    }
    Ok(Json(json!({ "day": day, "entries": entries })).into_response())
}

async fn silence(State(platform): State<Platform>, Json(silent): Json<bool>) -> Json<bool> {
    platform.silent.store(silent, Ordering::SeqCst);
    Json(silent)
}

/// The page people pay on. It says that no money moves.
async fn pay_page(State(platform): State<Platform>, Path(number): Path<String>) -> Response {
    let Some(order) = platform.books().get(&number).cloned() else { return StatusCode::NOT_FOUND.into_response() };
    let yuan = format!("{}.{:02}", order.fen / 100, order.fen % 100);
    let body = if !order.payments.is_empty() {
        "<p><b>这张缴款单已经缴过了。</b></p>".to_owned()
    } else if order.closed {
        "<p><b>这张缴款单已经关闭，不用再缴。</b></p>".to_owned()
    } else {
        "<form method=\"post\"><button name=\"do\" value=\"pay\">确认支付</button> \
         <button name=\"do\" value=\"cancel\">暂不支付</button></form>"
            .to_owned()
    };
    let back = if order.back.is_empty() {
        String::new()
    } else {
        format!("<p><a href=\"{}\">返回政务服务网</a></p>", escaped(&order.back))
    };
    Html(format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>支付平台（演示）</title><style>body{{font:18px/1.7 sans-serif;max-width:30em;\
         margin:2em auto;padding:0 1em}}button{{font:inherit;min-height:44px;padding:0 1.2em}}</style>\
         <h1>统一支付平台（演示）</h1><p>演示用，不会动用真实资金。</p>\
         <p>{}</p><p>缴款码 {}</p><p style=\"font-size:1.6em\">￥{yuan}</p>{body}{back}</html>",
        escaped(&order.subject),
        escaped(&order.order),
    ))
    .into_response()
}

#[derive(Debug, Deserialize)]
struct Choice {
    #[serde(rename = "do", default)]
    choice: String,
}

/// A tab that was left open pays a second time, as real ones do now and then.
async fn pay(
    State(platform): State<Platform>,
    Path(number): Path<String>,
    axum::Form(choice): axum::Form<Choice>,
) -> Response {
    let Some(order) = platform.books().get(&number).cloned() else { return StatusCode::NOT_FOUND.into_response() };
    if choice.choice != "cancel" {
        let Some((order, payment)) = platform.take(&number) else { return StatusCode::GONE.into_response() };
        platform.call_back(&order, &payment).await;
    }
    Redirect::to(if order.back.is_empty() { "?" } else { &order.back }).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

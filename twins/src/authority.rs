//! The twin of an authority's own system: the register of shop signs (户外招牌管理系统) with its own numbers, columns and states.
//! It takes cases, registers them, and reports what its officers did. Its books are in memory.
//!
//! `POST /authority/cases/NUMBER/decide` with `{"state": "31", "opinion": "…"}` has a case decided; without a body it is granted.
//! `PUT /authority/pace` with a number of seconds has every case granted by itself so long after it came; with `null` no
//! more. Moods: `wrong` reports a case nobody sent and a state nobody knows, and decides what was withdrawn; `twice` reports
//! every row twice and once more the next time; `garbled` takes a case and answers what cannot be read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use platform::Clock;
use platform::clock::china_day;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::mood::Feeling;
use crate::pages::{escaped, moment, page};
use crate::{Setup, Twin};

/// The twin.
pub const AUTHORITY: Twin = Twin { name: "authority", routes };

/// Rows of one answer.
const ROWS_MAX: usize = 100;

/// A case in its books.
#[derive(Debug, Clone, Serialize)]
struct Held {
    /// The key it came under.
    key: String,
    /// Its own number.
    reference: String,
    case: Map<String, Value>,
    #[serde(skip)]
    at: DateTime<Utc>,
    cancelled: bool,
    /// The last state.
    state: String,
}

#[derive(Debug, Default)]
struct Books {
    cases: BTreeMap<String, Held>,
    /// What was answered under each key.
    keys: BTreeMap<String, String>,
    reports: Vec<Value>,
    pace_s: Option<u32>,
}

#[derive(Clone)]
struct Authority {
    setup: Setup,
    books: Arc<Mutex<Books>>,
}

/// What its officers decide.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
struct Wish {
    state: String,
    opinion: String,
    officer_no: String,
    officer: String,
    handler_no: String,
    handler: String,
    done_on: Option<String>,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            state: "30".into(),
            opinion: String::new(),
            officer_no: "0012".into(),
            officer: "李秉文".into(),
            handler_no: "0007".into(),
            handler: "何少芬".into(),
            done_on: None,
        }
    }
}

fn routes(setup: &Setup) -> Router {
    let authority = Authority { setup: setup.clone(), books: Arc::default() };
    Router::new()
        .route("/cases", post(take).get(list))
        .route("/cases/{number}/decide", post(decide))
        .route("/reports", get(reports))
        .route("/pace", put(pace))
        .route("/", get(show))
        .with_state(authority)
}

impl Authority {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Books {
    /// Puts a row down that is told when somebody asks.
    fn report(&mut self, number: &str, wish: &Wish) {
        let reference = self.cases.get(number).map(|held| held.reference.clone()).unwrap_or_default();
        let day = china_day(Clock::System.now_utc()).format("%Y%m%d").to_string();
        let row = json!({
            "event_no": format!("E{:06}", self.reports.len() + 1), "case_no": number, "state": wish.state,
            "officer_no": wish.officer_no, "officer": wish.officer, "handler_no": wish.handler_no, "handler": wish.handler,
            "opinion": wish.opinion, "done_on": wish.done_on.clone().unwrap_or(day), "receipt_no": reference,
        });
        self.reports.push(row);
        if let Some(held) = self.cases.get_mut(number) {
            held.state.clone_from(&wish.state);
        }
    }

    /// What its officers decide, in the twin's mood. `None` for a case it does not have, `false` for one it must not decide.
    fn decide(&mut self, number: &str, wish: &Wish, feeling: Feeling) -> Option<bool> {
        let held = self.cases.get(number)?;
        if feeling.wrong {
            if held.cancelled {
                self.report(number, wish);
            } else {
                self.report(&format!("X{number}"), wish);
                self.report(number, &Wish { state: "99".into(), ..wish.clone() });
            }
            return Some(true);
        }
        if held.cancelled {
            return Some(false);
        }
        self.report(number, wish);
        Some(true)
    }

    /// What has come of itself by now.
    fn catch_up(&mut self, feeling: Feeling) {
        let Some(pace) = self.pace_s else { return };
        let before = Clock::System.now_utc() - TimeDelta::seconds(pace.into());
        let ripe = |held: &&Held| held.state == "10" && !held.cancelled && held.at <= before;
        let numbers: Vec<String> =
            self.cases.iter().filter(|(_, held)| ripe(held)).map(|(number, _)| number.clone()).collect();
        for number in numbers {
            self.decide(&number, &Wish::default(), feeling);
        }
    }
}

#[derive(Debug, Deserialize)]
struct Parcel {
    key: String,
    case: Map<String, Value>,
}

/// Under a key that is known it answers what it answered before.
async fn take(State(authority): State<Authority>, call: Call) -> axum::response::Result<Response> {
    call.check(&authority.setup.secret)?;
    let parcel: Parcel = serde_json::from_slice(&call.body).map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
    let mut books = authority.books();
    if let Some(reference) = books.keys.get(&parcel.key) {
        return Ok(Json(json!({ "reference": reference })).into_response());
    }
    let text = |column: &str| parcel.case.get(column).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = text("case_no");
    let reference = match text("action").as_str() {
        "NEW" if number.is_empty() || text("applicant").is_empty() => {
            return Err((StatusCode::UNPROCESSABLE_ENTITY, "case_no and applicant are needed").into());
        }
        "NEW" if books.cases.contains_key(&number) => {
            return Err((StatusCode::CONFLICT, "this case came under another key").into());
        }
        "NEW" => {
            let reference = format!("ZP{:06}", books.cases.len() + 1);
            let held = Held {
                key: parcel.key.clone(),
                reference: reference.clone(),
                case: parcel.case.clone(),
                at: Clock::System.now_utc(),
                cancelled: false,
                state: "10".into(),
            };
            books.cases.insert(number.clone(), held);
            books.report(&number, &Wish { state: "10".into(), ..Wish::default() });
            reference
        }
        "CANCEL" => {
            let Some(held) = books.cases.get_mut(&number) else { return Err(StatusCode::NOT_FOUND.into()) };
            held.cancelled = true;
            held.reference.clone()
        }
        _ => return Err((StatusCode::UNPROCESSABLE_ENTITY, "action is NEW or CANCEL").into()),
    };
    books.keys.insert(parcel.key, reference.clone());
    Ok(Json(json!({ "reference": reference })).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct After {
    after: usize,
}

async fn reports(
    State(authority): State<Authority>,
    Query(After { after }): Query<After>,
    call: Call,
) -> axum::response::Result<Response> {
    call.check(&authority.setup.secret)?;
    let feeling = authority.setup.mood.now();
    let mut books = authority.books();
    books.catch_up(feeling);
    // In this mood it forgets how far it was asked before.
    let from = if feeling.twice { after.saturating_sub(ROWS_MAX / 4) } else { after }.min(books.reports.len());
    let until = books.reports.len().min(from + ROWS_MAX / 2);
    let rows = books.reports[from..until].iter();
    let rows: Vec<&Value> = if feeling.twice { rows.flat_map(|row| [row, row]).collect() } else { rows.collect() };
    let more = until < books.reports.len();
    Ok(Json(json!({ "reports": rows, "cursor": until.to_string(), "more": more })).into_response())
}

/// For demonstrations and tests: anybody on the machine may be its officers. A form of the page is led back to it.
async fn decide(
    State(authority): State<Authority>,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let is_form =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www"));
    let wish = if is_form {
        serde_urlencoded::from_bytes(&body).ok()
    } else if body.is_empty() {
        Some(Wish::default())
    } else {
        serde_json::from_slice(&body).ok()
    };
    let Some(wish) = wish else { return StatusCode::BAD_REQUEST.into_response() };
    let feeling = authority.setup.mood.now();
    match authority.books().decide(&number, &wish, feeling) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(false) => (StatusCode::CONFLICT, "withdrawn").into_response(),
        Some(true) if is_form => Redirect::to("/authority").into_response(),
        Some(true) => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn pace(State(authority): State<Authority>, Json(seconds): Json<Option<u32>>) -> Json<Option<u32>> {
    authority.books().pace_s = seconds;
    Json(seconds)
}

async fn list(State(authority): State<Authority>) -> Json<Vec<Held>> {
    Json(authority.books().cases.values().cloned().collect())
}

/// Its own words for its states.
fn state_word(state: &str) -> &str {
    match state {
        "10" => "已登记，待核对",
        "20" => "核对完毕，符合规范",
        "21" => "核对完毕，不符合规范",
        "30" => "准予备案",
        "31" => "不予备案",
        "40" => "回执已制作",
        other => other,
    }
}

/// What its officers see.
async fn show(State(authority): State<Authority>) -> Html<String> {
    let books = authority.books();
    let mut body = String::new();
    for (number, held) in &books.cases {
        let text = |column: &str| escaped(held.case.get(column).and_then(Value::as_str).unwrap_or_default());
        let state = if held.cancelled { "申请人已撤回" } else { state_word(&held.state) };
        body += &format!(
            "<article><time>{} 收到 · {}</time><b>{}</b>\n{} {}\n招牌：{}\n办件编号：{}\n状态：{state}",
            moment(held.at),
            escaped(&held.reference),
            text("shop"),
            text("applicant"),
            text("address"),
            text("board_text"),
            escaped(number),
        );
        if held.state == "10" && !held.cancelled {
            body += &format!(
                "<form method=\"post\" action=\"/authority/cases/{}/decide\"><label>意见 <input name=\"opinion\" \
                 maxlength=\"200\"></label>\n<button name=\"state\" value=\"30\">准予备案</button> <button name=\"state\" \
                 value=\"31\">不予备案</button></form>",
                escaped(number),
            );
        }
        body += "</article>";
    }
    if books.cases.is_empty() {
        body += "<p>还没有办件。在政务服务网办一件带招牌备案的事，受理以后就到这里。</p>";
    }
    page("户外招牌管理系统（区城管执法局）", &body)
}

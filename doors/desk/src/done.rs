//! What the officer has just done, told on the next page with the way to the next case. A short-lived cookie holds
//! the code; the words are in the text file.

use access_service::{Visit, Words};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::reads::{self, TodoFilter};
use kernel::mask::mask_name;
use platform::Fault;

const COOKIE: &str = "yimen_done";
const FORGET: &str = "yimen_done=; Path=/desk; Max-Age=0; HttpOnly; SameSite=Lax";

/// The notice on top of the page.
#[derive(Debug, Clone)]
pub struct Done {
    /// `good` or `info`.
    pub kind: &'static str,
    pub text: String,
    /// The next case on the list: words and address.
    pub next: Option<(String, String)>,
}

/// Goes to `page` and says there what was done. `code` is a key below `desk.done`.
pub fn redirect(page: &str, code: &str) -> Response {
    let mut answer = Redirect::to(page).into_response();
    let cookie = format!("{COOKIE}={code}; Path=/desk; Max-Age=120; HttpOnly; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// Done, or done before: on to that page with the notice. Other faults are the caller's.
pub fn settled<T>(
    outcome: Result<T, Fault>,
    page: impl FnOnce(Option<T>) -> String,
    code: &str,
) -> Result<Response, Fault> {
    match outcome {
        Ok(made) => Ok(redirect(&page(Some(made)), code)),
        Err(Fault::Repeated(_)) => Ok(redirect(&page(None), "repeated")),
        Err(fault) => Err(fault),
    }
}

/// The notice this page should show, if something was just done. `here` is this page, which is not the next one.
pub async fn of(visit: &Visit, headers: &HeaderMap, here: &str) -> Result<Option<Done>, Fault> {
    let words = visit.world.part::<Words>();
    let Some((code, key)) = told(headers, &words) else { return Ok(None) };
    let is_nothing = matches!(code, "repeated" | "exchange-nothing" | "exchange-under-way");
    let kind = if is_nothing { "info" } else { "good" };
    Ok(Some(Done { kind, text: words.get(&key).to_owned(), next: next(visit, &words, here).await? }))
}

/// The answer with the cookie forgotten, once its notice was shown.
pub fn shown(visit: &Visit, headers: &HeaderMap, mut answer: Response) -> Response {
    if told(headers, &visit.world.part::<Words>()).is_some() {
        answer.headers_mut().append(header::SET_COOKIE, HeaderValue::from_static(FORGET));
    }
    answer
}

async fn next(visit: &Visit, words: &Words, here: &str) -> Result<Option<(String, String)>, Fault> {
    let page = match reads::todo(visit, &TodoFilter { rows: Some(2), ..TodoFilter::default() }, None).await {
        Ok(page) => page,
        // Whoever has no list has no next case.
        Err(Fault::NotAllowed) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let mut rows = page.rows.iter().map(|row| (row, crate::todo::address(row)));
    let next = rows.find(|(_, href)| href != here);
    Ok(next.map(|(row, href)| {
        let label = words.get("desk.next");
        (format!("{label}{} · {}（{}）", row.title, mask_name(&row.applicant), row.clock.left_words), href)
    }))
}

/// What was just done and the key of its words, if there are words for it.
fn told<'h>(headers: &'h HeaderMap, words: &Words) -> Option<(&'h str, String)> {
    let code = code(headers)?;
    let key = format!("desk.done.{code}");
    words.has(&key).then_some((code, key))
}

fn code(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, code)| code)
}

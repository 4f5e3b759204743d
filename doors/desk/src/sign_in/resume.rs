//! A form that outlived its session: kept while the officer signs in again, then shown to be sent on.

use access_service::door::{pairs, place};
use access_service::{DoorFault, Visit, Words};
use askama::Template;
use axum::Form;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::refusal::Refusal;
use platform::Fault;
use serde::Deserialize;
use ui::Shell;

/// What the page of the expired session sends.
#[derive(Debug, Deserialize)]
pub struct Kept {
    path: String,
    body: String,
}

#[derive(Template)]
#[template(path = "desk_resume.html")]
struct ResumePage {
    shell: Shell,
    path: String,
    /// All fields but the old token.
    fields: Vec<(String, String)>,
    /// What the officer wrote, to be looked over: label and text.
    written: Vec<(String, String)>,
}

/// `POST /desk/sign-in/resume`
pub async fn resume(visit: Visit, headers: HeaderMap, Form(kept): Form<Kept>) -> Result<Response, DoorFault> {
    place::from_own_page(&headers)?;
    if visit.actor.is_staff() { page(&visit, &kept.path, &kept.body) } else { ask(&visit, kept) }
}

fn ask(visit: &Visit, kept: Kept) -> Result<Response, DoorFault> {
    check(&kept.path)?;
    Ok(super::page_keeping(visit, kept.path, kept.body))
}

/// The kept form with the token of the session that now runs; nothing is done before the officer sends it on.
pub fn page(visit: &Visit, path: &str, body: &str) -> Result<Response, DoorFault> {
    check(path)?;
    let words = visit.world.part::<Words>();
    let mut fields = pairs(body.as_bytes())?;
    fields.retain(|(name, _)| name != "_csrf");
    let label = |name: &str| {
        let key = format!("desk.written.{name}");
        words.has(&key).then(|| words.get(&key).to_owned())
    };
    let written = fields.iter().filter(|(_, value)| !value.trim().is_empty());
    let written = written.filter_map(|(name, value)| Some((label(name)?, value.clone()))).collect();
    let shell = crate::frame::plain(visit, "继续提交");
    Ok(ui::page(ResumePage { shell, path: path.to_owned(), fields, written }))
}

fn check(path: &str) -> Result<(), Fault> {
    let known = place::is_own_path(path) && !path.starts_with("/desk/sign-");
    if known { Ok(()) } else { Err(Refusal::new("access.form-unreadable", "go-back").into()) }
}

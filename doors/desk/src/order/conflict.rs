//! Somebody else was first: what happened meanwhile, and everything the officer had written.

use access_service::{Visit, Words};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use casework_service::reads::JournalLine;
use ui::{Journal, Shell};

use crate::form::Sheet;

/// What is so now.
pub struct Since {
    /// Title of the case or application.
    pub title: String,
    /// Its state in words.
    pub state: String,
    /// Its page.
    pub href: String,
    /// The last things that happened, newest first.
    pub last: Vec<JournalLine>,
}

#[derive(Template)]
#[template(path = "desk_conflict.html")]
struct ConflictPage {
    shell: Shell,
    since: Since,
    journal: Journal,
    written: Vec<(String, String)>,
}

/// The page for an order that came too late (409).
pub fn conflict(visit: &Visit, form: &Sheet, since: Since) -> Response {
    let words = visit.world.part::<Words>();
    let written = super::written(&words, form);
    let shell = crate::frame::desk(visit, words.get("problem.conflict")).crumb("/desk", "待办");
    let shell = shell.crumb(since.href.as_str(), since.title.as_str());
    let journal = crate::case::journal(&since.last);
    ui::page_with(StatusCode::CONFLICT, ConflictPage { shell, since, journal, written })
}

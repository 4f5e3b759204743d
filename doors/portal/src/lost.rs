//! The page for addresses that lead nowhere, in the portal's frame, with the ways on.

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::Fault;
use themes_service::{ThemeShelf, frame};

use crate::matters::{self, Matter};

#[derive(Template)]
#[template(path = "portal_lost.html")]
struct Lost {
    shell: ui::Shell,
    query: String,
    popular: Vec<Matter>,
}

/// Nothing here. Programs and staff get the plain answer; residents get the search box and the matters most come for.
pub async fn not_found(mut visit: Visit) -> Response {
    let plain = visit.path.starts_with("/api/") || visit.path.starts_with("/desk");
    let popular = match ThemeShelf::current(&visit.world) {
        Ok(shelf) if !plain => matters::first(shelf.themes(), 6),
        _ => return DoorFault::from(Fault::NotFound).into_response(),
    };
    // The address is not repeated: nobody knows what somebody typed there.
    visit.path = String::new();
    let shell = ui::Shell { path: "/".into(), ..frame::portal(&visit, "没有找到这个页面") };
    ui::page_with(StatusCode::NOT_FOUND, Lost { shell, query: String::new(), popular })
}

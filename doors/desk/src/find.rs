//! `GET /desk/find`: from a number to the application or the case.

use access_service::door::pair;
use access_service::{DoorFault, StaffVisit};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::reads::{self, TodoFilter};
use platform::Fault;
use serde::Deserialize;
use ui::Shell;

/// The number; the search box of the frame calls it `q`.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    number: String,
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "desk_find.html")]
struct FindPage {
    shell: Shell,
    number: String,
}

/// A whole number leads straight to the thing; anything else is looked for in the officer's own list.
pub async fn find(StaffVisit(visit): StaffVisit, Query(asked): Query<Asked>) -> Result<Response, DoorFault> {
    let number = [asked.number.trim(), asked.q.trim()].into_iter().find(|text| !text.is_empty()).unwrap_or("");
    let shell = crate::frame::desk(&visit, "查办件").search("/desk/find", number);
    let page = FindPage { shell, number: number.to_owned() };
    if number.is_empty() {
        return Ok(ui::page(page));
    }
    match reads::find_by_number(&visit, number).await {
        Ok(found) => {
            let to = match found.case {
                Some(case) => format!("/desk/cases/{case}"),
                None => format!("/desk/applications/{}", found.application),
            };
            return Ok(Redirect::to(&to).into_response());
        }
        // What an officer may not see is, to that officer, not there.
        Err(Fault::NotFound | Fault::NotAllowed) => {}
        Err(fault) => return Err(fault.into()),
    }
    let filter = TodoFilter { text: Some(number.to_owned()), rows: Some(1), ..TodoFilter::default() };
    match reads::todo(&visit, &filter, None).await {
        Ok(list) if !list.rows.is_empty() => {
            Ok(Redirect::to(&format!("/desk?{}", pair("text", number))).into_response())
        }
        Ok(_) | Err(Fault::NotAllowed) => Ok(ui::page_with(StatusCode::NOT_FOUND, page)),
        Err(fault) => Err(fault.into()),
    }
}

//! Changing one's own password; where an officer with a first password comes after signing in.

use access_service::acts::{ChangePassword, change_password, must_change_password};
use access_service::door::{field_fault, pair, place, status_of};
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Shell};

use crate::{done, frame};

/// Where the page is.
pub const HERE: &str = "/desk/password";

/// What the page is asked with, and what its form sends. None of it is ever echoed but `back`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    back: String,
    #[serde(rename = "password_old")]
    old: String,
    #[serde(rename = "password_new")]
    new: String,
    #[serde(rename = "password_repeat")]
    repeat: String,
}

/// A box of the form, always empty. Its name begins as [`access_service::door::SECRET`] wants it, so that no page keeps it.
struct Secret {
    name: &'static str,
    label: &'static str,
    help: String,
    autocomplete: &'static str,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "desk_password.html")]
struct PasswordPage {
    shell: Shell,
    /// The password is one that others know.
    first: bool,
    errors: ErrorSummary,
    /// What is wrong with the whole, and what can be done.
    refused: Option<(String, String)>,
    secrets: Vec<Secret>,
    back: String,
    key: String,
}

/// The address of the page that leads on to this one.
pub fn address(back: &str) -> String {
    format!("{HERE}?{}", pair("back", back))
}

/// `GET /desk/password`
pub async fn show(StaffVisit(visit): StaffVisit, Query(asked): Query<Asked>) -> Result<Response, DoorFault> {
    Ok(page(&visit, &asked.back, None).await?)
}

/// `POST /desk/password`
pub async fn change(Posted { visit, key, form }: Posted<Asked>) -> Result<Response, DoorFault> {
    frame::staff_only(&visit, HERE)?;
    let Asked { back, old, new, repeat } = form;
    match change_password(&visit, Some(&key), &ChangePassword { old, new, repeat }).await {
        Ok(_) | Err(Fault::Repeated(_)) => Ok(done::redirect(place::own_path_or(&back, "/desk"), "password")),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => Ok(page(&visit, &back, Some(fault)).await?),
        Err(fault) => Err(fault.into()),
    }
}

async fn page(visit: &Visit, back: &str, fault: Option<Fault>) -> Result<Response, Fault> {
    let words = visit.world.part::<Words>();
    let status = fault.as_ref().map_or(StatusCode::OK, status_of);
    let refused = match &fault {
        Some(Fault::Refusal(refusal)) => Some((words.refusal(refusal), words.next(refusal))),
        _ => None,
    };
    let wrong = match &fault {
        Some(Fault::Invalid(faults)) => faults.as_slice(),
        _ => &[],
    };
    let secret = |name, label, help: &str, autocomplete| Secret {
        name,
        label,
        help: help.to_owned(),
        autocomplete,
        error: wrong.iter().find(|fault| fault.field == name).map(|fault| field_fault(fault, &words)),
    };
    let secrets = vec![
        secret("old", "原密码", "", "current-password"),
        secret("new", "新密码", words.get("desk.password-rule"), "new-password"),
        secret("repeat", "再填一遍新密码", "", "new-password"),
    ];
    let named = secrets.iter().filter_map(|one| Some((format!("f-{}", one.name), one.error.clone()?)));
    let errors = ErrorSummary { errors: named.collect() };
    let shell = frame::desk(visit, "修改密码").crumb("/desk", "待办").crumb_here("修改密码");
    let first = must_change_password(&visit.world, &visit.actor).await?;
    let shell = shell.faulty(!errors.is_empty() || refused.is_some());
    let (back, key) = (place::own_path_or(back, "/desk").to_owned(), frame::key());
    Ok(ui::page_with(status, PasswordPage { shell, first, errors, refused, secrets, back, key }))
}

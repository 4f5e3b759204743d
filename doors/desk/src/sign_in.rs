//! Signing in and out at the desk.

pub mod demo;
mod resume;

use access_service::door::{pair, place};
use access_service::{DoorFault, Posted, Visit, Words, acts, session};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use platform::{Fault, World};
use serde::Deserialize;
use ui::{ErrorSummary, Field, Shell};

pub use resume::resume;

use crate::password;
use demo::DemoTable;

/// What the page is asked with, and what its form sends.
#[derive(Debug, Default, Deserialize)]
pub struct SignIn {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    /// Where to go afterwards.
    #[serde(default)]
    back: String,
    /// A form kept over an expired session: its address and its fields.
    #[serde(default)]
    path: String,
    #[serde(default)]
    body: String,
}

#[derive(Template)]
#[template(path = "desk_sign_in.html")]
struct SignInPage {
    shell: Shell,
    errors: ErrorSummary,
    /// What can be done about the error.
    next: String,
    login: Field,
    asked: SignIn,
    demo: Option<DemoTable>,
}

/// `GET /desk/sign-in`
pub async fn show(visit: Visit, Query(asked): Query<SignIn>) -> Response {
    if visit.actor.is_staff() {
        return Redirect::to(place::own_path_or(&asked.back, "/desk")).into_response();
    }
    // A password in the address is somebody's mistake; it is not echoed.
    page(&visit, SignIn { back: asked.back, login: asked.login, ..SignIn::default() }, None)
}

/// `POST /desk/sign-in`
pub async fn enter(
    State(world): State<World>,
    visit: Visit,
    headers: HeaderMap,
    Form(asked): Form<SignIn>,
) -> Result<Response, DoorFault> {
    place::from_own_page(&headers)?;
    let opened = match acts::sign_in_staff(&world, &asked.login, &asked.password).await {
        Ok(opened) => opened,
        Err(fault @ Fault::Refusal(_)) => return Ok(page(&visit, asked, Some(&fault))),
        Err(fault) => return Err(fault.into()),
    };
    if let Some(left) = &visit.session {
        acts::sign_out(&world, left).await?;
    }
    let cookie = session::cookie(&world, &opened)?;
    let mut answer = if asked.path.is_empty() {
        let on = place::own_path_or(&asked.back, "/desk");
        let must = acts::must_change_password(&world, &opened.actor).await?;
        Redirect::to(if must { password::address(on) } else { on.to_owned() }.as_str()).into_response()
    } else {
        let mut entered = visit.clone();
        entered.session = session::find(&world, &opened.token).await?;
        entered.actor = opened.actor;
        resume::page(&entered, &asked.path, &asked.body)?
    };
    answer.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(answer)
}

/// Nothing is sent but the token.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /desk/sign-out`
pub async fn leave(Posted { visit, .. }: Posted<Nothing>) -> Result<Response, DoorFault> {
    if let Some(session) = &visit.session {
        acts::sign_out(&visit.world, session).await?;
    }
    let mut answer = Redirect::to("/desk/sign-in").into_response();
    answer.headers_mut().append(header::SET_COOKIE, session::no_cookie(&visit.world)?);
    Ok(answer)
}

fn page(visit: &Visit, asked: SignIn, fault: Option<&Fault>) -> Response {
    let words = visit.world.part::<Words>();
    let (status, said, next) = match fault {
        Some(Fault::Refusal(refusal)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Some(words.refusal(refusal)), words.next(refusal))
        }
        _ => (StatusCode::OK, None, String::new()),
    };
    let errors = ErrorSummary { errors: said.into_iter().map(|said| ("f-login".to_owned(), said)).collect() };
    let mut login = Field::text("login", "账号").value(asked.login.as_str());
    login.autocomplete = Some("username".into());
    let shell = crate::frame::plain(visit, "工作人员登录").faulty(!errors.is_empty());
    ui::page_with(status, SignInPage { shell, errors, next, login, asked, demo: DemoTable::of(&visit.world) })
}

/// The sign-in page with a form kept for later.
fn page_keeping(visit: &Visit, path: String, body: String) -> Response {
    page(visit, SignIn { path, body, ..SignIn::default() }, None)
}

/// The address of the sign-in page that leads back to this one.
pub fn address(back: &str) -> String {
    format!("/desk/sign-in?{}", pair("back", back))
}

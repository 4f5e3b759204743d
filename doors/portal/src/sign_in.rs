//! Signing in and out. The demonstration's identity provider: choose one of the people with a story, or give a name and
//! number the population register knows. On a real server the page says that no provider is connected yet, and where to
//! go instead. Where OpenID Connect will stand, only these handlers change.

mod kept;

use access_service::door::place;
use access_service::session::{self, Opened};
use access_service::{DemoMode, DoorFault, Visit, Words};
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use platform::{Fault, World};
use records_service::acts::{demo_sign_in, demo_sign_in_by_number};
use records_service::sample::{DemoPerson, demo_people};
use serde::Deserialize;
use themes_service::frame;
use ui::{ErrorSummary, Field, FieldKind};

use kept::{Kept, own_path};

/// The pages of signing in and out.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-in/resume", post(resume))
        .route("/sign-out", post(sign_out))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Back {
    back: String,
}

/// What the page sends.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Identity {
    /// Key of a person with a story; empty when name and number are given.
    person: String,
    name: String,
    citizen_id: String,
    back: String,
    /// A form kept from an expired session: where it goes, and its fields as they were posted.
    path: String,
    body: String,
}

#[derive(Template)]
#[template(path = "portal_sign_in.html")]
struct Page {
    shell: ui::Shell,
    /// Whether people sign in here at all; see [`DemoMode`].
    demo: bool,
    people: Vec<DemoPerson>,
    back: String,
    kept: Option<Kept>,
    errors: ErrorSummary,
    /// What is wrong with the whole, not with one field.
    refused: Option<(String, String)>,
    name: Field,
    citizen_id: Field,
}

async fn show(visit: Visit, Query(asked): Query<Back>) -> Response {
    if visit.actor.subject().is_some() {
        return Redirect::to(own_path(&asked.back).unwrap_or("/mine")).into_response();
    }
    let given = Identity { back: asked.back, ..Identity::default() };
    page(&visit, &given, None)
}

/// `POST /sign-in/resume`: the session ended in the middle of a form. Its fields wait in the page while the person
/// signs in; who has signed in meanwhile goes on at once.
async fn resume(visit: Visit, headers: HeaderMap, Form(given): Form<Identity>) -> Result<Response, DoorFault> {
    place::from_own_page(&headers)?;
    let kept = Kept::of(&given.path, &given.body).ok_or(Fault::NotFound)?;
    if let Some(session) = &visit.session {
        let shell = frame::portal(&visit, "继续提交");
        return Ok(kept.page(shell, &session.csrf));
    }
    Ok(page(&visit, &given, None))
}

async fn sign_in(visit: Visit, headers: HeaderMap, Form(given): Form<Identity>) -> Result<Response, DoorFault> {
    place::from_own_page(&headers)?;
    let opened = match identify(&visit, &given).await {
        Ok(opened) => opened,
        Err(Fault::Internal(reference)) => return Err(Fault::Internal(reference).into()),
        Err(fault @ Fault::Unavailable(_)) => return Err(fault.into()),
        Err(fault) => return Ok(page(&visit, &given, Some(fault))),
    };
    let mut answer = match Kept::of(&given.path, &given.body) {
        Some(kept) => go_on(&visit, &opened, kept).await?,
        None => Redirect::to(own_path(&given.back).unwrap_or("/mine")).into_response(),
    };
    answer.headers_mut().append(header::SET_COOKIE, session::cookie(&visit.world, &opened)?);
    Ok(answer)
}

/// Opens a session for who this is, if they are.
async fn identify(visit: &Visit, given: &Identity) -> Result<Opened, Fault> {
    match demo_people().iter().find(|person| person.key == given.person) {
        Some(person) => demo_sign_in(visit, person).await,
        None => demo_sign_in_by_number(visit, &given.citizen_id, &given.name).await,
    }
}

/// Straight on to the kept form, with the token of the session just opened.
async fn go_on(visit: &Visit, opened: &Opened, kept: Kept) -> Result<Response, Fault> {
    let session = session::find(&visit.world, &opened.token).await?.ok_or(Fault::NotAllowed)?;
    let csrf = session.csrf.clone();
    let mut signed_in = visit.clone();
    (signed_in.actor, signed_in.session) = (opened.actor.clone(), Some(session));
    Ok(kept.page(frame::portal(&signed_in, "继续提交"), &csrf))
}

/// The token of the form that signs out.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Token {
    _csrf: String,
}

/// `POST /sign-out`: ends the session in the database too. Who is not signed in any more is where they wanted to be.
async fn sign_out(visit: Visit, Form(token): Form<Token>) -> Result<Response, DoorFault> {
    if let Some(session) = &visit.session {
        access_service::door::check_csrf(&visit, &token._csrf)?;
        access_service::acts::sign_out(&visit.world, session).await?;
    }
    let mut answer = Redirect::to("/").into_response();
    answer.headers_mut().append(header::SET_COOKIE, session::no_cookie(&visit.world)?);
    Ok(answer)
}

/// The page, with what was given and what is wrong with it.
fn page(visit: &Visit, given: &Identity, fault: Option<Fault>) -> Response {
    let words = visit.world.part::<Words>();
    let mut name = Field::text("name", "姓名").value(given.name.clone());
    name.autocomplete = Some("name".into());
    let mut citizen_id = Field::new("citizen_id", "公民身份号码", FieldKind::CitizenId)
        .value(given.citizen_id.clone())
        .help("18 位，最后一位可能是 X。");
    let mut refused = None;
    let status = match &fault {
        None => StatusCode::OK,
        Some(fault) => access_service::door::status_of(fault),
    };
    match fault {
        Some(Fault::Invalid(faults)) => {
            for fault in &faults {
                let said = access_service::door::field_fault(fault, &words);
                match fault.field.as_str() {
                    "name" => name = name.error(said),
                    _ => citizen_id = citizen_id.error(said),
                }
            }
        }
        Some(Fault::TooMany) => {
            let said = |key: &str| words.get(key).to_owned();
            refused = Some((said("portal.sign-in.too-many"), said("portal.sign-in.too-many-next")));
        }
        Some(fault) => {
            let problem = access_service::door::problem(&fault, &words);
            refused = Some((problem.title, problem.said.join("")));
        }
        None => {}
    }
    let errors = ErrorSummary::of([&name, &citizen_id]);
    let kept = Kept::of(&given.path, &given.body);
    let back = own_path(&given.back).unwrap_or_default().to_owned();
    let shell = frame::portal(visit, "登录").faulty(!errors.is_empty() || refused.is_some());
    let demo = DemoMode::is_on(&visit.world);
    let people = if demo { demo_people() } else { Vec::new() };
    ui::page_with(status, Page { shell, demo, people, back, kept, errors, refused, name, citizen_id })
}

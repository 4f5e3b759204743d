//! Signing in and out. The demonstration's identity provider: choose one of the people with a story, or give a name and
//! number the population register knows. Where OpenID Connect will stand, only these handlers change.

mod gate;
mod kept;

use access_service::session::{self, Opened};
use access_service::{DoorFault, Visit, Words};
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Form, Router};
use kernel::codes::{CitizenId, tidy};
use kernel::refusal::Refusal;
use platform::{Fault, World};
use records::{Purpose, Why};
use records_service::sample::{DemoPerson, demo_people};
use serde::Deserialize;
use themes_service::frame;
use ui::{ErrorSummary, Field, FieldKind};

use gate::Gate;
use kept::{Kept, own_path};

/// The pages of signing in and out.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-in/resume", post(resume))
        .route("/sign-out", post(sign_out))
        .layer(Extension(Gate::new()))
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
    gate::own_page(&headers)?;
    let kept = Kept::of(&given.path, &given.body).ok_or(Fault::NotFound)?;
    if let Some(session) = &visit.session {
        let shell = frame::portal(&visit, "继续提交");
        return Ok(kept.page(shell, &session.csrf));
    }
    Ok(page(&visit, &given, None))
}

async fn sign_in(
    visit: Visit,
    Extension(gate): Extension<Gate>,
    headers: HeaderMap,
    Form(given): Form<Identity>,
) -> Result<Response, DoorFault> {
    gate::own_page(&headers)?;
    let opened = match identify(&visit, &gate, &given).await {
        Ok(opened) => opened,
        Err(Fault::Internal(reference)) => return Err(Fault::Internal(reference).into()),
        Err(fault @ Fault::Unavailable(_)) => return Err(fault.into()),
        Err(fault) => return Ok(page(&visit, &given, Some(fault))),
    };
    let mut answer = match Kept::of(&given.path, &given.body) {
        Some(kept) => go_on(&visit, &opened, kept).await?,
        None => Redirect::to(own_path(&given.back).unwrap_or("/mine")).into_response(),
    };
    answer.headers_mut().append(header::SET_COOKIE, cookie(&visit.world, &opened)?);
    Ok(answer)
}

/// Opens a session for who this is, if they are.
async fn identify(visit: &Visit, gate: &Gate, given: &Identity) -> Result<Opened, Fault> {
    let purpose = Purpose::of(Why::SignIn);
    if let Some(person) = demo_people().into_iter().find(|person| person.key == given.person) {
        let found = records_service::acts::identify(visit, &person.citizen_id, person.name, &purpose).await?;
        return access_service::acts::sign_in_resident(&visit.world, &found.subject.to_string(), &found.name).await;
    }
    let citizen_id = CitizenId::parse_on(&tidy(&given.citizen_id), visit.today());
    let mut faults = Vec::new();
    if given.name.trim().is_empty() {
        faults.push(platform::fault::FieldFault::new("name", "required").fact("label", "姓名"));
    }
    match &citizen_id {
        _ if given.citizen_id.trim().is_empty() => {
            faults.push(platform::fault::FieldFault::new("citizen_id", "required").fact("label", "公民身份号码"));
        }
        Err(fault) => faults.push(code_fault(fault)),
        Ok(_) => {}
    }
    let Some(citizen_id) = citizen_id.ok().filter(|_| faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
    gate.count(citizen_id.as_str(), visit.world.clock.now_utc())?;
    on_register(visit, &citizen_id, &purpose).await?;
    let found = records_service::acts::identify(visit, &citizen_id, &given.name, &purpose).await?;
    access_service::acts::sign_in_resident(&visit.world, &found.subject.to_string(), &found.name).await
}

/// Without proof of identity only people on the register come in: a number nobody has must not become a person here.
async fn on_register(visit: &Visit, citizen_id: &CitizenId, purpose: &Purpose) -> Result<(), Fault> {
    let house = Visit::system(&visit.world);
    match records_service::reads::person_by_citizen_id(&house, citizen_id, purpose).await? {
        Some(_) => Ok(()),
        // The same words as for a wrong name: whether a number exists is not ours to tell.
        None => Err(Refusal::new("records.name-mismatch", "check-identity").into()),
    }
}

fn code_fault(fault: &kernel::codes::CodeFault) -> platform::fault::FieldFault {
    let start = platform::fault::FieldFault::new("citizen_id", fault.code.replace('.', "-"));
    fault.facts.iter().fold(start.fact("label", "公民身份号码"), |told, (name, value)| told.fact(name, value))
}

/// Straight on to the kept form, with the token of the session just opened.
async fn go_on(visit: &Visit, opened: &Opened, kept: Kept) -> Result<Response, Fault> {
    let session = session::find(&visit.world, &opened.token).await?.ok_or(Fault::NotAllowed)?;
    let csrf = session.csrf.clone();
    let mut signed_in = visit.clone();
    (signed_in.actor, signed_in.session) = (opened.actor.clone(), Some(session));
    Ok(kept.page(frame::portal(&signed_in, "继续提交"), &csrf))
}

fn cookie(world: &World, opened: &Opened) -> Result<HeaderValue, Fault> {
    let secure =
        if world.config.public_url.as_deref().is_some_and(|url| url.starts_with("https:")) { "; Secure" } else { "" };
    let (name, token, lasts) = (session::COOKIE, &opened.token, opened.lasts.num_seconds());
    HeaderValue::from_str(&format!("{name}={token}; Path=/; Max-Age={lasts}; HttpOnly; SameSite=Lax{secure}"))
        .map_err(Fault::internal)
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
    let gone = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", session::COOKIE);
    let mut answer = Redirect::to("/").into_response();
    answer.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&gone).map_err(Fault::internal)?);
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
    ui::page_with(status, Page { shell, people: demo_people(), back, kept, errors, refused, name, citizen_id })
}

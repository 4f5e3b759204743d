//! Doors: how a fault becomes a page or a problem document, and how a posted form comes in safely.

pub mod files;
pub mod form;
pub mod place;
mod problem_json;

use std::time::Duration;

use access::Actor;
use axum::Form;
use axum::extract::{FromRequest, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::refusal::Refusal;
use platform::RequestKey;
use platform::World;
use platform::fault::Fault;
use platform::telemetry::RequestId;
use serde::de::DeserializeOwned;

use crate::{Visit, Words, token};

/// How the names of fields begin that hold passwords.
pub const SECRET: &str = "password";

/// What a door answers when a page or an act did not come about.
#[derive(Debug)]
pub enum DoorFault {
    /// The act or read failed; shown as a page with the look and words of whoever asks.
    Fault(Box<Fault>),
    /// Nobody is signed in: go there, then come back.
    SignIn { to: String },
    /// The session ended while a form was being filled in: sign in, and what was typed is sent on.
    Expired { sign_in: String, path: String, body: String },
    /// Turned away before any act, with a status of the door's own: nobody signed in, a body that cannot be read.
    TurnedAway { status: StatusCode, refusal: Box<Refusal> },
}

impl DoorFault {
    /// Leads to the sign-in page, and back to the page asked for.
    pub fn sign_in(page: &str, parts: &Parts) -> Self {
        let back = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let back = if parts.method == Method::GET { back } else { "/" };
        Self::SignIn { to: format!("{page}?{}", pair("back", back)) }
    }

    /// Turns a request away with this status.
    pub fn turned_away(status: StatusCode, refusal: Refusal) -> Self {
        Self::TurnedAway { status, refusal: Box::new(refusal) }
    }
}

impl From<Fault> for DoorFault {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl IntoResponse for DoorFault {
    /// Faults travel to the frame (see [`dress`]) as an extension, since only it knows who asks and the words.
    fn into_response(self) -> Response {
        match self {
            Self::Fault(fault) => undressed(status_of(&fault).into_response(), status_of(&fault), *fault),
            Self::TurnedAway { status, refusal } => undressed(status.into_response(), status, (*refusal).into()),
            Self::SignIn { to } => {
                let fault = Refusal::new("access.sign-in-first", "sign-in").into();
                undressed(Redirect::to(&to).into_response(), StatusCode::UNAUTHORIZED, fault)
            }
            Self::Expired { sign_in, path, body } => expired_page(&sign_in, path, body),
        }
    }
}

/// A fault on its way to [`dress`], and the status it shall have.
#[derive(Debug, Clone)]
struct Undressed(StatusCode, std::sync::Arc<Fault>);

fn undressed(mut response: Response, status: StatusCode, fault: Fault) -> Response {
    response.extensions_mut().insert(Undressed(status, std::sync::Arc::new(fault)));
    response
}

/// Layer around all routes: gives a bare fault its page, or its problem document for those who ask for JSON.
pub async fn dress(
    State(world): State<World>,
    visit: Result<Visit, DoorFault>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let wants_json = request.uri().path().starts_with("/api/") || accepts_json(request.headers());
    // Who asks cannot be told while the database is away; the answer still has words, those for visitors.
    let look = ui::Look::of(request.headers());
    let mut standing = None;
    let (visit, mut response) = match visit {
        Ok(visit) => {
            standing = visit.pass.as_ref().map(|pass| token::count(&world, pass));
            let response = match standing {
                Some(standing) if standing.too_many => DoorFault::from(Fault::TooMany).into_response(),
                _ => in_time(&world, next.run(request)).await,
            };
            (visit, response)
        }
        Err(fault) => {
            let mut visitor = Visit::of(&world, Actor::visitor());
            visitor.look = look;
            (visitor, fault.into_response())
        }
    };
    if let Some(standing) = standing {
        standing.tell(&mut response);
    }
    let Some(Undressed(status, fault)) = response.extensions().get::<Undressed>().cloned() else {
        return response;
    };
    let words = visit.world.part::<Words>();
    if let (Some(pass), StatusCode::FORBIDDEN) = (&visit.pass, status) {
        let code = if lacks_scope(&fault) { token::LACKS_SCOPE } else { "not-allowed" };
        token::record_refusal(&world, pass.token, code, &visit.path).await;
    }
    if wants_json {
        let mut answer = problem_json::answer(status, &fault, &words);
        if status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(standing) = standing {
            standing.tell(&mut answer);
        }
        return answer;
    }
    if response.status().is_redirection() {
        // A browser is led to the sign-in page.
        return response;
    }
    let mut problem = ui::Problem { status: status.as_u16(), ..problem(&fault, &words) };
    problem.reference = problem.reference.or_else(|| reference(status));
    if visit.actor.is_staff() {
        problem.next = vec![(words.get("problem.back").to_owned(), "/desk".to_owned())];
    }
    let shell = if visit.actor.is_staff() { ui::Shell::desk("") } else { ui::Shell::portal("") };
    ui::problem_page(shell.csrf(visit.csrf()).look(visit.look), problem)
}

/// What the answer comes to within the time a request may take; then it is broken off, and nothing of it is kept.
async fn in_time(world: &World, answer: impl Future<Output = Response>) -> Response {
    let longest = Duration::from_secs(world.config.limits.request_s);
    match tokio::time::timeout(longest, answer).await {
        Ok(answer) => answer,
        Err(_) => DoorFault::from(Fault::unavailable("request_s")).into_response(),
    }
}

/// Room for a body of so many bytes on this machine.
pub fn bytes(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn form_too_large(limit: u64) -> DoorFault {
    let refusal = Refusal::new("access.form-too-large", "write-less").fact("limit", ui::say::bytes(limit));
    DoorFault::turned_away(StatusCode::PAYLOAD_TOO_LARGE, refusal)
}

/// What a person may tell us when something of ours went wrong: the number of the request, which the log has too.
fn reference(status: StatusCode) -> Option<String> {
    RequestId::current().filter(|_| status.is_server_error()).map(|id| id.to_string())
}

fn accepts_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("json"))
}

/// The status a fault answers with.
pub fn status_of(fault: &Fault) -> StatusCode {
    match fault {
        fault if lacks_scope(fault) => StatusCode::FORBIDDEN,
        Fault::Refusal(_) | Fault::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Fault::NotAllowed => StatusCode::FORBIDDEN,
        Fault::NotFound => StatusCode::NOT_FOUND,
        Fault::Conflict | Fault::Repeated(_) => StatusCode::CONFLICT,
        Fault::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Fault::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Whether a token was not made for what was asked: forbidden as by a policy, but told apart for whoever writes the program.
fn lacks_scope(fault: &Fault) -> bool {
    matches!(fault, Fault::Refusal(refusal) if refusal.code == token::LACKS_SCOPE)
}

/// The fault in words.
pub fn problem(fault: &Fault, words: &Words) -> ui::Problem {
    let status = status_of(fault).as_u16();
    let mut problem = ui::Problem { status, ..ui::Problem::default() };
    match fault {
        Fault::Refusal(refusal) => {
            problem.title = words.refusal(refusal);
            problem.said = vec![words.next(refusal)];
            problem.clause = refusal.clause.as_ref().map(|clause| format!("《{}》{}", clause.law, clause.article));
        }
        Fault::Invalid(faults) => {
            problem.title = words.get("problem.invalid").to_owned();
            problem.said = faults.iter().map(|fault| field_fault(fault, words)).collect();
        }
        other => {
            let key = match other {
                Fault::NotAllowed => "not-allowed",
                Fault::NotFound => "not-found",
                Fault::Conflict => "conflict",
                Fault::Repeated(_) => "repeated",
                Fault::TooMany => "too-many",
                Fault::Unavailable(_) => "unavailable",
                _ => "internal",
            };
            problem.title = words.get(&format!("problem.{key}")).to_owned();
            problem.said = vec![words.get(&format!("problem.{key}-next")).to_owned()];
        }
    }
    if let Fault::Internal(reference) = fault {
        problem.reference = Some(reference.to_string());
    }
    problem.next = vec![(words.get("problem.back").to_owned(), "/".to_owned())];
    problem
}

/// One field's fault in words: 「请填写联系电话」.
pub fn field_fault(fault: &platform::fault::FieldFault, words: &Words) -> String {
    words.fill(&format!("field.{}", fault.code), &fault.facts)
}

/// A posted form: who posts, the request key, and the fields. The token against forged posts is checked before.
pub struct Posted<T> {
    pub visit: Visit,
    pub key: RequestKey,
    pub form: T,
}

impl<T: DeserializeOwned> FromRequest<World> for Posted<T> {
    type Rejection = DoorFault;

    async fn from_request(request: Request, world: &World) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let visit = <Visit as axum::extract::FromRequestParts<World>>::from_request_parts(&mut parts, world).await?;
        let limit = world.config.limits.form_bytes;
        let body = axum::body::to_bytes(body, bytes(limit)).await.map_err(|_| form_too_large(limit))?;
        let pairs: Vec<(String, String)> = pairs(&body)?;
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        if visit.session.is_none() && !value("_csrf").is_empty() {
            let sign_in = if parts.uri.path().starts_with("/desk") { "/desk/sign-in" } else { "/sign-in" };
            // What was typed is kept in the page; a password is not.
            if pairs.iter().any(|(name, _)| name.starts_with(SECRET)) {
                return Err(DoorFault::SignIn { to: format!("{sign_in}?{}", pair("back", &visit.path)) });
            }
            let body = String::from_utf8_lossy(&body).into_owned();
            return Err(DoorFault::Expired { sign_in: sign_in.into(), path: visit.path, body });
        }
        check_csrf(&visit, value("_csrf"))?;
        let key = request_key(&visit, value("_key"))?;
        let request = Request::builder()
            .method(Method::POST)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .map_err(|fault| Fault::internal(fault.to_string()))?;
        let Form(form) = Form::<T>::from_request(request, world)
            .await
            .map_err(|_| Refusal::new("access.form-unreadable", "go-back"))
            .map_err(Fault::from)?;
        Ok(Self { visit, key, form })
    }
}

/// Whether the post comes from our own form: the token must be the session's.
pub fn check_csrf(visit: &Visit, token: &str) -> Result<(), Fault> {
    use subtle::ConstantTimeEq;
    let expected = visit.csrf();
    if expected.is_empty() || bool::from(expected.as_bytes().ct_eq(token.as_bytes())) {
        Ok(())
    } else {
        Err(Refusal::new("access.forged-post", "go-back").into())
    }
}

/// The request key a form carries. A form without one is a form of an older page: every sending is then a wish of its own.
pub fn request_key(visit: &Visit, sent: &str) -> Result<RequestKey, Fault> {
    let fresh;
    let key = if sent.is_empty() {
        fresh = uuid::Uuid::new_v4().to_string();
        &fresh
    } else {
        sent
    };
    RequestKey::new(&visit.actor.id, key)
}

/// The pairs of a urlencoded body, in order; keys may repeat.
pub fn pairs(body: &[u8]) -> Result<Vec<(String, String)>, Fault> {
    serde_urlencoded::from_bytes(body).map_err(|_| Refusal::new("access.form-unreadable", "go-back").into())
}

/// A file to keep, under a plain name and the one people read (RFC 6266).
pub fn attached(plain: &str, name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let encoded = pair("", name).replace('+', "%20");
    let says = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded.trim_start_matches('='));
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, says)], bytes).into_response()
}

/// What stands behind an address: `?name=value&…`, without those that say nothing; a bare `?` where none says anything, which
/// leads to the page itself.
pub fn query<'v>(pairs: impl IntoIterator<Item = (&'static str, &'v str)>) -> String {
    let said: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("?{}", serde_urlencoded::to_string(said).unwrap_or_default())
}

/// One `name=value` for an address.
pub fn pair(name: &str, value: &str) -> String {
    serde_urlencoded::to_string([(name, value)]).unwrap_or_default()
}

fn expired_page(sign_in: &str, path: String, body: String) -> Response {
    #[derive(askama::Template)]
    #[template(path = "access/expired.html")]
    struct Expired {
        shell: ui::Shell,
        sign_in: String,
        path: String,
        body: String,
    }
    let page = Expired { shell: ui::Shell::plain("登录已过期"), sign_in: sign_in.to_owned(), path, body };
    ui::page_with(StatusCode::UNAUTHORIZED, page)
}

//! How a call comes in: who asks, under which key, with what body. Whoever cannot come in is told by a problem document.

use std::fmt::Display;
use std::str::FromStr;

use access_service::door::{bytes, check_csrf};
use access_service::{DoorFault, Visit};
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use kernel::refusal::Refusal;
use platform::{Fault, RequestKey, World};
use serde::de::DeserializeOwned;

/// The header that carries the session's token.
pub const CSRF: &str = "x-csrf-token";
/// The header that makes a repeated call answer as the first did.
pub const KEY: &str = "idempotency-key";

/// Longest `Idempotency-Key`; act and subject stand beside it in the request key.
const KEY_LIMIT: usize = 48;

/// A reading call by somebody signed in.
pub struct Reading(pub Visit);

impl FromRequestParts<World> for Reading {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, DoorFault> {
        let visit = Visit::from_request_parts(parts, world).await?;
        if visit.session.is_some() || visit.pass.is_some() { Ok(Self(visit)) } else { Err(nobody_signed_in()) }
    }
}

/// A writing call by somebody signed in: the token against forged calls has been checked.
pub struct Writing {
    pub visit: Visit,
    /// `Idempotency-Key` as sent. A call without one is a wish of its own.
    key: String,
}

impl Writing {
    /// The request key of this call. It names the act and what it is about, so that a key sent again with another call
    /// is another wish and never passes for its answer.
    pub fn key(&self, act: &str, on: impl Display) -> Result<RequestKey, Fault> {
        RequestKey::new(&self.visit.actor.id, &format!("{act}/{on}/{}", self.key))
    }
}

impl FromRequestParts<World> for Writing {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, DoorFault> {
        let Reading(visit) = Reading::from_request_parts(parts, world).await?;
        // No browser sends a token by itself, so nobody can forge such a call.
        if visit.pass.is_none() {
            check_csrf(&visit, text(&parts.headers, CSRF).unwrap_or_default()).map_err(|_| {
                let refusal = Refusal::new("api.csrf", "fetch-csrf").fact("header", CSRF);
                DoorFault::turned_away(StatusCode::FORBIDDEN, refusal)
            })?;
        }
        let key = match text(&parts.headers, KEY) {
            Some(sent) => own_key(sent)?,
            None => uuid::Uuid::new_v4().simple().to_string(),
        };
        Ok(Self { visit, key })
    }
}

fn own_key(sent: &str) -> Result<String, Fault> {
    let code = if sent.is_empty() {
        "required"
    } else if sent.len() > KEY_LIMIT {
        "too-long"
    } else if !sent.bytes().all(|byte| byte.is_ascii_graphic()) {
        "characters"
    } else {
        return Ok(sent.to_owned());
    };
    let fault = platform::FieldFault::new(KEY, code).fact("label", "Idempotency-Key");
    Err(Fault::Invalid(vec![fault.fact("max", KEY_LIMIT).fact("length", sent.len())]))
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<World> for Body<T> {
    type Rejection = DoorFault;

    async fn from_request(request: Request, world: &World) -> Result<Self, DoorFault> {
        let media = text(request.headers(), header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        // Only a page of our own may send this media type without asking the browser first.
        if !media.eq_ignore_ascii_case("application/json") {
            let refusal = Refusal::new("api.media-type", "send-json").fact("given", media);
            return Err(DoorFault::turned_away(StatusCode::UNSUPPORTED_MEDIA_TYPE, refusal));
        }
        let limit = world.config.limits.form_bytes;
        let bytes = to_bytes(request.into_body(), bytes(limit)).await.map_err(|_| {
            let refusal = Refusal::new("api.body-too-large", "send-less").fact("limit", limit);
            DoorFault::turned_away(StatusCode::PAYLOAD_TOO_LARGE, refusal)
        })?;
        let body = serde_json::from_slice(&bytes).map_err(|cause| unreadable("api.body-unreadable", cause))?;
        Ok(Self(body))
    }
}

/// An id in the address. What is no id names nothing: 404, as for an id that nobody has.
pub struct Id<T>(pub T);

impl<T: FromStr> FromRequestParts<World> for Id<T> {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, DoorFault> {
        let named = Path::<String>::from_request_parts(parts, world).await;
        let id = named.ok().and_then(|Path(text)| text.parse().ok());
        Ok(Self(id.ok_or(Fault::NotFound)?))
    }
}

/// Two ids in the address: the whole, and a part of it.
pub struct PartId<W, P>(pub W, pub P);

impl<W: FromStr, P: FromStr> FromRequestParts<World> for PartId<W, P> {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, DoorFault> {
        let named = Path::<(String, String)>::from_request_parts(parts, world).await;
        let ids = named.ok().and_then(|Path((whole, part))| Some((whole.parse().ok()?, part.parse().ok()?)));
        let (whole, part) = ids.ok_or(Fault::NotFound)?;
        Ok(Self(whole, part))
    }
}

/// The query of an address.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<World> for Asked<T> {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, DoorFault> {
        match Query::<T>::from_request_parts(parts, world).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(cause) => Err(unreadable("api.query-unreadable", cause.body_text())),
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("\u{fffd}"))
}

fn nobody_signed_in() -> DoorFault {
    DoorFault::turned_away(StatusCode::UNAUTHORIZED, Refusal::new("access.sign-in-first", "sign-in"))
}

pub(crate) fn unreadable(code: &'static str, cause: impl Display) -> DoorFault {
    DoorFault::turned_away(StatusCode::BAD_REQUEST, Refusal::new(code, "mend-call").fact("cause", cause))
}

//! A visit: one request by somebody, from the moment the door knows who it is.

use std::sync::{Arc, Mutex, PoisonError};

use access::{Act, Actor, Policies, Resource, Scope};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use chrono::NaiveDate;
use platform::World;
use platform::fault::Fault;
use platform::telemetry::figures;
use platform::{RequestKey, Tx};

use crate::door::DoorFault;
use crate::session::{self, Session};
use crate::token::{self, Pass};

/// Who visits, and the world they visit. Every act takes one and asks [`Visit::allow`] first.
#[derive(Clone)]
pub struct Visit {
    pub world: World,
    pub actor: Actor,
    /// None for visitors and for the platform itself.
    pub session: Option<Session>,
    /// The token a system outside came with; then there is no session.
    pub pass: Option<Pass>,
    /// Address of the page, with its query.
    pub path: String,
    /// Large text, dark desk: as the person chose.
    pub look: ui::Look,
    /// Messages a resident has not read, for the top line; counted by the messages module.
    pub unread: u64,
    policies: Arc<Policies>,
    /// The act asked about last, which is the one a following write does; for the figures only.
    asked: Arc<Mutex<Option<Act>>>,
}

impl Visit {
    /// A visit by the platform itself: timers, listeners, loaders.
    pub fn system(world: &World) -> Visit {
        Visit::of(world, Actor::system())
    }

    /// A visit by this actor without a browser: command line, tests.
    pub fn of(world: &World, actor: Actor) -> Visit {
        let policies = world.part::<Policies>();
        Visit {
            world: world.clone(),
            actor,
            session: None,
            pass: None,
            path: String::new(),
            look: ui::Look::default(),
            unread: 0,
            policies,
            asked: Arc::default(),
        }
    }

    /// Asks whether the actor may do this to that. The answer "no" is the same for what is forbidden and what is secret.
    pub fn allow(&self, act: Act, resource: &Resource) -> Result<(), Fault> {
        if self.may(act, resource) {
            return Ok(());
        }
        count(act, "forbidden");
        if let Some(pass) = self.pass.as_ref().filter(|pass| !Scope::allow(&pass.scopes, act)) {
            return Err(pass.lacks(act).into());
        }
        Err(Fault::NotAllowed)
    }

    /// The same as a question, for pages that show only what is possible.
    pub fn may(&self, act: Act, resource: &Resource) -> bool {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(act);
        match &self.pass {
            Some(pass) => self.policies.allow_through(&self.actor, &pass.scopes, act, resource),
            None => self.policies.allow(&self.actor, act, resource),
        }
    }

    /// Today, in the civil calendar of Beijing time.
    pub fn today(&self) -> NaiveDate {
        self.world.clock.today()
    }

    /// One write transaction; the key, when given, makes a repeated request show the first answer.
    pub async fn write<T>(
        &self,
        key: Option<&RequestKey>,
        work: impl AsyncFnOnce(Tx) -> Result<T, Fault> + Clone,
    ) -> Result<T, Fault> {
        let written = self.world.db.write(key, work).await;
        let act = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        // A refused question has been counted already.
        if let (Some(act), Some(outcome)) = (act, outcome(written.as_ref().err())) {
            count(act, outcome);
        }
        written
    }

    /// The session's token against forged posts; empty for visitors, who have nothing to lose.
    pub fn csrf(&self) -> &str {
        self.session.as_ref().map_or("", |session| session.csrf.as_str())
    }
}

fn count(act: Act, outcome: &'static str) {
    metrics::counter!(figures::ACTS, "act" => act.name(), "outcome" => outcome).increment(1);
}

/// How an act ended, in one word; none for what [`Visit::allow`] has counted.
fn outcome(fault: Option<&Fault>) -> Option<&'static str> {
    Some(match fault {
        None => "done",
        Some(Fault::NotAllowed) => return None,
        Some(Fault::Refusal(_)) => "refused",
        Some(Fault::Invalid(_)) => "invalid",
        Some(Fault::Conflict) => "conflict",
        Some(Fault::Repeated(_)) => "repeated",
        Some(Fault::NotFound | Fault::TooMany | Fault::Unavailable(_) | Fault::Internal(_)) => "failed",
    })
}

impl FromRequestParts<World> for Visit {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Self::Rejection> {
        if let Some(known) = parts.extensions.get::<Visit>() {
            return Ok(known.clone());
        }
        let path = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        // A token opens the interface and no page.
        if let Some(text) = token::sent(&parts.headers).filter(|_| path.starts_with(token::INTERFACE)) {
            let (actor, pass) = token::find(world, text).await?;
            let visit = Visit { pass: Some(pass), path, ..Visit::of(world, actor) };
            parts.extensions.insert(visit.clone());
            return Ok(visit);
        }
        let jar = CookieJar::from_headers(&parts.headers);
        let session = match jar.get(session::COOKIE) {
            Some(cookie) => session::find(world, cookie.value()).await?,
            None => None,
        };
        let actor = session.as_ref().map_or_else(Actor::visitor, |session| session.actor.clone());
        let visit = Visit { session, path, look: ui::Look::of(&parts.headers), ..Visit::of(world, actor) };
        parts.extensions.insert(visit.clone());
        Ok(visit)
    }
}

/// A visit by a signed-in resident; others are led to the sign-in page.
pub struct ResidentVisit(pub Visit);

/// A visit by a member of staff; others are led to the staff sign-in page.
pub struct StaffVisit(pub Visit);

impl FromRequestParts<World> for ResidentVisit {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Self::Rejection> {
        let visit = Visit::from_request_parts(parts, world).await?;
        if visit.actor.subject().is_some() { Ok(Self(visit)) } else { Err(DoorFault::sign_in("/sign-in", parts)) }
    }
}

impl FromRequestParts<World> for StaffVisit {
    type Rejection = DoorFault;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Self::Rejection> {
        let visit = Visit::from_request_parts(parts, world).await?;
        if visit.actor.is_staff() { Ok(Self(visit)) } else { Err(DoorFault::sign_in("/desk/sign-in", parts)) }
    }
}

//! Tokens of systems outside (系统令牌): `ymt_`, the token's number, an underscore, and a secret of which only the hash is
//! kept. Sent as `Authorization: Bearer …` to the interface, and to it alone.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use access::{Act, Actor, ActorKind, Role, Scope};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::refusal::Refusal;
use platform::fault::Fault;
use platform::limits::Throttle;
use platform::telemetry::figures;
use platform::{JournalEntry, World};
use rand::Rng;
use serde_json::json;
use sm3::{Digest, Sm3};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::door::DoorFault;
use crate::store::{self, system, token};

/// Where tokens count.
pub(crate) const INTERFACE: &str = "/api/";
/// How every token begins, so that one left lying about is known for what it is.
pub const BEGINNING: &str = "ymt_";
/// The code of the refusal that a token lacks a scope.
pub(crate) const LACKS_SCOPE: &str = "access.token-scope";
/// How much later a use is written down again: reading should not write.
const USED_STEP: TimeDelta = TimeDelta::minutes(1);
/// A refusal of one token for one reason is recorded once in so long a time.
const RECORD_STEP: TimeDelta = TimeDelta::minutes(1);

/// What a call with a token came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// The token's number.
    pub token: Uuid,
    pub scopes: BTreeSet<Scope>,
    pub expires_at: DateTime<Utc>,
}

impl Pass {
    /// The refusal for an act that none of its scopes lets do.
    pub(crate) fn lacks(&self, act: Act) -> Refusal {
        let wanted: Vec<&str> = Scope::of_act(act).map(Scope::name).collect();
        let wanted = if wanted.is_empty() { "—".to_owned() } else { wanted.join(" / ") };
        Refusal::new("access.token-scope", "ask-for-scope").fact("scope", wanted)
    }
}

/// The secret part of a new token, and what is kept of it.
pub(crate) fn make(id: Uuid) -> (String, String) {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    let secret = hex::encode(bytes);
    let hash = hashed(&secret);
    (format!("{BEGINNING}{}_{secret}", id.simple()), hash)
}

fn hashed(secret: &str) -> String {
    hex::encode(Sm3::digest(format!("yimen token {secret}")))
}

/// The token of a call, if it came with one.
pub(crate) fn sent(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().unwrap_or_default();
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Who comes with this token, and what it lets do.
///
/// # Errors
/// 401 with `access.token-unknown` (also for one that was changed), `access.token-expired`, `access.token-revoked`.
pub(crate) async fn find(world: &World, text: &str) -> Result<(Actor, Pass), DoorFault> {
    let reader = world.db.reader();
    let now = world.clock.now_utc();
    let Some((id, secret)) = parts(text) else { return Err(no("access.token-unknown", None)) };
    let Some((row, system)) = store::token_find(reader, id).await.map_err(Fault::from)? else {
        return Err(no("access.token-unknown", None));
    };
    let fits: bool = hashed(secret).as_bytes().ct_eq(row.hash.as_bytes()).into();
    let code = if !fits {
        // Somebody knows its number and not its secret.
        Some("access.token-unknown")
    } else if row.revoked_at.is_some() || !system.active {
        Some("access.token-revoked")
    } else if row.expires_at <= now {
        Some("access.token-expired")
    } else {
        None
    };
    if let Some(code) = code {
        record_refusal(world, row.id, code, if fits { "known" } else { "forged" }).await;
        return Err(no(code, Some(row.expires_at)));
    }
    if row.last_used_at.is_none_or(|at| now - at > USED_STEP) {
        world.db.write(None, async |tx| Ok(store::token_used(tx.conn(), row.id, now).await?)).await?;
    }
    let scopes = scopes(&row);
    let pass = Pass { token: row.id, scopes, expires_at: row.expires_at };
    Ok((actor_of(&system, row.region.as_deref()), pass))
}

fn parts(text: &str) -> Option<(Uuid, &str)> {
    let (id, secret) = text.strip_prefix(BEGINNING)?.split_once('_')?;
    Some((id.parse().ok()?, secret))
}

fn no(code: &'static str, expired: Option<DateTime<Utc>>) -> DoorFault {
    metrics::counter!(figures::SIGN_IN_FAILURES, "door" => "token", "reason" => code).increment(1);
    tracing::warn!(code, "a token was refused");
    let refusal = match (code, expired) {
        ("access.token-expired", Some(at)) => {
            Refusal::new("access.token-expired", "rotate-token").fact("at", platform::clock::china_day(at))
        }
        ("access.token-revoked", _) => Refusal::new("access.token-revoked", "ask-for-token"),
        _ => Refusal::new("access.token-unknown", "ask-for-token"),
    };
    DoorFault::turned_away(StatusCode::UNAUTHORIZED, refusal)
}

/// The scopes of a token's row; one that no longer exists lets do nothing.
pub(crate) fn scopes(row: &token::Model) -> BTreeSet<Scope> {
    row.scopes.split(' ').filter_map(Scope::parse).collect()
}

/// The system as the policies see it: its posts in its region, or in the smaller one its token was made for.
pub(crate) fn actor_of(row: &system::Model, region: Option<&str>) -> Actor {
    Actor {
        id: row.id.to_string(),
        name: row.name.clone(),
        kind: ActorKind::Staff {
            roles: row.roles.split(' ').filter_map(Role::parse).collect(),
            region: region.unwrap_or(&row.region).to_owned(),
            authority: row.authority.clone(),
            hall: row.hall.clone(),
        },
    }
}

struct Recorded(Throttle);

/// Puts on record that a token was refused, once a minute at most for each reason.
pub(crate) async fn record_refusal(world: &World, id: Uuid, code: &str, how: &str) {
    let recorded = world.parts.get_or_install(|| Recorded(Throttle::new(1, RECORD_STEP)));
    if recorded.0.count(&format!("{id} {code} {how}"), world.clock.now_utc()).is_err() {
        return;
    }
    let facts = json!({ "code": code, "how": how });
    let written = world
        .db
        .write(None, async |tx| {
            let entry = JournalEntry::new(crate::acts::chain(), "system", "access.token-refused", id);
            tx.record(entry.holding(&facts));
            Ok(())
        })
        .await;
    if let Err(fault) = written {
        tracing::warn!(%fault, "a refused token could not be put on record");
    }
}

/// How many calls a token has had in the minute that runs, in this process.
#[derive(Default)]
struct Calls(Mutex<HashMap<Uuid, (DateTime<Utc>, u32)>>);

/// Where a token stands within its minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) left: u32,
    pub(crate) resets_in_s: i64,
    pub(crate) too_many: bool,
}

/// Tokens remembered at most; those whose minute is over are forgotten first.
const TOKENS_MAX: usize = 10_000;

/// Counts a call.
pub(crate) fn count(world: &World, pass: &Pass) -> Standing {
    let (now, limit) = (world.clock.now_utc(), world.config.limits.token_calls_minute);
    let calls = world.parts.get_or_install(Calls::default);
    let mut calls = calls.0.lock().unwrap_or_else(PoisonError::into_inner);
    if calls.len() >= TOKENS_MAX {
        calls.retain(|_, (since, _)| now - *since < TimeDelta::minutes(1));
    }
    let (since, count) = calls.entry(pass.token).or_insert((now, 0));
    if now - *since >= TimeDelta::minutes(1) {
        (*since, *count) = (now, 0);
    }
    *count = count.saturating_add(1);
    let resets_in_s = (*since + TimeDelta::minutes(1) - now).num_seconds().max(1);
    Standing { limit, left: limit.saturating_sub(*count), resets_in_s, too_many: *count > limit }
}

impl Standing {
    /// Puts it into the headers of an answer.
    pub(crate) fn tell<B>(self, answer: &mut Response<B>) {
        let headers = answer.headers_mut();
        headers.insert("ratelimit-limit", HeaderValue::from(self.limit));
        headers.insert("ratelimit-remaining", HeaderValue::from(self.left));
        headers.insert("ratelimit-reset", HeaderValue::from(self.resets_in_s));
        if self.too_many {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(self.resets_in_s));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_number_and_its_secret() {
        let id = Uuid::from_u128(7);
        let (text, hash) = make(id);
        let (found, secret) = parts(&text).unwrap();
        assert_eq!((found, hashed(secret)), (id, hash.clone()));
        assert!(!text.contains(&hash), "the hash opens nothing");
        for wrong in ["", "ymt_", "ymt_x_y", "abc", &text[4..]] {
            assert!(parts(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn only_a_bearer_is_a_token() {
        let with = |text: &str| HeaderMap::from_iter([(header::AUTHORIZATION, text.parse().unwrap())]);
        assert_eq!(sent(&with("Bearer ymt_1")), Some("ymt_1"));
        assert_eq!(sent(&with("bearer  ymt_1")), Some("ymt_1"));
        assert_eq!(sent(&with("Basic abc")), None);
        assert_eq!(sent(&HeaderMap::new()), None);
    }
}

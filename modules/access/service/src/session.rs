//! Sessions: a random token in a cookie, its hash in the database.

use axum::http::HeaderValue;
use chrono::{DateTime, Duration, Utc};
use platform::db::Tx;
use platform::fault::Fault;
use rand::Rng;
use sm3::{Digest, Sm3};

use access::Actor;

use crate::store;

/// The cookie that carries the token.
pub const COOKIE: &str = "yimen_session";

/// A session ends this long after it was last used.
const STAFF_IDLE: Duration = Duration::hours(8);
const RESIDENT_IDLE: Duration = Duration::hours(2);

/// How much of the idle time must have passed before a use is written down: reading pages should not write.
const SEEN_STEP: Duration = Duration::minutes(5);

/// A session just opened: the token goes into the cookie and is never seen again.
#[derive(Debug, Clone)]
pub struct Opened {
    pub token: String,
    pub actor: Actor,
    pub lasts: Duration,
}

/// A session as found by its cookie.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: String,
    pub actor: Actor,
    /// Stands in every form; a post without it is refused.
    pub csrf: String,
    pub started_at: DateTime<Utc>,
}

/// Opens a session for this actor; beyond the installation's limit the oldest of the actor's sessions end.
pub(crate) async fn open(world: &platform::World, tx: &Tx, actor: &Actor) -> Result<Opened, Fault> {
    let now = world.clock.now_utc();
    let token = random_token();
    let lasts = idle(actor);
    let row = store::session::Model {
        id: id_of(&token),
        actor_id: actor.id.clone(),
        actor: serde_json::to_string(actor).map_err(|fault| Fault::internal(fault.to_string()))?,
        csrf: random_token(),
        started_at: now,
        seen_at: now,
        expires_at: now + lasts,
    };
    store::session_open(tx.conn(), row, world.config.limits.sessions.into()).await?;
    Ok(Opened { token, actor: actor.clone(), lasts })
}

/// The live session of this token, prolonged when it was used after a while.
pub async fn find(world: &platform::World, token: &str) -> Result<Option<Session>, Fault> {
    let now = world.clock.now_utc();
    let Some(row) = store::session_find(world.db.reader(), &id_of(token), now).await? else {
        return Ok(None);
    };
    let actor: Actor = serde_json::from_str(&row.actor).map_err(|fault| Fault::internal(fault.to_string()))?;
    if now - row.seen_at > SEEN_STEP {
        let until = now + idle(&actor);
        world.db.write(None, async |tx| Ok(store::session_seen(tx.conn(), &row.id, now, until).await?)).await?;
    }
    Ok(Some(Session { id: row.id, actor, csrf: row.csrf, started_at: row.started_at }))
}

/// The cookie that carries a session just opened; over HTTPS only where the site is reached that way.
pub fn cookie(world: &platform::World, opened: &Opened) -> Result<HeaderValue, Fault> {
    set_cookie(world, &opened.token, opened.lasts)
}

/// The cookie that makes a browser forget its session.
pub fn no_cookie(world: &platform::World) -> Result<HeaderValue, Fault> {
    set_cookie(world, "", Duration::zero())
}

fn set_cookie(world: &platform::World, token: &str, lasts: Duration) -> Result<HeaderValue, Fault> {
    let secure = world.config.public_url.as_deref().is_some_and(|url| url.starts_with("https:"));
    let (secure, seconds) = (if secure { "; Secure" } else { "" }, lasts.num_seconds());
    let text = format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).map_err(Fault::internal)
}

/// How many sessions have not ended.
pub async fn open_now(world: &platform::World) -> Result<u64, Fault> {
    Ok(store::sessions_open(world.db.reader(), world.clock.now_utc()).await?)
}

fn idle(actor: &Actor) -> Duration {
    if actor.is_staff() { STAFF_IDLE } else { RESIDENT_IDLE }
}

fn random_token() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}

fn id_of(token: &str) -> String {
    hex::encode(Sm3::digest(token.as_bytes()))
}

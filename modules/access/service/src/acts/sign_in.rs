//! Signing in: staff by password, residents by what the identity provider says of them.

use chrono::{DateTime, Duration, Utc};
use kernel::refusal::Refusal;
use platform::World;
use platform::fault::Fault;

use access::Actor;

use crate::{password, session, store};

/// Wrong passwords in a row after which an account is locked.
const TRIES: i32 = 5;
/// How long a lock lasts.
const LOCK: Duration = Duration::minutes(15);

/// Signs a member of staff in. Unknown login and wrong password give the same answer in the same time.
pub async fn sign_in_staff(world: &World, login: &str, password: &str) -> Result<session::Opened, Fault> {
    let now = world.clock.now_utc();
    let known = store::account_by_login(world.db.reader(), login.trim()).await?;
    if let Some(until) = known.as_ref().and_then(|account| account.locked_until).filter(|until| *until > now) {
        return Err(locked(until).into());
    }
    let fits = password::fits(password, known.as_ref().map(|account| account.password_hash.as_str())).await?;
    let Some(account) = known.filter(|account| account.active) else {
        return Err(Refusal::new("access.wrong-password", "try-again").into());
    };
    if !fits {
        return Err(failed(world, account, now).await?.into());
    }
    let actor = crate::accounts::actor_of(&account);
    world
        .db
        .write(None, async |tx| {
            store::account_signed_in(tx.conn(), account.clone(), now).await?;
            session::open(world, &tx, &actor).await
        })
        .await
}

/// Signs a resident in as the person `subject` of the records. Whoever calls this has proof of identity: the demo page
/// that stands where the identity provider will, or the provider's answer.
pub async fn sign_in_resident(world: &World, subject: &str, name: &str) -> Result<session::Opened, Fault> {
    let actor = Actor::resident(subject, name);
    world.db.write(None, async |tx| session::open(world, &tx, &actor).await).await
}

/// Notes a wrong password: how many tries are left, or that the account is now locked.
pub(super) async fn failed(
    world: &World,
    account: store::account::Model,
    now: DateTime<Utc>,
) -> Result<Refusal, Fault> {
    let tries = account.failed_sign_ins + 1;
    let until = (tries >= TRIES).then(|| now + LOCK);
    let count = if until.is_some() { 0 } else { tries };
    world.db.write(None, async |tx| Ok(store::account_failed(tx.conn(), account.clone(), count, until).await?)).await?;
    Ok(match until {
        Some(until) => locked(until),
        None => Refusal::new("access.wrong-password", "try-again").fact("left", TRIES - tries),
    })
}

pub(super) fn locked(until: DateTime<Utc>) -> Refusal {
    Refusal::new("access.locked", "wait").fact("until", platform::clock::china_time(until).format("%H:%M"))
}

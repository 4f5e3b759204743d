//! 微信绑定: the person sends a code that only their own page shows to the official account; the account's line tells us
//! whose OpenID sent it. No OpenID ever passes through a page.

use access::Resource;
use access_service::Visit;
use chrono::TimeDelta;
use kernel::id::SubjectId;
use messages::acts::TELL;
use messages::{Channel, Wishes};
use platform::Fault;
use platform::limits::Throttle;
use rand::RngExt;
use sm3::{Digest, Sm3};

use super::choose_wishes::change;
use crate::address;
use crate::store::wish::{wish_by_code, wish_put};

/// How long a code counts.
const LASTS: TimeDelta = TimeDelta::minutes(10);
/// Codes one OpenID may try in an hour.
const TRIES: u32 = 6;

struct Tries(Throttle);

/// A code to send to the official account; a new one takes the place of the one before.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn ask_wechat_code(visit: &Visit) -> Result<String, Fault> {
    let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
    let hash = hashed(&code);
    change(visit, |row, now| {
        (row.wechat_code, row.wechat_code_until) = (Some(hash.clone()), Some(now + LASTS));
        Ok(())
    })
    .await?;
    Ok(code)
}

/// Binds whoever sent the code; from now on the person is told there too.
///
/// # Errors
/// [`Fault::NotFound`] for a code nobody waits with; [`Fault::TooMany`].
pub async fn bind_wechat(visit: &Visit, code: &str, open_id: &str) -> Result<(), Fault> {
    visit.allow(TELL, &Resource::of("messages"))?;
    let now = visit.world.clock.now_utc();
    let tries = visit.world.parts.get_or_install(|| Tries(Throttle::new(TRIES, TimeDelta::hours(1))));
    tries.0.count(open_id, now)?;
    let hash = &hashed(code.trim());
    visit
        .write(None, async |tx| {
            let mut row = wish_by_code(tx.conn(), hash, tx.now()).await?.ok_or(Fault::NotFound)?;
            let person = SubjectId::from_uuid(row.subject);
            row.wechat = Some(address::seal(&visit.world, person, Channel::Wechat, open_id)?);
            (row.wechat_at, row.wechat_code, row.wechat_code_until) = (Some(tx.now()), None, None);
            let mut wishes: Wishes = row.chosen()?;
            wishes.channels.insert(Channel::Wechat);
            row.wishes = serde_json::to_string(&wishes)?;
            row.changed_at = tx.now();
            wish_put(tx.conn(), row, false).await
        })
        .await
}

/// Forgets the OpenID.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn unbind_wechat(visit: &Visit) -> Result<(), Fault> {
    change(visit, |row, _| {
        (row.wechat, row.wechat_at, row.wechat_code, row.wechat_code_until) = (None, None, None, None);
        Ok(())
    })
    .await
}

fn hashed(code: &str) -> String {
    hex::encode(Sm3::digest(format!("messages wechat code {code}")))
}

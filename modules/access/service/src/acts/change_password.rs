//! An officer changes the own password. The other sessions end: whoever knew the old one is out.

use access::acts::CHANGE_PASSWORD;
use access::{Resource, password as rule};
use platform::fault::{Fault, FieldFault};
use platform::{JournalEntry, RequestKey, World};
use serde_json::json;

use super::sign_in::{failed, locked};
use crate::accounts::FIRST_PASSWORD;
use crate::{Visit, password, store};

/// What the page sends.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    pub old: String,
    pub new: String,
    pub repeat: String,
}

/// Changes the password of whoever visits; gives how many other sessions ended.
///
/// # Errors
/// [`Fault::Invalid`] of `old`, `new` and `repeat`; `access.locked` after too many wrong old passwords;
/// [`Fault::NotAllowed`] for whoever has no account.
pub async fn change_password(visit: &Visit, key: Option<&RequestKey>, order: &ChangePassword) -> Result<u64, Fault> {
    visit.allow(CHANGE_PASSWORD, &Resource::of("account").opened_by(&visit.actor.id))?;
    let (world, now) = (&visit.world, visit.world.clock.now_utc());
    let id = visit.actor.id.parse().map_err(|_| Fault::NotAllowed)?;
    let account = store::account_find(world.db.reader(), id).await?.ok_or(Fault::NotAllowed)?;
    if let Some(until) = account.locked_until.filter(|until| *until > now) {
        return Err(locked(until).into());
    }
    let faults = faults(order, &account.login);
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    if !password::fits(&order.old, Some(&account.password_hash)).await? {
        // A stolen session must not be a way to try passwords without end.
        let refusal = failed(world, account, now).await?;
        return Err(match refusal.facts.get("left") {
            Some(left) => Fault::Invalid(vec![FieldFault::new("old", "password-wrong").fact("left", left)]),
            None => refusal.into(),
        });
    }
    let hash = password::hash(&order.new).await?;
    let own = visit.session.as_ref().map(|session| session.id.as_str());
    let (account, hash) = (&account, &hash);
    world
        .db
        .write(key, async |tx| {
            store::account_password(tx.conn(), account.id, hash, false).await?;
            let ended = store::session_end_all(tx.conn(), &visit.actor.id, own).await?;
            let facts = json!({ "login": account.login, "name": account.name, "sessions_ended": ended });
            let entry = JournalEntry::new(super::chain(), &visit.actor.id, CHANGE_PASSWORD.name(), account.id);
            tx.record(entry.holding(&facts));
            Ok(ended)
        })
        .await
}

/// Everything that is wrong with what was entered, before the old password is looked at.
fn faults(order: &ChangePassword, login: &str) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (field, text) in [("old", &order.old), ("new", &order.new), ("repeat", &order.repeat)] {
        if text.is_empty() {
            faults.push(FieldFault::new(field, format!("password-empty-{field}")));
        }
    }
    if !order.new.is_empty() {
        faults.extend(strength(&order.new, login));
        if order.new == order.old {
            faults.push(FieldFault::new("new", "password-same"));
        }
        if !order.repeat.is_empty() && order.repeat != order.new {
            faults.push(FieldFault::new("repeat", "password-differs"));
        }
    }
    faults
}

/// What is wrong with a new password, as a fault of the field `new`.
pub(super) fn strength(new: &str, login: &str) -> Option<FieldFault> {
    let weakness = rule::weakness(new, login, FIRST_PASSWORD)?;
    let fault = FieldFault::new("new", weakness.code()).fact("min", rule::CHARS_MIN).fact("max", rule::CHARS_MAX);
    Some(fault.fact("plain", rule::CHARS_PLAIN).fact("kinds", rule::KINDS_MIN))
}

/// Whether an officer still has the password the account was given, and this is no demonstration.
pub async fn must_change_password(world: &World, actor: &access::Actor) -> Result<bool, Fault> {
    if !actor.is_staff() || crate::DemoMode::is_on(world) {
        return Ok(false);
    }
    let Ok(id) = actor.id.parse() else { return Ok(false) };
    let account = store::account_find(world.db.reader(), id).await?;
    Ok(account.is_some_and(|account| account.first_password))
}

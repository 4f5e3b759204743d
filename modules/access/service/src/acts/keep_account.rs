//! What the system administrator does to an account: give it a password, lock it, unlock it.

use access::acts::{LOCK_ACCOUNT, RESET_PASSWORD, UNLOCK_ACCOUNT};
use access::{Act, Resource};
use platform::fault::Fault;
use platform::{JournalEntry, Tx};
use serde_json::json;

use super::change_password::strength;
use crate::store::account;
use crate::{Visit, password, store};

/// Gives the account of this login a password that its officer is led to change at the next sign-in. All its sessions
/// end, and a lock after failed sign-ins with them. Gives how many sessions ended.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Invalid`] of `new`; [`Fault::NotAllowed`].
pub async fn reset_password(visit: &Visit, login: &str, new: &str) -> Result<u64, Fault> {
    let account = kept(visit, RESET_PASSWORD, login).await?;
    if let Some(fault) = strength(new, &account.login) {
        return Err(Fault::Invalid(vec![fault]));
    }
    let hash = password::hash(new).await?;
    let (account, hash) = (&account, &hash);
    visit
        .write(None, async |tx| {
            store::account_password(tx.conn(), account.id, hash, true).await?;
            store::account_open(tx.conn(), account.id, account.active).await?;
            let ended = store::session_end_all(tx.conn(), &account.id.to_string(), None).await?;
            record(&tx, visit, RESET_PASSWORD, account, ended);
            Ok(ended)
        })
        .await
}

/// Locks the account of this login until it is unlocked: nobody signs in with it, and all its sessions end. Gives how
/// many ended.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn lock_account(visit: &Visit, login: &str) -> Result<u64, Fault> {
    let account = &kept(visit, LOCK_ACCOUNT, login).await?;
    visit
        .write(None, async |tx| {
            store::account_open(tx.conn(), account.id, false).await?;
            let ended = store::session_end_all(tx.conn(), &account.id.to_string(), None).await?;
            record(&tx, visit, LOCK_ACCOUNT, account, ended);
            Ok(ended)
        })
        .await
}

/// Unlocks the account of this login, whether it was locked by hand or after failed sign-ins.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn unlock_account(visit: &Visit, login: &str) -> Result<(), Fault> {
    let account = &kept(visit, UNLOCK_ACCOUNT, login).await?;
    visit
        .write(None, async |tx| {
            store::account_open(tx.conn(), account.id, true).await?;
            record(&tx, visit, UNLOCK_ACCOUNT, account, 0);
            Ok(())
        })
        .await
}

/// The account, if this visit may do that to it.
async fn kept(visit: &Visit, act: Act, login: &str) -> Result<account::Model, Fault> {
    let found = store::account_by_login(visit.world.db.reader(), login.trim()).await?.ok_or(Fault::NotFound)?;
    visit.allow(act, &Resource::of("account").in_region(&found.region))?;
    Ok(found)
}

fn record(tx: &Tx, visit: &Visit, act: Act, account: &account::Model, ended: u64) {
    let facts = json!({ "login": account.login, "name": account.name, "sessions_ended": ended });
    tx.record(JournalEntry::new(super::chain(), &visit.actor.id, act.name(), account.id).holding(&facts));
}

//! Passwords: argon2id, in a queue of two so that a burst of sign-ins cannot take all memory.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use platform::fault::Fault;
use tokio::sync::Semaphore;

/// One hash takes 19 MiB and some 20 ms; two at a time is what a small machine bears.
static PLACES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// A hash of no password at all: an unknown login must take as long to refuse as a wrong password.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("no such account").ok());

/// The PHC string of a new password.
pub async fn hash(password: &str) -> Result<String, Fault> {
    let password = password.to_owned();
    busy(move || hash_now(&password).map_err(|text| Fault::internal(format!("hashing a password: {text}")))).await?
}

/// Whether the password fits the stored hash. Without a hash it takes just as long and does not fit.
pub async fn fits(password: &str, stored: Option<&str>) -> Result<bool, Fault> {
    let password = password.to_owned();
    let stored = stored.map(str::to_owned);
    busy(move || match stored.as_deref().or(NOBODY.as_deref()).map(PasswordHash::new) {
        Some(Ok(parsed)) => {
            let fits = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
            fits && stored.is_some()
        }
        _ => false,
    })
    .await
}

fn hash_now(password: &str) -> Result<String, String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|fault| fault.to_string())
}

async fn busy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let _place = PLACES.acquire().await.map_err(|_| Fault::unavailable("passwords"))?;
    tokio::task::spawn_blocking(work).await.map_err(|fault| Fault::internal(fault.to_string()))
}

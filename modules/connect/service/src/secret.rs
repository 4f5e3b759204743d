//! What a subscription's deliveries are signed with: made here, shown once, kept sealed.

use platform::vault::gcm::{NONCE_BYTES, SealKey};
use platform::vault::{Purpose, Vault};
use platform::{Fault, World};
use rand::Rng;
use uuid::Uuid;

/// A new secret.
pub(crate) fn make() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    format!("ymw_{}", hex::encode(bytes))
}

/// Seals it for this subscription.
pub(crate) fn seal(world: &World, id: Uuid, secret: &str) -> Result<String, Fault> {
    let held = vault(world)?.secret(&Purpose::PersonalData, world.clock.now_utc())?;
    let key = SealKey::from_bytes(&held.bytes).ok_or_else(broken)?;
    let (nonce, sealed) = key.seal(secret.as_bytes(), with(id).as_bytes())?;
    Ok(format!("{}.{}{}", held.version, hex::encode(nonce), hex::encode(sealed)))
}

/// Opens it.
pub(crate) fn open(world: &World, id: Uuid, text: &str) -> Result<String, Fault> {
    let (version, rest) = text.split_once('.').ok_or_else(broken)?;
    let version: u32 = version.parse().map_err(|_| broken())?;
    let bytes = hex::decode(rest).map_err(|_| broken())?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES).ok_or_else(broken)?;
    let held = vault(world)?.secret_version(&Purpose::PersonalData, version)?.ok_or_else(broken)?;
    let key = SealKey::from_bytes(&held.bytes).ok_or_else(broken)?;
    let plain = key.open(nonce, sealed, with(id).as_bytes()).ok_or_else(broken)?;
    String::from_utf8(plain).map_err(|_| broken())
}

fn with(id: Uuid) -> String {
    format!("connect webhook {id}")
}

fn broken() -> Fault {
    Fault::internal("the sealed secret of a webhook does not open")
}

fn vault(world: &World) -> Result<std::sync::Arc<Vault>, Fault> {
    world.parts.get::<Vault>().ok_or_else(|| Fault::internal("no key store was installed"))
}

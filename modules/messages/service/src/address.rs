//! Where to: the telephone number from the records, mail address and OpenID sealed in the person's own row. Opened only
//! to be used, and for the record with a reason.

use access_service::Visit;
use kernel::id::{ApplicationId, SubjectId};
use messages::Channel;
use platform::vault::gcm::{NONCE_BYTES, SealKey};
use platform::vault::{self, Vault};
use platform::{Fault, World};
use records::Purpose;

use crate::store::wish::Model;

/// The address of a person by this way; `None` when there is none.
pub(crate) async fn address(
    visit: &Visit,
    person: SubjectId,
    application: ApplicationId,
    way: Channel,
    row: Option<&Model>,
) -> Result<Option<String>, Fault> {
    match way {
        Channel::Portal => Ok(None),
        Channel::Sms => {
            let purpose = Purpose::told(application);
            match records_service::reads::person(visit, person, &purpose).await {
                Ok(found) => Ok(found.mobile.filter(|_| found.died_on.is_none())),
                Err(Fault::NotFound) => Ok(None),
                Err(fault) => Err(fault),
            }
        }
        Channel::Wechat => sealed(row.and_then(|row| row.wechat.as_deref()), &visit.world, person, way),
        Channel::Mail => {
            let confirmed = row.filter(|row| row.mail_confirmed_at.is_some());
            sealed(confirmed.and_then(|row| row.mail.as_deref()), &visit.world, person, way)
        }
    }
}

fn sealed(text: Option<&str>, world: &World, person: SubjectId, way: Channel) -> Result<Option<String>, Fault> {
    text.map(|text| open(world, person, way, text)).transpose()
}

/// Seals an address of this person for this way; it opens for no other person and no other way.
pub(crate) fn seal(world: &World, person: SubjectId, way: Channel, plain: &str) -> Result<String, Fault> {
    let secret = vault(world)?.secret(&vault::Purpose::PersonalData, world.clock.now_utc())?;
    let key = SealKey::from_bytes(&secret.bytes).ok_or_else(|| Fault::internal("the key for personal data is none"))?;
    let (nonce, sealed) = key.seal(plain.as_bytes(), with(person, way).as_bytes())?;
    Ok(format!("{}.{}{}", secret.version, hex::encode(nonce), hex::encode(sealed)))
}

/// Opens it.
pub(crate) fn open(world: &World, person: SubjectId, way: Channel, text: &str) -> Result<String, Fault> {
    let broken = || Fault::internal(format_args!("a sealed address ({}) does not open", way.code()));
    let (version, rest) = text.split_once('.').ok_or_else(broken)?;
    let version: u32 = version.parse().map_err(|_| broken())?;
    let bytes = hex::decode(rest).map_err(|_| broken())?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES).ok_or_else(broken)?;
    let secret = vault(world)?.secret_version(&vault::Purpose::PersonalData, version)?.ok_or_else(broken)?;
    let key = SealKey::from_bytes(&secret.bytes).ok_or_else(broken)?;
    let plain = key.open(nonce, sealed, with(person, way).as_bytes()).ok_or_else(broken)?;
    String::from_utf8(plain).map_err(|_| broken())
}

fn with(person: SubjectId, way: Channel) -> String {
    format!("messages {} {person}", way.code())
}

pub(crate) fn vault(world: &World) -> Result<std::sync::Arc<Vault>, Fault> {
    world.parts.get::<Vault>().ok_or_else(|| Fault::internal("no key store was installed"))
}

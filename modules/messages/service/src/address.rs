//! Where to: the telephone number from the records, mail address and OpenID sealed in the person's own row. Opened only
//! to be used, and for the record with a reason.

use access_service::Visit;
use kernel::id::{ApplicationId, SubjectId};
use messages::Channel;
use platform::sealed::{self, Sealing};
use platform::vault::Vault;
use platform::{Fault, World};
use records::Purpose;

use crate::store::wish::{self, Model};

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
        Channel::Wechat => opened(row.and_then(|row| row.wechat.as_deref()), &visit.world, person, way),
        Channel::Mail => {
            let confirmed = row.filter(|row| row.mail_confirmed_at.is_some());
            opened(confirmed.and_then(|row| row.mail.as_deref()), &visit.world, person, way)
        }
    }
}

fn opened(text: Option<&str>, world: &World, person: SubjectId, way: Channel) -> Result<Option<String>, Fault> {
    text.map(|text| open(world, person, way, text)).transpose()
}

/// Seals an address of this person for this way; it opens for no other person and no other way.
pub(crate) fn seal(world: &World, person: SubjectId, way: Channel, plain: &str) -> Result<String, Fault> {
    sealed::seal_value::<wish::Entity>(world.db.reader().sealer(), column(way)?, person.uuid(), plain)
}

/// Opens it.
pub(crate) fn open(world: &World, person: SubjectId, way: Channel, text: &str) -> Result<String, Fault> {
    sealed::open_value::<wish::Entity>(world.db.reader().sealer(), column(way)?, person.uuid(), text.to_owned())
}

fn column(way: Channel) -> Result<wish::Column, Fault> {
    match way {
        Channel::Mail => Ok(wish::Column::Mail),
        Channel::Wechat => Ok(wish::Column::Wechat),
        Channel::Portal | Channel::Sms => Err(Fault::internal(format_args!("{} has no address here", way.code()))),
    }
}

pub(crate) fn vault(world: &World) -> Result<std::sync::Arc<Vault>, Fault> {
    world.parts.get::<Vault>().ok_or_else(|| Fault::internal("no key store was installed"))
}

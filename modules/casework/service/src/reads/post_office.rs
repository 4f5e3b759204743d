//! Where papers for an application are sent.

use access_service::Visit;
use casework::READ;
use catalog::model::Hall;
use kernel::id::ApplicationId;
use platform::Fault;

use crate::acts::Matter;
use crate::pins;
use crate::sendable::hall;
use crate::store::Which;

/// The hall that opens the parcels of this application; none where the district has no hall.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn post_office(visit: &Visit, application: ApplicationId) -> Result<Option<Hall>, Fault> {
    let shelf = pins::shelf(&visit.world)?;
    let matter = Matter::look(visit, &shelf, Which::Application(application)).await?;
    visit.allow(READ, &matter.resource())?;
    Ok(hall(&matter, &shelf).cloned())
}

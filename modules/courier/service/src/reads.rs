//! Questions: the parcels of an application, and those that somebody has to see to.

use access::Resource;
use access_service::Visit;
use chrono::{DateTime, Utc};
use courier::{Direction, MEND, Payer, READ, Scan, State};
use kernel::id::{ApplicationId, SubjectId};
use platform::Fault;
use platform::sealed::Sealing;
use serde::Serialize;

use crate::ShipmentId;
use crate::store::{Model, shipment_find, shipment_list, shipment_troubled};

/// A parcel as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShipmentView {
    pub id: ShipmentId,
    /// 寄递单号
    pub number: String,
    /// 物流单号, once the courier has taken the order.
    pub tracking: Option<String>,
    pub application: ApplicationId,
    pub direction: Direction,
    pub state: State,
    pub sender: String,
    pub recipient: String,
    /// Masked.
    pub phone: String,
    pub address: String,
    pub contents: Vec<String>,
    pub payer: Payer,
    pub created_at: DateTime<Utc>,
    /// The newest first.
    pub scans: Vec<Scan>,
    pub troubled: bool,
    /// The parcel that was sent in its place.
    pub replaced_by: Option<String>,
}

/// A parcel as policies see it.
pub(crate) fn resource(row: &Model) -> Resource {
    let resource = Resource::of("shipment").in_region(&row.region);
    let resource = resource.owned_by(SubjectId::from_uuid(row.subject).to_string());
    match row.agent_subject {
        Some(agent) => resource.owned_by(SubjectId::from_uuid(agent).to_string()),
        None => resource,
    }
}

/// The parcels of an application that the visitor may see.
///
/// # Errors
/// Those of the database.
pub async fn shipments(visit: &Visit, application: ApplicationId) -> Result<Vec<ShipmentView>, Fault> {
    let rows = shipment_list(visit.world.db.reader(), application).await?;
    rows.iter().filter(|row| visit.may(READ, &resource(row))).map(view).collect()
}

/// Who signed for a parcel, for the module that hands over what is in it; nothing until somebody has.
///
/// # Errors
/// Those of the database.
pub async fn signer(on: &impl Sealing, id: ShipmentId) -> Result<Option<String>, Fault> {
    let Some(row) = shipment_find(on, id).await? else { return Ok(None) };
    Ok(row.shipment()?.signature().map(|(signer, _)| signer.to_owned()))
}

/// One parcel.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn shipment(visit: &Visit, id: ShipmentId) -> Result<ShipmentView, Fault> {
    let row = shipment_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(READ, &resource(&row))?;
    view(&row)
}

/// Those that came back or were lost, and that the visitor may send again.
///
/// # Errors
/// Those of the database.
pub async fn troubled(visit: &Visit) -> Result<Vec<ShipmentView>, Fault> {
    let rows = shipment_troubled(visit.world.db.reader()).await?;
    rows.iter().filter(|row| visit.may(MEND, &resource(row))).map(view).collect()
}

fn view(row: &Model) -> Result<ShipmentView, Fault> {
    let shipment = row.shipment()?;
    let mut scans = shipment.scans.clone();
    scans.sort_by_key(|scan| std::cmp::Reverse(scan.at));
    Ok(ShipmentView {
        id: ShipmentId::from_uuid(row.id),
        number: row.number.clone(),
        application: ApplicationId::from_uuid(row.application),
        direction: row.direction()?,
        state: shipment.state(),
        sender: row.sender.clone(),
        recipient: row.recipient.clone(),
        phone: kernel::mask::mask_phone(&row.phone),
        address: row.address.clone(),
        contents: row.contents()?,
        payer: row.payer()?,
        created_at: row.created_at,
        scans,
        troubled: shipment.is_troubled(),
        replaced_by: shipment.replaced_by.clone(),
        tracking: shipment.tracking,
    })
}

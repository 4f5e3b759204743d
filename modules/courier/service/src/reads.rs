//! Questions: the parcels of an application, those that somebody has to see to, those that come to a hall, and what was in
//! them.

use std::collections::BTreeMap;

use access::Resource;
use access_service::Visit;
use chrono::{DateTime, NaiveDate, Utc};
use courier::{COUNT, Direction, Incoming, MEND, Payer, READ, Scan, ScanKind, State, Way};
use kernel::id::{ApplicationId, SubjectId};
use platform::Fault;
use platform::clock::china_day;
use platform::sealed::Sealing;
use serde::Serialize;

use crate::ShipmentId;
use crate::store::{Model, shipment_find, shipment_list, shipment_of_hall, shipment_troubled};

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
    /// What makes it one to the hall.
    pub incoming: Option<Incoming>,
}

impl ShipmentView {
    /// Where it is, in a word.
    pub fn state_word(&self) -> &'static str {
        match &self.incoming {
            Some(incoming) if incoming.count.is_some() => "大厅已清点",
            Some(incoming) if incoming.missed.is_some() => "大厅没有收到",
            Some(_) if self.state == State::Signed => "大厅已签收，等待清点",
            Some(incoming) if incoming.way == Way::Own && self.scans.is_empty() => "已寄出",
            _ => self.state.label(),
        }
    }

    /// Whether it waits to be opened: the hall has it.
    pub fn is_to_open(&self) -> bool {
        self.state == State::Signed && self.incoming.as_ref().is_some_and(Incoming::waits)
    }

    /// The day the hall signed for it.
    pub fn signed_on(&self) -> Option<NaiveDate> {
        self.scans.iter().find(|scan| scan.kind == ScanKind::Signed).map(|scan| china_day(scan.at))
    }
}

/// A parcel as policies see it.
pub(crate) fn resource(row: &Model) -> Resource {
    let resource = Resource::of("shipment").in_region(&row.region);
    let resource = resource.owned_by(SubjectId::from_uuid(row.subject).to_string());
    let resource = match &row.hall {
        Some(hall) => resource.of_hall(hall.as_str()),
        None => resource,
    };
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

/// What comes or has come to the visitor's hall: what waits to be opened first, then what is on its way, then the rest.
///
/// # Errors
/// [`Fault::NotAllowed`] for whoever opens no parcels.
pub async fn incoming(visit: &Visit) -> Result<Vec<ShipmentView>, Fault> {
    let hall = visit.actor.hall().unwrap_or_default();
    visit.allow(COUNT, &Resource::of("shipment").of_hall(hall))?;
    let rows = shipment_of_hall(visit.world.db.reader(), hall).await?;
    let mut views: Vec<ShipmentView> = rows.iter().map(view).collect::<Result<_, _>>()?;
    let waits = |one: &ShipmentView| one.incoming.as_ref().is_some_and(Incoming::waits);
    views.sort_by_key(|one| (!one.is_to_open(), !waits(one)));
    Ok(views)
}

/// Whether the visitor may open this parcel.
pub fn may_count(visit: &Visit, parcel: &ShipmentView) -> bool {
    let hall = parcel.incoming.as_ref().map(|incoming| incoming.hall.as_str());
    hall.is_some_and(|hall| visit.may(COUNT, &Resource::of("shipment").of_hall(hall)))
}

/// The lines of the papers that came to the hall for an application, each with the day since which it counts; in the
/// transaction of whoever lets them count.
///
/// # Errors
/// Those of the database.
pub async fn arrived(on: &impl Sealing, application: ApplicationId) -> Result<BTreeMap<String, NaiveDate>, Fault> {
    let mut arrived = BTreeMap::new();
    for row in shipment_list(on, application).await? {
        let Some(count) = row.shipment()?.incoming.and_then(|incoming| incoming.count) else { continue };
        arrived.extend(count.arrived.into_iter().map(|line| (line, count.received_on)));
    }
    Ok(arrived)
}

/// Since when the hall has had a parcel of this application that nobody has opened; none when there is no such parcel.
///
/// # Errors
/// Those of the database.
pub async fn unopened_since(on: &impl Sealing, application: ApplicationId) -> Result<Option<NaiveDate>, Fault> {
    let mut since = None;
    for row in shipment_list(on, application).await? {
        let shipment = row.shipment()?;
        if shipment.incoming.as_ref().is_some_and(Incoming::waits) {
            since = since.into_iter().chain(shipment.signature().map(|(_, at)| china_day(at))).min();
        }
    }
    Ok(since)
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
        incoming: shipment.incoming,
    })
}

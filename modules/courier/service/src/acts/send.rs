//! 寄送: a parcel is handed to the courier; the courier hears of it after the commit.

use courier::{Direction, Payer, Shipment};
use kernel::codes::iso7064;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use kernel::refusal::Refusal;
use platform::{Fault, JournalEntry, OutboxEvent, Tx};
use serde_json::json;

use crate::store::{Model, shipment_insert, shipment_list};
use crate::{ShipmentId, jobs};

/// A parcel about to be sent.
#[derive(Debug, Clone)]
pub struct NewShipment {
    pub application: ApplicationId,
    pub subject: SubjectId,
    pub agent: Option<SubjectId>,
    pub region: String,
    pub direction: Direction,
    pub sender: String,
    pub recipient: String,
    pub phone: String,
    pub address: String,
    /// What is inside, as people read it.
    pub contents: Vec<String>,
    /// The cases whose results are inside.
    pub cases: Vec<CaseId>,
    pub payer: Payer,
    /// Who sends it: account and name.
    pub actor: (String, String),
}

/// Orders it in the caller's transaction, and gives its number. It takes a number from a counter, which others wait for.
///
/// # Errors
/// `courier.no-address`; `courier.under-way` while another parcel of the application goes the same way.
pub async fn send(tx: &Tx, new: NewShipment) -> Result<String, Fault> {
    if [&new.recipient, &new.phone, &new.address].iter().any(|text| text.trim().is_empty()) {
        return Err(Refusal::new("courier.no-address", "deliver-otherwise").into());
    }
    for row in shipment_list(tx.conn(), new.application).await? {
        if row.direction()? == new.direction && row.shipment()?.is_under_way() {
            return Err(Refusal::new("courier.under-way", "follow-parcel").fact("number", row.number).into());
        }
    }
    let number = number(tx, &new.region).await?;
    let (account, name) = new.actor;
    let id: ShipmentId = tx.new_id();
    let row = Model {
        id: id.uuid(),
        number: number.clone(),
        application: new.application.uuid(),
        subject: new.subject.uuid(),
        agent_subject: new.agent.map(SubjectId::uuid),
        region: new.region,
        direction: new.direction.word().to_owned(),
        sender: new.sender,
        recipient: new.recipient.trim().to_owned(),
        phone: new.phone.trim().to_owned(),
        address: new.address.trim().to_owned(),
        contents: serde_json::to_string(&new.contents)?,
        cases: serde_json::to_string(&new.cases)?,
        payer: new.payer.word().to_owned(),
        facts: serde_json::to_string(&Shipment::new(number.clone()))?,
        troubled: false,
        hall: None,
        created_at: tx.now(),
    };
    put(tx, row, &account, &name).await?;
    Ok(number)
}

/// Writes a parcel, records it and leaves the calls.
pub(super) async fn put(tx: &Tx, row: Model, account: &str, name: &str) -> Result<(), Fault> {
    let id = ShipmentId::from_uuid(row.id);
    let facts = json!({ "number": row.number, "contents": row.contents()?, "name": name });
    tx.record(JournalEntry::new(row.application, account, "courier.sent", id).holding(&facts));
    let told = json!({ "application": ApplicationId::from_uuid(row.application), "number": row.number });
    tx.publish(OutboxEvent::new("courier.sent", id).holding(&told));
    tx.schedule(jobs::ordering(id));
    tx.schedule(jobs::tracking(tx.now(), id));
    shipment_insert(tx.conn(), row).await
}

/// 寄递单号: K, area 6, day 6, serial 6, check digit of MOD 11,10.
pub(super) async fn number(tx: &Tx, region: &str) -> Result<String, Fault> {
    let area = format!("{:0<6}", region.chars().take(6).collect::<String>());
    let day = tx.today().format("%y%m%d");
    let serial = tx.number(&format!("courier/{area}/{day}")).await?;
    let digits = format!("{area}{day}{serial:06}");
    let check = iso7064::mod_11_10(&digits).ok_or_else(|| Fault::internal(format_args!("area {area} is no code")))?;
    Ok(format!("K{digits}{check}"))
}

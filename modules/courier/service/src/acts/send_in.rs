//! 寄件到大厅: a parcel from the applicant, fetched by the courier or sent by themselves; the courier hears of it after the
//! commit.

use courier::{Direction, Enclosed, Incoming, Payer, Shipment, Way};
use kernel::id::{ApplicationId, SubjectId};
use kernel::refusal::Refusal;
use platform::{Fault, JournalEntry, Tx};
use serde_json::json;

use super::send::number;
use crate::store::{Model, shipment_insert, shipment_list};
use crate::{ShipmentId, jobs};

/// Characters of a parcel number of somebody else's.
const TRACKING: std::ops::RangeInclusive<usize> = 6..=32;

/// A parcel about to come.
#[derive(Debug, Clone)]
pub struct NewIncoming {
    pub application: ApplicationId,
    pub subject: SubjectId,
    pub agent: Option<SubjectId>,
    pub region: String,
    /// The hall's id, name, address and phone.
    pub hall: (String, String, String, String),
    pub enclosed: Vec<Enclosed>,
    pub coming: Coming,
    pub payer: Payer,
    /// The account of who sends it.
    pub actor: String,
}

/// How it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coming {
    /// The courier fetches it there.
    PickUp { name: String, phone: String, address: String },
    /// It is on its way already: who carries it, and under which number.
    Own { carrier: String, tracking: String },
}

/// Puts it down in the caller's transaction, and gives its number.
///
/// # Errors
/// `courier.no-pick-up` where it cannot be fetched, `courier.no-tracking` where its number is none; `courier.under-way` while
/// another parcel of the application is on its way to the hall.
pub async fn send_in(tx: &Tx, new: NewIncoming) -> Result<String, Fault> {
    let (way, carrier, tracking, person) = parts(new.coming)?;
    for row in shipment_list(tx.conn(), new.application).await? {
        let shipment = row.shipment()?;
        let waits = shipment.incoming.as_ref().is_some_and(Incoming::waits);
        if row.direction()? == Direction::In && waits && !shipment.is_troubled() {
            return Err(Refusal::new("courier.under-way", "follow-incoming").fact("number", row.number).into());
        }
    }
    let number = number(tx, &new.region).await?;
    let (hall, hall_name, hall_address, hall_phone) = new.hall;
    let incoming = Incoming {
        way,
        hall: hall.clone(),
        hall_name: hall_name.clone(),
        hall_address,
        hall_phone,
        carrier,
        enclosed: new.enclosed,
        count: None,
        missed: None,
    };
    let contents: Vec<&str> = incoming.enclosed.iter().map(|one| one.name.as_str()).collect();
    let id: ShipmentId = tx.new_id();
    let facts = json!({ "number": number, "contents": contents, "way": way });
    tx.record(JournalEntry::new(new.application, &new.actor, "courier.sent-in", id).holding(&facts));
    let (name, phone, address) = person;
    let row = Model {
        id: id.uuid(),
        number: number.clone(),
        application: new.application.uuid(),
        subject: new.subject.uuid(),
        agent_subject: new.agent.map(SubjectId::uuid),
        region: new.region,
        direction: Direction::In.word().to_owned(),
        sender: hall_name,
        recipient: name,
        phone,
        address,
        contents: serde_json::to_string(&contents)?,
        cases: "[]".to_owned(),
        payer: if way == Way::Own { Payer::Sender } else { new.payer }.word().to_owned(),
        facts: serde_json::to_string(&Shipment {
            tracking,
            incoming: Some(incoming),
            ..Shipment::new(number.clone())
        })?,
        troubled: false,
        hall: Some(hall),
        created_at: tx.now(),
    };
    tx.schedule(jobs::ordering(id));
    tx.schedule(jobs::tracking(tx.now(), id));
    shipment_insert(tx.conn(), row).await?;
    Ok(number)
}

type Parts = (Way, Option<String>, Option<String>, (String, String, String));

fn parts(coming: Coming) -> Result<Parts, Refusal> {
    match coming {
        Coming::PickUp { name, phone, address } => {
            let person = [name, phone, address].map(|text| text.trim().to_owned());
            if person.iter().any(String::is_empty) {
                return Err(Refusal::new("courier.no-pick-up", "complete-address"));
            }
            let [name, phone, address] = person;
            Ok((Way::PickUp, None, None, (name, phone, address)))
        }
        Coming::Own { carrier, tracking } => {
            let tracking: String = tracking.chars().filter(|letter| !letter.is_whitespace()).collect();
            let fits = tracking.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if !fits || !TRACKING.contains(&tracking.len()) || carrier.trim().is_empty() {
                return Err(Refusal::new("courier.no-tracking", "check-tracking"));
            }
            Ok((Way::Own, Some(carrier.trim().to_owned()), Some(tracking.to_ascii_uppercase()), Default::default()))
        }
    }
}

//! What casework, fees and the courier module say, and what people are told of it.

use access_service::Visit;
use casework_service::reads::{case_heading, heading};
use catalog_service::Shelf;
use courier::{Direction, Finding};
use fees_service::OrderId;
use kernel::id::{ApplicationId, CaseId};
use messages::Kind;
use platform::queue::Delivery;
use platform::{Fault, Listener, World};

use crate::acts::{Tell, tell};
use crate::heard::{Heard, HeardFee, HeardParcel};

/// What is heard, and the name of each listener in the queue's marks.
const TOPICS: &[(&str, &str)] = &[
    ("casework.application-opened", "messages.application-opened"),
    ("casework.application-ready", "messages.application-ready"),
    ("casework.accepted", "messages.accepted"),
    ("casework.deemed-accepted", "messages.deemed-accepted"),
    ("casework.correction-noticed", "messages.correction-noticed"),
    ("casework.correction-answered", "messages.correction-answered"),
    ("casework.correction-lapsed", "messages.correction-lapsed"),
    ("casework.acceptance-refused", "messages.acceptance-refused"),
    ("casework.accepted-tolerantly", "messages.accepted-tolerantly"),
    ("casework.gap-lapsed", "messages.gap-lapsed"),
    ("casework.special-begun", "messages.special-begun"),
    ("casework.special-ended", "messages.special-ended"),
    ("casework.hearing-offered", "messages.hearing-offered"),
    ("casework.hearing-announced", "messages.hearing-announced"),
    ("casework.extended", "messages.extended"),
    ("casework.commitment-withdrawn", "messages.commitment-withdrawn"),
    ("casework.decided", "messages.decided"),
    ("casework.prerequisite-failed", "messages.prerequisite-failed"),
    ("casework.delivered", "messages.delivered"),
    ("casework.deemed-renewed", "messages.deemed-renewed"),
    ("casework.evidence-missed", "messages.evidence-missed"),
    ("casework.commitment-checked", "messages.commitment-checked"),
    ("casework.revoked", "messages.revoked"),
    ("casework.cancelled", "messages.cancelled"),
    ("casework.withdrawn", "messages.withdrawn"),
];

/// What is heard of money.
const FEE_TOPICS: &[(&str, &str)] = &[
    ("fees.order-issued", "messages.fee-due"),
    ("fees.paid", "messages.fee-paid"),
    ("fees.refunded", "messages.fee-returned"),
];

/// What is heard of parcels.
const PARCEL_TOPICS: &[(&str, &str)] = &[
    (courier_service::SIGNED, "messages.parcel-arrived"),
    (courier_service::COUNTED, "messages.parcel-counted"),
    ("courier.troubled", "messages.parcel-lost"),
];

/// Everything this module hears.
pub fn listeners() -> Vec<Listener> {
    let cases = TOPICS.iter().map(|(topic, name)| Listener::new(topic, name, hear));
    let fees = FEE_TOPICS.iter().map(|(topic, name)| Listener::new(topic, name, hear_fee));
    let parcels = PARCEL_TOPICS.iter().map(|(topic, name)| Listener::new(topic, name, hear_parcel));
    cases.chain(fees).chain(parcels).collect()
}

async fn hear(world: World, event: Delivery) -> Result<(), Fault> {
    let heard: Heard = event.facts()?;
    let Some(kind) = Kind::of_event(&event.topic, heard.outcome.as_deref()) else { return Ok(()) };
    let (application, case) = match heard.application {
        Some(application) if !kind.is_of_whole() => {
            (application, Some(event.subject.parse::<CaseId>().map_err(Fault::internal)?))
        }
        Some(application) => (application, None),
        None => (event.subject.parse::<ApplicationId>().map_err(Fault::internal)?, None),
    };
    let visit = Visit::system(&world);
    let facts = heard.facts(&world.part::<Shelf>(), visit.today());
    let (source, at, people, due) = (event.id, event.at, heard.people(), heard.due);
    let order = Tell { source, at, kind, people, application, case, facts, due };
    tell(&visit, order).await
}

/// Fees knows the order and its case; whose case it is, casework says.
async fn hear_fee(world: World, event: Delivery) -> Result<(), Fault> {
    let fee: HeardFee = event.facts()?;
    let Some(kind) = Kind::of_event(&event.topic, None).filter(|_| fee.counts) else { return Ok(()) };
    let visit = Visit::system(&world);
    if kind == Kind::FeeDue && !is_still_owed(&visit, &event).await? {
        return Ok(());
    }
    let of = case_heading(&visit, fee.case).await?;
    let application = of.application;
    let heard = Heard { due: fee.due, fen: Some(fee.fen), ..Heard::about(of) };
    let order = Tell {
        source: event.id,
        at: event.at,
        kind,
        people: heard.people(),
        application,
        case: Some(fee.case),
        facts: heard.facts(&world.part::<Shelf>(), visit.today()),
        due: fee.due,
    };
    tell(&visit, order).await
}

/// What comes to the hall. What goes out is told by the case whose result is inside.
async fn hear_parcel(world: World, event: Delivery) -> Result<(), Fault> {
    let parcel: HeardParcel = event.facts()?;
    let kind = Kind::of_parcel(&event.topic, parcel.finding == Some(Finding::Whole));
    let Some(kind) = kind.filter(|_| parcel.direction == Direction::In) else { return Ok(()) };
    let visit = Visit::system(&world);
    let heard = Heard::about(heading(&visit, parcel.application).await?);
    let order = Tell {
        source: event.id,
        at: event.at,
        kind,
        people: heard.people(),
        application: parcel.application,
        case: None,
        facts: heard.facts(&world.part::<Shelf>(), visit.today()),
        due: None,
    };
    tell(&visit, order).await
}

/// Whether the order still waits for money: nobody shall be asked to pay what was paid or cancelled before they were told.
async fn is_still_owed(visit: &Visit, event: &Delivery) -> Result<bool, Fault> {
    let order: OrderId = event.subject.parse().map_err(Fault::internal)?;
    Ok(fees_service::reads::order(visit, order).await?.is_open())
}

//! 邮寄送达: everything that is ready goes to the applicant by courier, and is delivered when somebody signs for it.

use access_service::Visit;
use casework::{DELIVER, DeliveryMethod};
use catalog::model::ParcelPayer;
use chrono::{DateTime, Utc};
use courier::{Direction, Payer};
use courier_service::ShipmentId;
use courier_service::acts::{NewShipment, send};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use kernel::refusal::Refusal;
use platform::clock::china_day;
use platform::{Fault, RequestKey};
use serde::Deserialize;

use super::done::{Done, answer};
use super::hand_over::{deliver, ready};
use super::matter::Matter;
use crate::pins;
use crate::store::Which;

/// Send the results of this application.
#[derive(Debug, Clone)]
pub struct SendByMail {
    pub application: ApplicationId,
}

/// Sends them. Nothing is delivered yet: the ten days of article 44 go on until the courier has a signature.
///
/// # Errors
/// `courier.no-address` when the applicant has not chosen the mail; `courier.under-way`; those of
/// [`hand_over`](super::hand_over()).
pub async fn send_by_mail(visit: &Visit, key: Option<&RequestKey>, order: SendByMail) -> Result<Done, Fault> {
    let (shelf, which) = (pins::shelf(&visit.world)?, Which::Application(order.application));
    let outcome = visit.write(key, async |tx| {
        let matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(DELIVER, &matter.resource())?;
        let ready = ready(&matter)?;
        let delivery = matter.head.delivery()?;
        if delivery.method != DeliveryMethod::Mail {
            return Err(Refusal::new("courier.no-address", "deliver-otherwise").into());
        }
        let catalog = shelf.catalog();
        let hall = visit.actor.hall().and_then(|hall| catalog.halls.get(hall)).map(|hall| hall.name.clone());
        let inside = |case: &CaseId| matter.place(*case).ok().map(|at| matter.members[at].row.item_name.clone());
        let parcel = NewShipment {
            application: order.application,
            subject: SubjectId::from_uuid(matter.head.subject),
            agent: matter.head.agent_subject.map(SubjectId::from_uuid),
            region: matter.head.region.clone(),
            direction: Direction::Out,
            sender: hall.unwrap_or_else(|| catalog.district.title.clone()),
            recipient: delivery.recipient.unwrap_or_else(|| matter.head.applicant.clone()),
            phone: delivery.phone.or_else(|| matter.head.phone.clone()).unwrap_or_default(),
            address: delivery.address.unwrap_or_default(),
            contents: ready.iter().filter_map(inside).collect(),
            cases: ready,
            payer: match catalog.district.parcels {
                ParcelPayer::Government => Payer::Government,
                ParcelPayer::Receiver => Payer::Receiver,
            },
            actor: (visit.actor.id.clone(), visit.actor.name.clone()),
        };
        send(&tx, parcel).await?;
        Ok(matter.state(false))
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// A parcel that was signed for, as the courier module tells it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SignedParcel {
    application: ApplicationId,
    direction: Direction,
    cases: Vec<CaseId>,
    at: DateTime<Utc>,
}

/// Delivers what was in a parcel, on the day it was signed for and to whoever signed. What has been handed over
/// otherwise meanwhile is left alone.
pub(crate) async fn deliver_by_mail(
    visit: &Visit,
    key: &RequestKey,
    (id, parcel): (ShipmentId, SignedParcel),
) -> Result<(), Fault> {
    if parcel.direction != Direction::Out {
        return Ok(());
    }
    let (shelf, which, parcel) = (pins::shelf(&visit.world)?, Which::Application(parcel.application), &parcel);
    let outcome = visit.write(Some(key), async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let waits = |case: &CaseId| {
            let at = matter.place(*case).ok();
            at.is_some_and(|at| matter.members[at].case.delivered.is_none())
        };
        let cases: Vec<CaseId> = parcel.cases.iter().copied().filter(waits).collect();
        if cases.is_empty() {
            return Ok(());
        }
        let signer = courier_service::reads::signer(tx.conn(), id).await?.unwrap_or_default();
        matter.on_day(china_day(parcel.at));
        deliver(&tx, &mut matter, cases, DeliveryMethod::Mail, &signer, None)?;
        matter.finish(&tx, visit).await.map(|_| ())
    });
    match outcome.await {
        // Handed over or taken back while the courier was on the way.
        Ok(()) | Err(Fault::Refusal(_) | Fault::Repeated(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

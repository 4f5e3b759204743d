//! 寄件到大厅: the applicant sends papers by post instead of bringing them.

use access_service::Visit;
use catalog::model::ParcelPayer;
use courier::{Enclosed, Payer, SEND_IN};
use courier_service::acts::{Coming, NewIncoming, send_in};
use kernel::id::{ApplicationId, SubjectId};
use kernel::refusal::Refusal;
use platform::{Fault, FieldFault, RequestKey};

use super::done::{Done, answer};
use super::matter::Matter;
use crate::pins;
use crate::sendable::{hall, sendable};
use crate::store::Which;

/// Send these papers.
#[derive(Debug, Clone)]
pub struct SendToHall {
    pub application: ApplicationId,
    /// `paper:…`
    pub lines: Vec<String>,
    pub coming: Coming,
}

/// Puts the parcel down. Nothing counts as handed in yet: that is the hall's to say, when it has opened it.
///
/// # Errors
/// [`Fault::Invalid`] of `lines` with `required` when nothing is chosen and `not-asked` for what is not wanted or is there
/// already; `courier.no-hall`; those of [`send_in`]; [`Fault::NotAllowed`], [`Fault::NotFound`].
pub async fn send_to_hall(visit: &Visit, key: Option<&RequestKey>, order: SendToHall) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(SEND_IN, &matter.resource())?;
        let offered = sendable(tx.conn(), &matter).await?;
        if order.lines.is_empty() {
            return Err(Fault::field("lines", "required"));
        }
        if !order.lines.iter().all(|line| offered.iter().any(|one| one.line == *line)) {
            return Err(Fault::Invalid(vec![FieldFault::new("lines", "not-asked")]));
        }
        let hall = hall(&matter, &shelf).ok_or_else(|| Refusal::new("courier.no-hall", "go-to-hall"))?;
        let enclosed = offered.into_iter().filter(|one| order.lines.contains(&one.line));
        let parcel = NewIncoming {
            application: order.application,
            subject: SubjectId::from_uuid(matter.head.subject),
            agent: matter.head.agent_subject.map(SubjectId::from_uuid),
            region: matter.head.region.clone(),
            hall: (
                hall.id.to_string(),
                hall.name.clone(),
                hall.address.clone(),
                hall.phone.clone().unwrap_or_default(),
            ),
            enclosed: enclosed.map(|one| Enclosed { line: one.line, name: one.name }).collect(),
            coming: order.coming.clone(),
            payer: match shelf.catalog().district.parcels {
                ParcelPayer::Government => Payer::Government,
                ParcelPayer::Receiver => Payer::Sender,
            },
            actor: visit.actor.id.clone(),
        };
        send_in(&tx, parcel).await?;
        Ok(matter.state(false))
    });
    answer(visit, &shelf, which, outcome.await).await
}

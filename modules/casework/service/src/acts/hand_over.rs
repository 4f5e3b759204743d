//! 统一出件: all results of an application at once.

use access_service::Visit;
use casework::application::{Handover, handover};
use casework::{DELIVER, DeliveryMethod, Officer, Order};
use kernel::id::{ApplicationId, CaseId};
use platform::{Fault, RequestKey, Tx};

use super::done::{Done, answer};
use super::matter::Matter;
use super::record;
use crate::store::Which;
use crate::{Delivery, pins, refusals};

/// Hand over the results of this application.
#[derive(Debug, Clone)]
pub struct HandOver {
    pub application: ApplicationId,
    pub how: DeliveryMethod,
    /// Who signs for them.
    pub to: String,
}

/// Hands over everything that is ready, licences and refusals alike. While cases are under way, only what the law does
/// not let wait any longer goes out.
///
/// # Errors
/// `casework.results-open`, `casework.nothing-to-hand-over`; [`Fault::NotAllowed`], [`Fault::NotFound`].
pub async fn hand_over(visit: &Visit, key: Option<&RequestKey>, order: HandOver) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(DELIVER, &matter.resource())?;
        let ready = ready(&matter)?;
        let by = Officer::of(&visit.actor);
        deliver(&tx, &mut matter, ready, order.how, order.to.trim(), by)?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// Electronic delivery by the platform itself, for who chose it. Nothing happens for others, or when it was done.
pub(crate) async fn deliver_electronically(
    visit: &Visit,
    key: &RequestKey,
    application: ApplicationId,
) -> Result<(), Fault> {
    let (shelf, which) = (pins::shelf(&visit.world)?, Which::Application(application));
    let now = Matter::look(visit, &shelf, which).await?;
    if now.head.delivery()?.method != DeliveryMethod::Electronic || ready(&now).is_err() {
        return Ok(());
    }
    let outcome = visit.write(Some(key), async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let ready = ready(&matter)?;
        let to = matter.head.delivery()?.recipient.unwrap_or_else(|| matter.head.applicant.clone());
        deliver(&tx, &mut matter, ready, DeliveryMethod::Electronic, &to, None)?;
        matter.finish(&tx, visit).await
    });
    match outcome.await {
        // Somebody at the window was quicker.
        Ok(_) | Err(Fault::Refusal(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

pub(super) fn deliver(
    tx: &Tx,
    matter: &mut Matter<'_>,
    ready: Vec<CaseId>,
    how: DeliveryMethod,
    to: &str,
    by: Option<Officer>,
) -> Result<(), Fault> {
    let to = record::seal_receiver(tx.conn(), matter.head.id, to)?;
    let order = Order::Deliver { how, to, by };
    for case in ready {
        let at = matter.place(case)?;
        matter.order(at, &order)?;
    }
    Ok(())
}

/// The cases whose results can go out now.
pub(super) fn ready(matter: &Matter<'_>) -> Result<Vec<CaseId>, Fault> {
    match handover(&matter.siblings(), matter.today()) {
        Handover::Ready { deliver } | Handover::Pressing { deliver, .. } => Ok(deliver),
        Handover::NotYet { open } => {
            let is_open = |member: &&super::Handled<'_>| open.contains(&member.case.id);
            let names: Vec<&str> =
                matter.members.iter().filter(is_open).map(|member| member.row.item_name.as_str()).collect();
            Err(refusals::RESULTS_OPEN.refuse().fact("items", names.join("、")).into())
        }
        Handover::Done => Err(refusals::NOTHING_TO_HAND_OVER.refuse().into()),
    }
}

impl crate::store::application::Model {
    /// How the applicant wants the results.
    pub(crate) fn delivery(&self) -> Result<Delivery, Fault> {
        Ok(serde_json::from_str(&self.delivery)?)
    }
}

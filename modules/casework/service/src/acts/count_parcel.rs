//! 收件清点: what was in a parcel counts as handed in on the day the hall received it.

use std::collections::BTreeMap;

use access_service::Visit;
use casework::{Case, Order, Status};
use chrono::NaiveDate;
use courier::Said;
use courier_service::ShipmentId;
use courier_service::acts::{application_of, count};
use courier_service::reads::arrived;
use platform::{Fault, RequestKey, Tx};
use records::TrustLevel;

use super::correction_target::CorrectionTarget;
use super::done::{Done, answer};
use super::matter::Matter;
use super::supply_papers::owed;
use super::take_in::{AnsweredPaper, take_in};
use crate::PaperId;
use crate::pins;
use crate::sendable::{asked_of, wanted};
use crate::store::{self, Which, paper_trust};

/// What was inside.
#[derive(Debug, Clone)]
pub struct CountParcel {
    pub parcel: ShipmentId,
    pub said: Said,
}

/// Counts it, and lets every case go on that has now all it waited for. What came too late, or is not all that is asked
/// for, is kept as received and changes nothing else.
///
/// # Errors
/// Those of [`count`]; [`Fault::NotAllowed`] for whoever is not of the hall it went to, [`Fault::NotFound`].
pub async fn count_parcel(visit: &Visit, key: Option<&RequestKey>, order: CountParcel) -> Result<Done, Fault> {
    let (shelf, order) = (pins::shelf(&visit.world)?, &order);
    let application = application_of(visit, order.parcel).await?;
    let which = Which::Application(application);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let counted = count(&tx, visit, order.parcel, &order.said).await?;
        matter.on_day(counted.received_on);
        let here = arrived(tx.conn(), application).await?;
        let (noticed, follows) = wanted(&matter.members);
        for at in 0..matter.members.len() {
            for told in answered_by(&matter, at, &here) {
                match matter.order(at, &told) {
                    // Too late, or ended meanwhile: it was received all the same, and that is on record.
                    Ok(()) | Err(Fault::Refusal(_)) => {}
                    Err(other) => return Err(other),
                }
            }
        }
        let (asked, seen): (Vec<&String>, Vec<&String>) =
            counted.arrived.iter().partition(|line| noticed.contains(*line) || follows.contains(*line));
        let papers: Vec<AnsweredPaper> = asked.into_iter().filter_map(|line| paper(line)).map(on_paper).collect();
        take_in(&tx, visit, &matter, (&papers, &BTreeMap::new())).await?;
        originals_seen(&tx, &matter, seen.into_iter().filter_map(|line| paper(line)).collect());
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

fn paper(line: &str) -> Option<PaperId> {
    match CorrectionTarget::parse(line)? {
        CorrectionTarget::Paper(paper) => Some(paper),
        CorrectionTarget::Field(_) => None,
    }
}

fn on_paper(paper: PaperId) -> AnsweredPaper {
    AnsweredPaper { paper, file: None }
}

/// The orders to a case that what has come by post answers whole. A notice that asks for entries of the form too is
/// answered on its page, where what came by post counts as given.
fn answered_by(matter: &Matter<'_>, at: usize, here: &BTreeMap<String, NaiveDate>) -> Vec<Order> {
    let member = &matter.members[at];
    let case: &Case = &member.case;
    let is_here = |line: &String| here.contains_key(line);
    let (asked, owed) = (asked_of(member), owed(case));
    let mut orders = Vec::new();
    if case.status() == Status::CorrectionNoticed && !asked.is_empty() && asked.iter().all(is_here) {
        orders.push(Order::AnswerCorrection { items: asked.into_iter().collect() });
    }
    if !owed.is_empty() && owed.iter().all(is_here) {
        orders.push(Order::Supply { papers: owed.into_iter().collect() });
    }
    orders
}

/// The file stays; that a clerk has held it against the sheet makes it as reliable as one handed in at the window.
fn originals_seen(tx: &Tx, matter: &Matter<'_>, papers: Vec<PaperId>) {
    if papers.is_empty() {
        return;
    }
    let level =
        |paper: PaperId| paper_trust::Model::new(matter.head.id, paper.uuid(), TrustLevel::of_hand_in(true), None);
    tx.with_commit(store::trust_put(papers.into_iter().map(level).collect()));
}

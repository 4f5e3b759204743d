//! 补交: papers that were allowed to follow, or the evidence of a commitment.

use std::collections::{BTreeMap, BTreeSet};

use access_service::Visit;
use casework::{Case, Order, SUPPLY};
use courier_service::reads::arrived;
use kernel::id::ApplicationId;
use platform::{Fault, FieldFault, RequestKey};

use super::correction_target::CorrectionTarget;
use super::done::{Done, answer};
use super::matter::Matter;
use super::take_in::{AnsweredPaper, take_in};
use crate::pins;
use crate::sendable::of_those;
use crate::store::Which;

/// What was missing is here.
#[derive(Debug, Clone)]
pub struct SupplyPapers {
    pub application: ApplicationId,
    pub papers: Vec<AnsweredPaper>,
}

/// Takes the papers in for every case that still misses any of them.
///
/// # Errors
/// [`Fault::Invalid`] of `paper:…` with `required` for a paper without a file, which only a clerk can take, and
/// `not-asked` for one that nobody misses; [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of
/// [`casework::decide`].
pub async fn supply_papers(visit: &Visit, key: Option<&RequestKey>, order: SupplyPapers) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(SUPPLY, &matter.resource())?;
        let owing: Vec<BTreeSet<String>> = matter.members.iter().map(|member| owed(&member.case)).collect();
        let all: BTreeSet<String> = owing.iter().flatten().cloned().collect();
        let mut given = given(visit, order, &all)?;
        // What came to the hall by post need not be handed in again.
        given.extend(of_those(&arrived(tx.conn(), order.application).await?, &all));
        let told = Order::Supply { papers: given.clone() };
        let mut at: Vec<usize> = (0..owing.len()).filter(|at| given.iter().any(|id| owing[*at].contains(id))).collect();
        if at.is_empty() {
            at.push(0);
        }
        for at in at {
            matter.order(at, &told)?;
        }
        take_in(&tx, visit, &matter, (&order.papers, &BTreeMap::new())).await?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// The papers a case still misses: those that may follow, or what its commitment stands for.
pub(crate) fn owed(case: &Case) -> BTreeSet<String> {
    let evidence = case
        .standing_commitment()
        .filter(|commitment| case.status().phase() == casework::Phase::Granted && commitment.awaits_evidence());
    let evidence = evidence.into_iter().flat_map(|commitment| &commitment.made.papers);
    case.missing_papers().chain(evidence).map(|paper| paper.id.clone()).collect()
}

fn given(visit: &Visit, order: &SupplyPapers, owed: &BTreeSet<String>) -> Result<Vec<String>, Fault> {
    let (mut given, mut faults) = (Vec::new(), Vec::new());
    for paper in &order.papers {
        let line = CorrectionTarget::Paper(paper.paper).to_string();
        if !owed.is_empty() && !owed.contains(&line) {
            faults.push(FieldFault::new(line, "not-asked"));
        } else if paper.file.is_none() && !visit.actor.is_staff() {
            faults.push(FieldFault::new(line, "required"));
        } else {
            given.push(line);
        }
    }
    if faults.is_empty() { Ok(given) } else { Err(Fault::Invalid(faults)) }
}

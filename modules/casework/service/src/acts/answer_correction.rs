//! 补正: the applicant hands in what the notice asked for, all of it at once.

use std::collections::{BTreeMap, BTreeSet};

use access_service::Visit;
use casework::{ANSWER_CORRECTION, Order, Status};
use courier_service::reads::arrived;
use kernel::id::ApplicationId;
use kernel::value::Value;
use platform::{Fault, FieldFault, RequestKey};

use super::correction_target::CorrectionTarget;
use super::done::{Done, answer};
use super::matter::Matter;
use super::take_in::{AnsweredPaper, take_in};
use crate::pins;
use crate::sendable::of_those;
use crate::store::Which;

/// What was asked for is in.
#[derive(Debug, Clone)]
pub struct AnswerCorrection {
    pub application: ApplicationId,
    pub papers: Vec<AnsweredPaper>,
    /// Element code to the new value.
    pub fields: BTreeMap<String, Value>,
}

/// Takes in the corrections for every case that was told to mend something.
///
/// # Errors
/// [`Fault::Invalid`] of `paper:…` or `field:…` with `required` for what came without a file or a value, and `not-asked`
/// for what no notice asked for; [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn answer_correction(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: AnswerCorrection,
) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(ANSWER_CORRECTION, &matter.resource())?;
        let asked = asked(&matter);
        let mut answered = answered(visit, (&order.papers, &order.fields), &asked)?;
        // What came to the hall by post need not be handed in again.
        answered.extend(of_those(&arrived(tx.conn(), order.application).await?, &asked));
        let mut noticed: Vec<usize> = (0..matter.members.len()).filter(|at| is_noticed(&matter, *at)).collect();
        if noticed.is_empty() {
            noticed.push(0);
        }
        for at in noticed {
            matter.order(at, &Order::AnswerCorrection { items: answered.clone() })?;
        }
        take_in(&tx, visit, &matter, (&order.papers, &order.fields)).await?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

fn is_noticed(matter: &Matter<'_>, at: usize) -> bool {
    matter.members[at].case.status() == Status::CorrectionNoticed
}

/// The lines of all notices not yet answered.
fn asked(matter: &Matter<'_>) -> BTreeSet<String> {
    let noticed = matter.members.iter().filter(|member| member.case.status() == Status::CorrectionNoticed);
    let items = noticed.filter_map(|member| member.case.correction.as_ref()).flat_map(|notice| &notice.items);
    items.map(|item| item.id.clone()).collect()
}

/// The lines this answers. While nothing is asked for at all, the rules say so themselves.
pub(super) fn answered(
    visit: &Visit,
    (papers, fields): (&[AnsweredPaper], &BTreeMap<String, Value>),
    asked: &BTreeSet<String>,
) -> Result<Vec<String>, Fault> {
    let mut faults = Vec::new();
    let mut lines = Vec::new();
    let papers = papers.iter().map(|paper| {
        (CorrectionTarget::Paper(paper.paper).to_string(), paper.file.is_some() || visit.actor.is_staff())
    });
    let fields =
        fields.iter().map(|(element, value)| (CorrectionTarget::Field(element.clone()).to_string(), !value.is_blank()));
    for (line, is_given) in papers.chain(fields) {
        if !asked.is_empty() && !asked.contains(&line) {
            faults.push(FieldFault::new(line, "not-asked"));
        } else if !is_given {
            faults.push(FieldFault::new(line, "required"));
        } else {
            lines.push(line);
        }
    }
    if faults.is_empty() { Ok(lines) } else { Err(Fault::Invalid(faults)) }
}

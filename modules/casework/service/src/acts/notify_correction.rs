//! 一次性补正告知: everything there is to mend of an application, told once.

use std::collections::BTreeMap;

use access_service::Visit;
use casework::{CorrectionItem, NOTIFY_CORRECTION, Order};
use catalog_service::Shelf;
use kernel::id::ApplicationId;
use platform::{Fault, FieldFault, RequestKey, Tx};

use super::correction_target::CorrectionTarget;
use super::done::{Done, answer};
use super::matter::{Matter, officer};
use crate::store::{self, Which};
use crate::{PaperId, pins};

/// Tell the applicant what to mend.
#[derive(Debug, Clone)]
pub struct NotifyCorrection {
    pub application: ApplicationId,
    pub lines: Vec<CorrectionLine>,
}

/// One thing to mend.
#[derive(Debug, Clone)]
pub struct CorrectionLine {
    pub target: CorrectionTarget,
    /// What is missing or wrong.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
    /// The law or the line of the guide that asks for it.
    pub basis: Option<String>,
}

/// Sends the notice: each line to every case that uses the paper or asks for the field and is not past acceptance.
///
/// # Errors
/// [`Fault::Invalid`] of `lines.N` with `unknown` for a paper or field that no case of the application uses;
/// [`Fault::NotAllowed`], [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn notify_correction(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: NotifyCorrection,
) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let by = officer(visit)?;
        let told = told_to(&tx, &matter, &shelf, &order.lines).await?;
        for at in told.keys() {
            visit.allow(NOTIFY_CORRECTION, &matter.case_resource(*at))?;
        }
        for (at, items) in open_ones(&matter, told) {
            matter.order(at, &Order::NotifyCorrection { items, by: by.clone() })?;
        }
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// Which case is told what. Without any line the first case hears nothing and says what is wrong with that.
pub(super) async fn told_to(
    tx: &Tx,
    matter: &Matter<'_>,
    shelf: &Shelf,
    lines: &[CorrectionLine],
) -> Result<BTreeMap<usize, Vec<CorrectionItem>>, Fault> {
    let papers = store::paper_list(tx.conn(), matter.head.id).await?;
    let uses = store::paper_use_list(tx.conn(), matter.head.id).await?;
    let mut told: BTreeMap<usize, Vec<CorrectionItem>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let (name, cases) = match &line.target {
            CorrectionTarget::Paper(id) => {
                let paper = papers.iter().find(|paper| PaperId::from_uuid(paper.id) == *id);
                let used_by = |member: &super::Handled<'_>| {
                    uses.iter().any(|one| one.paper == id.uuid() && one.case_id == member.row.id)
                };
                (paper.map(|paper| paper.name.clone()), which(matter, used_by))
            }
            CorrectionTarget::Field(element) => {
                let name = shelf.catalog().elements.get(element.as_str()).map(|element| element.name.clone());
                let asks = |member: &super::Handled<'_>| member.item.fields.iter().any(|one| one.element == **element);
                (name, which(matter, asks))
            }
        };
        let (Some(name), false) = (name, cases.is_empty()) else {
            faults.push(FieldFault::new(format!("lines.{number}"), "unknown"));
            continue;
        };
        let item = CorrectionItem {
            id: line.target.to_string(),
            name,
            reason: line.reason.trim().to_owned(),
            mend: line.mend.trim().to_owned(),
            basis: line.basis.clone(),
        };
        for at in cases {
            told.entry(at).or_default().push(item.clone());
        }
    }
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    if told.is_empty() {
        told.insert(0, Vec::new());
    }
    Ok(told)
}

fn which(matter: &Matter<'_>, wanted: impl Fn(&super::Handled<'_>) -> bool) -> Vec<usize> {
    (0..matter.members.len()).filter(|at| wanted(&matter.members[*at])).collect()
}

/// A paper several cases share is mended for those that are still open to it. Where none is, all stay, and the first
/// says why not.
fn open_ones(matter: &Matter<'_>, told: BTreeMap<usize, Vec<CorrectionItem>>) -> BTreeMap<usize, Vec<CorrectionItem>> {
    let is_past = |at: &usize| {
        let status = matter.members[*at].case.status();
        status.is_accepted() || status.ended_without_licence()
    };
    if told.keys().all(is_past) {
        return told;
    }
    told.into_iter().filter(|(at, _)| !is_past(at)).collect()
}

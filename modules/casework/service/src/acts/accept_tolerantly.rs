//! 容缺受理 of one case: accepted although these secondary papers are missing.

use access_service::Visit;
use casework::{ACCEPT, MissingPaper, Order};
use catalog::Item;
use catalog::model::Need;
use kernel::id::CaseId;
use platform::{Fault, RequestKey, Tx};

use super::correction_target::CorrectionTarget;
use super::done::{Done, answer};
use super::matter::{Handled, Matter, officer};
use crate::paper::{PaperStatus, TOLERATED};
use crate::store::{self, Which, paper, paper_use};
use crate::{PaperId, pins};

/// Accept this case although these papers are missing.
#[derive(Debug, Clone)]
pub struct AcceptTolerantly {
    pub case: CaseId,
    pub papers: Vec<PaperId>,
}

/// Accepts it; the applicant has promised to bring the papers within the days the item gives.
///
/// # Errors
/// [`Fault::Invalid`] of `papers` with `unknown` for a paper the case does not use; [`Fault::NotAllowed`],
/// [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn accept_tolerantly(
    visit: &Visit,
    key: Option<&RequestKey>,
    order: AcceptTolerantly,
) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Case(order.case), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        let at = matter.allowed(visit, ACCEPT, order.case)?;
        let papers = Papers::of(&tx, &matter).await?;
        let missing = order.papers.iter().map(|id| papers.missing(*id, &matter.members[at]));
        let missing: Option<Vec<MissingPaper>> = missing.collect();
        let missing = missing.ok_or_else(|| Fault::field("papers", "unknown"))?;
        matter.order(at, &Order::AcceptTolerantly { papers: missing, by: officer(visit)? })?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

/// The papers of an application and which case uses which, as acceptance looks at them.
pub(super) struct Papers {
    rows: Vec<paper::Model>,
    uses: Vec<paper_use::Model>,
}

impl Papers {
    /// Reads them.
    pub(super) async fn of(tx: &Tx, matter: &Matter<'_>) -> Result<Self, Fault> {
        let rows = store::paper_list(tx.conn(), matter.head.id).await?;
        let uses = store::paper_use_list(tx.conn(), matter.head.id).await?;
        Ok(Self { rows, uses })
    }

    /// How a case is accepted: as it is, or with the papers to follow that the applicant was promised may follow.
    pub(super) fn acceptance(&self, member: &Handled<'_>, by: casework::Officer) -> Order {
        let deferred = |row: &&paper::Model| {
            row.status == PaperStatus::Deferred.word() && row.reason_code.as_deref() == Some(TOLERATED)
        };
        let rows = self.rows.iter().filter(deferred);
        let papers: Vec<_> = rows.filter_map(|row| self.missing(PaperId::from_uuid(row.id), member)).collect();
        if papers.is_empty() { Order::Accept { by } } else { Order::AcceptTolerantly { papers, by } }
    }

    /// A paper as this case misses it; `None` where it does not use it.
    fn missing(&self, id: PaperId, member: &Handled<'_>) -> Option<MissingPaper> {
        let row = self.rows.iter().find(|row| row.id == id.uuid())?;
        let used = self.uses.iter().find(|one| one.paper == row.id && one.case_id == member.row.id)?;
        Some(MissingPaper {
            id: CorrectionTarget::Paper(id).to_string(),
            name: row.name.clone(),
            secondary: is_secondary(&member.item, &used.row_id),
        })
    }
}

/// 次要材料: the item's own list says that it may follow, or is not always needed.
fn is_secondary(item: &Item, row: &str) -> bool {
    let asked = item.materials.iter().find(|asked| asked.id.as_str() == row);
    asked.is_some_and(|asked| matches!(asked.need, Need::Deferrable | Need::Optional))
}

//! 核对原件: somebody who works on the matter has had the original in hand and found the upload to be the same.

use access_service::Visit;
use casework::COMPARE_ORIGINAL;
use kernel::id::ApplicationId;
use platform::Fault;
use records::TrustLevel;
use serde_json::json;

use super::matter::Matter;
use super::record::{PAPER_COMPARED, about};
use crate::paper::PaperId;
use crate::store::{self, Which};
use crate::{pins, refusals};

/// This paper is the same as its original.
#[derive(Debug, Clone)]
pub struct CompareOriginal {
    pub paper: PaperId,
}

/// Raises the paper from level D to C, with the name of who compared it. A file that comes in its place later starts again.
///
/// # Errors
/// `casework.not-to-compare` for a paper nobody uploaded; [`Fault::NotAllowed`]; [`Fault::NotFound`].
pub async fn compare_original(visit: &Visit, order: CompareOriginal) -> Result<(), Fault> {
    let (shelf, order) = (pins::shelf(&visit.world)?, &order);
    // Said twice it is said once, so no request key is needed.
    let work = visit.write(None, async |tx| {
        let paper = store::paper_find(tx.conn(), order.paper).await?.ok_or(Fault::NotFound)?;
        let application = ApplicationId::from_uuid(paper.application);
        let matter = Matter::lock(&tx, visit, &shelf, Which::Application(application)).await?;
        let uses = store::paper_use_list(tx.conn(), paper.application).await?;
        matter.may_on_paper(visit, COMPARE_ORIGINAL, paper.id, &uses)?;
        // Read again under the lock: a newer file may have come meanwhile.
        let paper = store::paper_find(tx.conn(), order.paper).await?.ok_or(Fault::NotFound)?;
        let mut row = store::trust_find(tx.conn(), paper.id).await?.ok_or(Fault::NotFound)?;
        if row.level == TrustLevel::Original.code() {
            return Ok(());
        }
        if row.level != TrustLevel::Uploaded.code() {
            return Err(refusals::NOT_TO_COMPARE.refuse().into());
        }
        row.level = TrustLevel::Original.code().to_owned();
        row.compared_by = Some(visit.actor.id.clone());
        row.compared_by_name = Some(visit.actor.name.clone());
        row.compared_at = Some(tx.now());
        tx.with_commit(store::trust_put(vec![row]));
        let facts = json!({ "material": paper.material, "file": paper.blob });
        about(&tx, visit, application, PAPER_COMPARED, order.paper, facts);
        Ok(())
    });
    work.await
}

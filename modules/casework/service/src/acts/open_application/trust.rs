//! How far each paper of a new application can be relied on, and the licences that stand for papers (免提交): their use is
//! on record with its purpose before anybody works on the matter.

use access_service::Visit;
use catalog::model::HolderRole;
use catalog_service::Shelf;
use kernel::id::{ApplicationId, LicenceId, SubjectId};
use platform::{Fault, Tx};
use records::{Known, TrustLevel, UseKind};
use records_service::acts::{NewUse, use_licences};

use super::OpenApplication;
use crate::application::Channel;
use crate::paper::PaperStatus;
use crate::store::{self, application, paper, paper_trust};

/// The reason of a paper that a licence on file stands for.
const LICENCE: &str = "licence";
/// The reason of a paper that another case of the application makes.
const PRODUCT: &str = "product";

/// Puts the levels of these papers down with the commit.
pub(super) async fn put_down(
    tx: &Tx,
    visit: &Visit,
    shelf: &Shelf,
    (head, order): (&application::Model, &OpenApplication),
    papers: &[paper::Model],
) -> Result<(), Fault> {
    let by_licence = |row: &&paper::Model| row.reason_code.as_deref() == Some(LICENCE);
    let known = if papers.iter().any(|row| by_licence(&row)) {
        let organisation = head.organisation.map(SubjectId::from_uuid);
        records_service::reads::on_file(tx, shelf.catalog(), order.applicant.subject, organisation).await?
    } else {
        Known::nothing()
    };
    let application = ApplicationId::from_uuid(head.id);
    let (mut uses, mut used) = (Vec::new(), Vec::new());
    for row in papers.iter().filter(by_licence) {
        let Some(licence) = proof(shelf, &known, row) else { continue };
        used.push((row.id, licence));
        if !uses.iter().any(|one: &NewUse| one.licence == licence) {
            let matter = head.theme_name.clone();
            uses.push(NewUse { licence, how: UseKind::InsteadOfPaper, matter, application: Some(application) });
        }
    }
    let levels = use_licences(tx, visit, &uses).await?;
    let level_of = |licence: LicenceId| {
        let at = uses.iter().position(|one| one.licence == licence);
        at.and_then(|at| levels.get(at)).copied().unwrap_or(TrustLevel::Register)
    };
    let mut rows = Vec::with_capacity(papers.len());
    for row in papers {
        let licence = used.iter().find(|(paper, _)| *paper == row.id).map(|(_, licence)| *licence);
        let level = match (row.status()?, licence, row.reason_code.as_deref()) {
            (PaperStatus::HandIn, _, _) => TrustLevel::of_hand_in(order.channel == Channel::Window),
            (PaperStatus::Exempt, Some(licence), _) => level_of(licence),
            (PaperStatus::Exempt, None, Some(PRODUCT)) => TrustLevel::Issued,
            (PaperStatus::Exempt, None, _) => TrustLevel::Register,
            // Nothing is there yet to be relied on.
            (PaperStatus::Deferred, _, _) => continue,
        };
        rows.push(paper_trust::Model::new(head.id, row.id, level, licence.map(LicenceId::uuid)));
    }
    if !rows.is_empty() {
        tx.with_commit(store::trust_put(rows));
    }
    Ok(())
}

/// The licence on file that stands for this paper.
fn proof(shelf: &Shelf, known: &Known, row: &paper::Model) -> Option<LicenceId> {
    let material = shelf.catalog().materials.get(row.material.as_str())?;
    let role = HolderRole::ALL.iter().copied().find(|role| role.word() == row.holder)?;
    known.proof(material, role).map(|held| held.id)
}

//! 待监管接收: the decisions that other authorities took and this one supervises, oldest first.

use access::Resource;
use access_service::Visit;
use casework::RECEIVE_SUPERVISION;
use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId};
use platform::Fault;
use serde::Serialize;
use uuid::Uuid;

use crate::pins;
use crate::store;
use crate::wording::Wording;

/// Decisions on a page.
const ROWS: u64 = 50;

/// A page of decisions to be received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupervisionPage {
    pub rows: Vec<SupervisionRow>,
    /// Where the next page begins.
    pub next: Option<CaseId>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupervisionRow {
    pub case: CaseId,
    pub application: ApplicationId,
    pub project_no: String,
    pub item: String,
    pub applicant: String,
    /// 准予许可
    pub outcome: String,
    pub decided_on: NaiveDate,
    /// 由张槎街道办受区市场监管局委托办理（…）
    pub power: String,
}

/// The page that begins after `after`.
///
/// # Errors
/// [`Fault::NotAllowed`] for whoever supervises nothing.
pub async fn to_supervise(visit: &Visit, after: Option<CaseId>) -> Result<SupervisionPage, Fault> {
    let own = visit.actor.authority().ok_or(Fault::NotAllowed)?;
    visit.allow(RECEIVE_SUPERVISION, &Resource::of("list").of_authority(own))?;
    let (reader, wording) = (visit.world.db.reader(), Wording::of(visit)?);
    let mut found = store::cases_to_supervise(reader, own, after.map(CaseId::uuid), ROWS + 1).await?;
    let has_next = found.len() as u64 > ROWS;
    found.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let mut rows = Vec::with_capacity(found.len());
    for (row, head) in &found {
        let case: casework::Case = serde_json::from_str(&row.facts)?;
        let item = pins::item_at(&visit.world, reader, &row.code, row.version).await?;
        let Some(decision) = &case.decision else { continue };
        rows.push(SupervisionRow {
            case: case.id,
            application: ApplicationId::from_uuid(row.application),
            project_no: row.project_no.clone(),
            item: row.item_name.clone(),
            applicant: head.as_ref().map_or_else(String::new, |head| kernel::mask::mask_name(&head.applicant)),
            outcome: wording.outcome(&item, decision.outcome),
            decided_on: decision.on,
            power: decision.power.as_ref().map_or_else(String::new, |power| wording.power(power)),
        });
    }
    let last: Option<Uuid> = found.last().map(|(row, _)| row.id).filter(|_| has_next);
    Ok(SupervisionPage { rows, next: last.map(CaseId::from_uuid) })
}

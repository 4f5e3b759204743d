//! One case among its siblings, in a line.

use casework::Status;
use chrono::NaiveDate;
use kernel::id::{CaseId, LicenceId};
use serde::Serialize;

use super::clock::ClockView;
use crate::acts::Handled;
use crate::wording::Wording;

/// One case in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseLine {
    pub case: CaseId,
    pub project_no: String,
    /// The item's id.
    pub item: String,
    pub item_name: String,
    /// 区市场监管局
    pub authority: String,
    pub phone: String,
    pub status: Status,
    pub status_word: String,
    pub clock: ClockView,
    /// Names of the licences it still waits for.
    pub awaits: Vec<String>,
    /// It can be accepted now.
    pub receivable: bool,
    /// The step it is at: 审核; empty when it is not under way.
    pub step: String,
    pub result: Option<ResultView>,
}

/// What a case brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultView {
    /// 食品经营许可证
    pub name: String,
    pub number: String,
    /// 证照, 批文
    pub kind_word: String,
    pub issued_on: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    /// Its row in the register, where it is a licence.
    pub licence: Option<LicenceId>,
}

impl CaseLine {
    pub(super) fn of(member: &Handled<'_>, wording: &Wording) -> Self {
        let status = member.case.status();
        Self {
            case: member.case.id,
            project_no: member.row.project_no.clone(),
            item: member.row.item.clone(),
            item_name: member.row.item_name.clone(),
            authority: wording.shelf.authority_short(&member.row.authority).to_owned(),
            phone: phone(member, wording),
            status,
            status_word: wording.status(&member.item, status),
            clock: ClockView::of(&member.case.reading(&member.law), wording),
            awaits: member.case.awaited().map(|licence| wording.licence(licence.as_str())).collect(),
            receivable: matches!(status, Status::Received | Status::Corrected),
            step: member.case.next_step(&member.law).map_or_else(String::new, |step| step.name.clone()),
            result: ResultView::of(member),
        }
    }
}

impl ResultView {
    pub(super) fn of(member: &Handled<'_>) -> Option<Self> {
        let issued = member.case.issued.as_ref()?;
        let rule = &member.item.result;
        Some(Self {
            name: rule.name.as_ref().unwrap_or(&member.item.name).clone(),
            number: issued.number.clone(),
            kind_word: rule.kind.label().to_owned(),
            issued_on: issued.on,
            delivered_on: member.case.delivered.as_ref().map(|delivered| delivered.on),
            licence: member.row.licence.map(LicenceId::from_uuid),
        })
    }
}

/// Where to ask about a case: the item's own line, else the authority's.
pub(super) fn phone(member: &Handled<'_>, wording: &Wording) -> String {
    let own = member.item.contact.as_ref().map(|contact| &contact.consult);
    let authority = wording.shelf.catalog().authorities.get(member.row.authority.as_str());
    own.or(authority.and_then(|authority| authority.phone.as_ref())).cloned().unwrap_or_default()
}

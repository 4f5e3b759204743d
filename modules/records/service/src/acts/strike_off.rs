//! 注销: a licence ends at its holder's wish, once the case that asked for it is granted (行政许可法 70).

use catalog::Item;
use kernel::id::{CaseId, LicenceId, SubjectId};
use kernel::value::Facts;
use platform::{Fault, Tx};
use records::registration::BUSINESS_LICENCE;
use records::{Ended, OrgStatus};
use serde_json::json;

use super::end_licence::{ENDED, on_record};
use super::record_licence::{firm_of, older_version};
use crate::store::{licence, organisation};

/// What is to be struck off.
#[derive(Debug, Clone, Copy)]
pub struct StrikeOff<'a> {
    /// The item whose case was granted; it names the licence type.
    pub item: &'a Item,
    pub case: CaseId,
    pub applicant: SubjectId,
    /// The organisation the matter is for.
    pub organisation: Option<SubjectId>,
    /// The application's form, by element code.
    pub form: &'a Facts,
}

/// Ends the licence as of today; with a business licence its organisation goes too. `None` when the register has no such
/// licence that stands: the decision is made all the same, and somebody with the paper register looks.
///
/// # Errors
/// [`Fault::Unavailable`] when the database is away.
pub async fn strike_off(tx: &Tx, wish: StrikeOff<'_>) -> Result<Option<LicenceId>, Fault> {
    let Some(kind) = &wish.item.cancels else { return Ok(None) };
    let firm = firm_of(tx, wish.applicant, wish.organisation, wish.form).await?;
    let mut holders = vec![wish.applicant];
    holders.extend(firm.as_ref().map(|firm| firm.subject));
    let mut found = None;
    for holder in holders.into_iter().rev() {
        found = older_version(tx, wish.form, (kind.as_str(), true), holder).await?;
        if found.is_some() {
            break;
        }
    }
    let Some(found) = found else { return Ok(None) };
    if !licence::licence_end(tx.conn(), found.id, tx.today(), Ended::Cancelled).await? {
        return Err(Fault::Conflict);
    }
    on_record(tx, ENDED, found.id, &json!({ "how": Ended::Cancelled, "case": wish.case }));
    if let Some(mut firm) = firm.filter(|firm| found.licence == *BUSINESS_LICENCE && firm.subject == found.holder) {
        (firm.status, firm.as_of) = (OrgStatus::Cancelled, tx.today());
        organisation::organisation_update(tx.conn(), &firm).await?;
    }
    Ok(Some(found.id))
}

//! A business licence registers a market entity: this is the row (法人库).

use catalog::model::Authority;
use kernel::id::SubjectId;
use kernel::refusal::Refusal;
use platform::{Fault, Tx};
use records::registration::{CREDIT_CODE_SERIES, NewOrganisation};
use records::{OrgStatus, Organisation, Resident, numbering};

use crate::store::organisation;

/// Adds the organisation with the next credit code of this registrar.
///
/// # Errors
/// `records.credit-codes-used-up`.
pub(super) async fn register_organisation(
    tx: &Tx,
    fresh: NewOrganisation,
    founder: &Resident,
    registrar: &Authority,
) -> Result<Organisation, Fault> {
    let division = numbering::division(registrar);
    let serial = tx.number(&format!("credit-code/{division}")).await?;
    let credit_code = numbering::credit_code(fresh.form.credit_code_class(), &division, CREDIT_CODE_SERIES, serial)
        .ok_or_else(|| Refusal::new("records.credit-codes-used-up", "ask-steward"))?;
    let organisation = Organisation {
        subject: tx.new_id::<SubjectId>(),
        credit_code,
        name: fresh.name,
        form: fresh.form,
        legal_rep: founder.subject,
        legal_rep_name: founder.name.clone(),
        region: registrar.region.to_string(),
        address: fresh.address,
        scope: fresh.scope,
        capital: fresh.capital,
        registered_on: tx.today(),
        registrar: registrar.id.clone(),
        status: OrgStatus::Active,
        as_of: tx.today(),
    };
    organisation::organisation_insert(tx.conn(), std::slice::from_ref(&organisation)).await?;
    Ok(organisation)
}

//! 延续: the licence that an item renews, as the applicant named it and the register knows it (行政许可法 50).

use casework::Renews;
use casework::refusals::{LICENSING_LAW, Rule};
use catalog::{Catalog, Item};
use kernel::refusal::Refusal;
use platform::{Fault, Tx};
use records_service::reads;

use super::OpenApplication;
use crate::refusals;

/// The licence to be renewed, with its last day; `None` for an item that renews nothing, and for a licence the register
/// does not know: then nobody can count to its last day, and the case is decided like any other.
///
/// # Errors
/// `casework.licence-expired` for one whose last day is past, `casework.licence-ended` for one taken back or struck off.
pub(super) async fn renewed(
    tx: &Tx,
    catalog: &Catalog,
    item: &Item,
    order: &OpenApplication,
) -> Result<Option<Renews>, Fault> {
    let Some(licence) = &item.renews else { return Ok(None) };
    let held = reads::licences_ever(tx, order.applicant.subject, order.organisation, licence).await?;
    let named = named(catalog, item, order);
    let found = match &named {
        Some(number) => held.iter().find(|one| one.number == *number),
        None => held.iter().find(|one| one.speaks_on(tx.today())),
    };
    let Some(found) = found else { return Ok(None) };
    if let Some(ended) = &found.ended {
        let refusal = renewal(&refusals::LICENCE_ENDED).fact("number", &found.number).fact("on", ended.on);
        return Err(refusal.into());
    }
    let Some(expires_on) = found.valid_to else { return Ok(None) };
    if expires_on < tx.today() {
        let refusal = renewal(&refusals::LICENCE_EXPIRED).fact("number", &found.number).fact("on", expires_on);
        return Err(refusal.into());
    }
    Ok(Some(Renews { number: found.number.clone(), expires_on }))
}

/// 在该行政许可有效期届满前 (50.1).
fn renewal(rule: &Rule) -> Refusal {
    rule.refuse().under(LICENSING_LAW, "第五十条第一款")
}

/// The number in the field that asks for it: the one whose source is the number of that licence.
fn named(catalog: &Catalog, item: &Item, order: &OpenApplication) -> Option<String> {
    let licence = item.renews.as_ref()?;
    let asks = |element: &&catalog::model::ItemField| {
        let source = catalog.elements.get(element.element.as_str()).and_then(|element| element.source.as_ref());
        source.is_some_and(|source| source.licence() == Some(licence.as_str()) && source.field == "number")
    };
    let field = item.fields.iter().find(asks)?;
    let entry = order.form.get(field.element.as_str())?;
    entry.value.as_text().map(str::trim).filter(|number| !number.is_empty()).map(str::to_owned)
}

//! 延续、变更、注销: the licence that is there already, as the applicant named it and the register knows it (行政许可法 49, 50, 70).

use casework::Renews;
use casework::refusals::{LICENSING_LAW, Rule};
use catalog::model::{Earlier, ItemKind};
use catalog::{Catalog, Item};
use kernel::refusal::Refusal;
use platform::{Fault, Tx};
use records::{Ended, Licence};
use records_service::reads;

use super::OpenApplication;
use crate::refusals;

/// Refuses what is about a licence that stands no longer, and gives the licence to be renewed, with its last day. `None` for
/// an item that renews nothing, and for a licence the register does not know: then nobody can count to its last day, and the
/// case is decided like any other.
///
/// # Errors
/// `casework.licence-expired` for one whose last day is past, which can still be struck off; `casework.licence-ended` for
/// one taken back, struck off or replaced.
pub(super) async fn earlier(
    tx: &Tx,
    catalog: &Catalog,
    item: &Item,
    order: &OpenApplication,
) -> Result<Option<Renews>, Fault> {
    let Some((becomes, licence)) = item.earlier() else { return Ok(None) };
    let held = reads::licences_ever(tx, order.applicant.subject, order.organisation, licence).await?;
    let number = named(catalog, item, licence, order);
    let Some(found) = meant(&held, number.as_deref(), tx) else { return Ok(None) };
    let refuse = |rule: &Rule| under(rule.refuse(), item, becomes).fact("number", &found.number);
    if let Some(ended) = &found.ended {
        return Err(refuse(&refusals::LICENCE_ENDED).fact("on", ended.on).into());
    }
    match found.valid_to {
        Some(last) if last < tx.today() && becomes != Earlier::Cancelled => {
            Err(refuse(&refusals::LICENCE_EXPIRED).fact("on", last).into())
        }
        Some(last) if becomes == Earlier::Renewed => {
            Ok(Some(Renews { number: found.number.clone(), expires_on: last }))
        }
        _ => Ok(None),
    }
}

/// The one with this number, in its newest version; without a number the one in force, else the last there was.
fn meant<'l>(held: &'l [Licence], number: Option<&str>, tx: &Tx) -> Option<&'l Licence> {
    if let Some(number) = number {
        return held.iter().filter(|one| one.number == number).max_by_key(|one| one.version);
    }
    let was_replaced = |one: &&Licence| one.ended.is_some_and(|ended| ended.how == Ended::Replaced);
    let last = || held.iter().filter(|one| !was_replaced(one)).max_by_key(|one| (one.issued_on, one.version));
    held.iter().find(|one| one.speaks_on(tx.today())).or_else(last)
}

/// The Licensing Law's own words on it, where the licence is one by that law.
fn under(refusal: Refusal, item: &Item, becomes: Earlier) -> Refusal {
    if item.kind != ItemKind::Licence {
        return refusal;
    }
    let article = match becomes {
        Earlier::Renewed => "第五十条第一款",
        Earlier::Changed => "第四十九条",
        Earlier::Cancelled => "第七十条",
    };
    refusal.under(LICENSING_LAW, article)
}

/// The number in the field that asks for it: the one whose source is the number of that licence.
fn named(catalog: &Catalog, item: &Item, licence: &str, order: &OpenApplication) -> Option<String> {
    let asks = |element: &&catalog::model::ItemField| {
        let source = catalog.elements.get(element.element.as_str()).and_then(|element| element.source.as_ref());
        source.is_some_and(|source| source.licence() == Some(licence) && source.field == "number")
    };
    let field = item.fields.iter().find(asks)?;
    let entry = order.form.get(field.element.as_str())?;
    entry.value.as_text().map(str::trim).filter(|number| !number.is_empty()).map(str::to_owned)
}

//! Records a licence that a case has made, so that the next application finds it and does not ask for it.

use catalog::Catalog;
use catalog::model::{Authority, Element, HolderRole, Item, LicenceHolder, LicenceType, OF_ORGANISATION};
use chrono::{Datelike, NaiveDate};
use kernel::id::{CaseId, LicenceId, SubjectId};
use kernel::refusal::Refusal;
use kernel::value::{Facts, Value};
use platform::{Fault, Tx};
use records::registration::{self, BUSINESS_LICENCE, CHILD_PAGE, NewChild, NewOrganisation};
use records::{Ended, Licence, OrgStatus, Organisation, Resident, numbering};
use serde_json::json;

use super::end_licence::{ENDED, ISSUED, on_record};
use super::register_child::register_child;
use super::register_organisation::register_organisation;
use crate::print::organisation_field;
use crate::store::{licence, organisation, resident};

/// What is to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct NewLicence<'a> {
    pub catalog: &'a Catalog,
    /// The item whose case made it; it names the licence type, the authority and the term.
    pub item: &'a Item,
    pub case: CaseId,
    pub applicant: SubjectId,
    /// The organisation the matter is for, when it was there before.
    pub organisation: Option<SubjectId>,
    /// The application's form, by element code.
    pub form: &'a Facts,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub licence: Licence,
    /// The organisation it belongs to: for a first business licence one that was not there before. Its `subject` is
    /// what the other cases of the application hand in as [`NewLicence::organisation`].
    pub organisation: Option<Organisation>,
    /// The child it made a resident.
    pub child: Option<Resident>,
    /// Values it gives to elements of the form, for the cases that waited for it.
    pub carried: Facts,
}

/// Records it with a number that has no gaps for authority, type and year, and a valid mark (电子证照标识).
///
/// Call it last in the act: other cases that issue the same type wait for this transaction from here on.
///
/// # Errors
/// [`Fault::NotFound`] when the applicant is not on record; `records.no-result` when the item makes no licence;
/// `records.form-incomplete` (fact `licence`) when a registration lacks name or address, or the child's name, sex or birthday.
pub async fn record_licence(tx: &Tx, fresh: NewLicence<'_>) -> Result<Recorded, Fault> {
    let (kind, authority) = result_of(&fresh)?;
    let applicant = resident::resident_find(tx.conn(), fresh.applicant).await?.ok_or(Fault::NotFound)?;
    let existing = firm_of(tx, fresh.applicant, fresh.organisation, fresh.form).await?;
    let mut child = None;
    let firm = match existing {
        Some(known) if kind.id == *BUSINESS_LICENCE => Some(change_registration(tx, known, &fresh).await?),
        None if kind.id == *BUSINESS_LICENCE => {
            let described = NewOrganisation::from_form(fresh.form, fresh.catalog).ok_or_else(|| incomplete(kind))?;
            Some(register_organisation(tx, described, &applicant, authority).await?)
        }
        other => other,
    };
    if kind.id == *CHILD_PAGE {
        let described = NewChild::from_form(fresh.form).ok_or_else(|| incomplete(kind))?;
        child = Some(register_child(tx, described, &applicant, authority).await?);
    }
    let licence = write(tx, &fresh, kind, authority, &applicant, firm.as_ref(), child.as_ref()).await?;
    let belongs = firm.filter(|firm| firm.subject == licence.holder);
    let carried = registration::carried_over(fresh.catalog, &licence, belongs.as_ref());
    Ok(Recorded { licence, organisation: belongs, child, carried })
}

fn result_of<'a>(fresh: &NewLicence<'a>) -> Result<(&'a LicenceType, &'a Authority), Fault> {
    let nothing = || Refusal::new("records.no-result", "ask-item-admin").fact("item", &fresh.item.id);
    let provides = fresh.item.provides.as_ref().ok_or_else(nothing)?;
    let kind = fresh.catalog.licences.get(provides).ok_or_else(nothing)?;
    let authority = fresh.catalog.authorities.get(&fresh.item.authority).ok_or_else(nothing)?;
    Ok((kind, authority))
}

fn incomplete(kind: &LicenceType) -> Fault {
    Refusal::new("records.form-incomplete", "correct-form").fact("licence", &kind.name).into()
}

/// The organisation the matter is for: named by the caller, or by credit code or name on the form. What the form says
/// counts only for organisations in being that the applicant represents: nobody gets a licence for somebody else's firm.
pub(super) async fn firm_of(
    tx: &Tx,
    applicant: SubjectId,
    named: Option<SubjectId>,
    form: &Facts,
) -> Result<Option<Organisation>, Fault> {
    if let Some(subject) = named {
        return organisation::organisation_find(tx.conn(), subject).await;
    }
    let text = |element: &str| form.get(element).and_then(Value::as_text);
    let codes = [text("uscc"), text("org_uscc")];
    let names = [text("ent_name"), text("org_name")];
    let mut own = organisation::organisation_list(tx.conn(), applicant).await?;
    own.retain(|firm| firm.status == OrgStatus::Active);
    let by_code = own.iter().find(|firm| codes.contains(&Some(firm.credit_code.as_str())));
    let by_name = || own.iter().find(|firm| names.contains(&Some(firm.name.as_str())));
    Ok(by_code.or_else(by_name).cloned())
}

/// 变更登记: what the form says anew takes the place of the old.
async fn change_registration(tx: &Tx, mut firm: Organisation, fresh: &NewLicence<'_>) -> Result<Organisation, Fault> {
    let text = |element: &str| fresh.form.get(element).and_then(Value::as_text).filter(|text| !text.trim().is_empty());
    if let Some(name) = text("new_name") {
        firm.name = name.to_owned();
    }
    if let Some(address) = text("new_addr") {
        firm.address = address.to_owned();
    }
    let scope = registration::scope_in_words(fresh.form, fresh.catalog);
    if !scope.is_empty() {
        firm.scope = scope;
    }
    firm.as_of = tx.today();
    organisation::organisation_update(tx.conn(), &firm).await?;
    Ok(firm)
}

async fn write(
    tx: &Tx,
    fresh: &NewLicence<'_>,
    kind: &LicenceType,
    authority: &Authority,
    applicant: &Resident,
    firm: Option<&Organisation>,
    child: Option<&Resident>,
) -> Result<Licence, Fault> {
    let (holder, holder_name) = match (kind.holder, firm) {
        (LicenceHolder::Organisation | LicenceHolder::Premises, Some(firm)) => (firm.subject, firm.name.clone()),
        _ => (applicant.subject, applicant.name.clone()),
    };
    let changes = fresh.item.changes.as_ref() == Some(&kind.id);
    let older = older_version(tx, fresh.form, (&kind.id, changes), holder).await?;
    if let Some(older) = &older {
        licence::licence_end(tx.conn(), older.id, tx.today(), Ended::Replaced).await?;
        on_record(tx, ENDED, older.id, &json!({ "how": Ended::Replaced, "case": fresh.case }));
    }
    let today = tx.today();
    // What a change does not speak of stays as it was (行政许可法 49).
    let stays = older.as_ref().filter(|_| changes);
    let mut details = stays.map(|older| older.details.clone()).unwrap_or_default();
    details.extend(said(fresh, kind));
    if let Some(firm) = firm {
        details.extend(kept_of(kind, firm));
    }
    if let Some(child) = child {
        details.insert("id".to_owned(), child.citizen_id.as_str().into());
    }
    let period = fresh.item.result.valid.or(kind.valid);
    let counted = || period.and_then(|period| registration::last_day(today, period));
    let valid_to = stays.map_or_else(counted, |older| older.valid_to);
    let version = older.as_ref().map_or(1, |older| older.version + 1);
    let serial = tx.number(&numbering::counter(authority, kind, today.year())).await?;
    let mark = numbering::mark(kind, authority, today.year(), serial, version).map_err(Fault::internal)?;
    let licence = Licence {
        id: tx.new_id::<LicenceId>(),
        licence: kind.id.clone(),
        kind: kind.holder,
        number: number(kind, authority, today, serial, older.as_ref(), firm),
        mark,
        holder,
        holder_name,
        about: speaks_of_child(fresh.item, fresh.form).then_some(HolderRole::Child),
        place: place(kind, fresh.form, firm, stays),
        issued_by: authority.id.clone(),
        issued_on: today,
        valid_to,
        version,
        ended: None,
        case: Some(fresh.case),
        details,
    };
    licence::licence_insert(tx.conn(), std::slice::from_ref(&licence)).await?;
    let facts = json!({
        "number": licence.number, "mark": licence.mark, "version": licence.version, "case": fresh.case,
        "valid_to": licence.valid_to, "replaces": older.as_ref().map(|older| older.id),
    });
    on_record(tx, ISSUED, licence.id, &facts);
    Ok(licence)
}

/// A business licence bears the credit code; a newer version keeps the number of the older.
fn number(
    kind: &LicenceType,
    authority: &Authority,
    today: NaiveDate,
    serial: u64,
    older: Option<&Licence>,
    firm: Option<&Organisation>,
) -> String {
    match (older, firm) {
        (Some(older), _) => older.number.clone(),
        (None, Some(firm)) if kind.id == *BUSINESS_LICENCE => firm.credit_code.to_string(),
        _ => numbering::licence_number(kind, authority, today, serial),
    }
}

/// The licence of this type that the matter is about: the one whose number stands on the form (延续), the firm's business
/// licence, or, where the item itself speaks of one that is there (`about_one`: 变更, 注销), the only one.
pub(super) async fn older_version(
    tx: &Tx,
    form: &Facts,
    (kind, about_one): (&str, bool),
    holder: SubjectId,
) -> Result<Option<Licence>, Fault> {
    let mut held = licence::licence_list(tx.conn(), &[holder]).await?;
    held.retain(|one| one.licence == *kind && one.ended.is_none());
    let named = |licence: &Licence| form.values().any(|value| value.as_text() == Some(&licence.number));
    let only = kind == BUSINESS_LICENCE || (about_one && held.len() == 1);
    let at = held.iter().position(named).or((only && !held.is_empty()).then_some(0));
    Ok(at.map(|at| held.swap_remove(at)))
}

/// What the licence says beyond its own columns: the values of the elements whose source it is from now on.
fn said(fresh: &NewLicence<'_>, kind: &LicenceType) -> Facts {
    let from_here = |element: &Element| {
        let source = element.source.as_ref().filter(|source| source.licence() == Some(kind.id.as_str()))?;
        let value = fresh.form.get(element.code.as_str())?;
        let free = !Licence::OWN_FIELDS.contains(&source.field.as_str());
        free.then(|| (source.field.clone(), value.clone()))
    };
    let mut details: Facts = fresh.catalog.elements.values().filter_map(from_here).collect();
    if kind.holder == LicenceHolder::Premises {
        details.insert("usage".to_owned(), "commercial".into());
    }
    details
}

/// What the register says of the organisation today, as far as the licence is printed with it: the paper says later what
/// it said on the day it was given.
fn kept_of(kind: &LicenceType, firm: &Organisation) -> Facts {
    let rows = kind.print.iter().flat_map(|print| &print.rows);
    let kept = rows.filter_map(|row| {
        let field = row.field.strip_prefix(OF_ORGANISATION)?;
        Some((row.field.clone(), organisation_field(firm, field)?))
    });
    kept.collect()
}

/// Whether the item's own form names the child: then the result is the child's, kept by the parent.
fn speaks_of_child(item: &Item, form: &Facts) -> bool {
    let named = |element: &str| form.get(element).is_some_and(|value| !value.is_blank());
    item.fields.iter().any(|field| field.element == *"child_name" && named("child_name"))
}

fn place(kind: &LicenceType, form: &Facts, firm: Option<&Organisation>, stays: Option<&Licence>) -> Option<String> {
    if kind.holder != LicenceHolder::Premises {
        return None;
    }
    let typed = form.get("site_addr").and_then(Value::as_text).filter(|text| !text.trim().is_empty());
    typed.map(str::to_owned).or_else(|| stays?.place.clone()).or_else(|| firm.map(|firm| firm.address.clone()))
}

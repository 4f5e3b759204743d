//! From rows to knowledge: the mapping of an element's `source: {resource, field}` to a value and its source.

use std::collections::BTreeMap;

use catalog::ids::ElementCode;
use catalog::model::{Element, FactSource, HolderRole, LicenceHolder};
use chrono::NaiveDate;
use kernel::id::SubjectId;
use kernel::value::Value;

use crate::derive::follow;
use crate::known::{HeldLicence, Known, KnownFact, OrganisationBrief, Source};
use crate::licence::Licence;
use crate::organisation::{OrgStatus, Organisation};
use crate::person::{Marital, Origin, Resident};
use crate::register::{Fact, Register};
use crate::roles;

/// Everything on record that a matter of one resident may use.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub resident: Resident,
    pub facts: Vec<Fact>,
    pub licences: Vec<Licence>,
    /// Children on the population register.
    pub children: u32,
    pub spouse: Option<SpouseOnFile>,
    /// All organisations the resident represents.
    pub organisations: Vec<Organisation>,
    /// The one the matter is for, with its licences.
    pub organisation: Option<OrganisationOnFile>,
}

/// The applicant's husband or wife, as far as the registers of this district know them.
#[derive(Debug, Clone, PartialEq)]
pub struct SpouseOnFile {
    pub resident: Resident,
    pub facts: Vec<Fact>,
    pub licences: Vec<Licence>,
}

/// The organisation a matter is for.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationOnFile {
    pub organisation: Organisation,
    pub licences: Vec<Licence>,
}

/// A value, the register it is from and the day it is of.
type Found = (Value, Register, NaiveDate);

/// What the records know about an applicant on a day, element by element. An element without a source, or whose source
/// is silent, is left to the form; nothing is guessed.
pub fn know(elements: &BTreeMap<ElementCode, Element>, about: &About, today: NaiveDate) -> Known {
    let mut facts: Vec<KnownFact> =
        elements.values().filter_map(|element| from_source(element, about, today)).collect();
    let derived: Vec<KnownFact> = elements.values().filter_map(|element| from_other(element, &facts)).collect();
    facts.extend(derived);
    facts.sort_by(|a, b| a.element.cmp(&b.element));
    Known {
        facts,
        licences: held(about, today),
        organisations: about.organisations.iter().filter(|one| one.status == OrgStatus::Active).map(brief).collect(),
        organisation: about.organisation.as_ref().map(|on_file| on_file.organisation.subject),
    }
}

fn from_source(element: &Element, about: &About, today: NaiveDate) -> Option<KnownFact> {
    let source = element.source.as_ref()?;
    let (value, register, as_of) = look_up(source, about, today)?;
    // A value of another kind is not what the element means; a date kept as text becomes one here.
    let value = value.with_kind(element.kind.value_kind()).ok().filter(|value| !value.is_blank())?;
    let source = Source { register, authority: source.authority.clone(), trust: source.trust, as_of };
    Some(KnownFact { element: element.code.clone(), value, source, derived_from: None })
}

fn from_other(element: &Element, facts: &[KnownFact]) -> Option<KnownFact> {
    let rule = element.derived.as_ref()?;
    if facts.iter().any(|fact| fact.element == element.code) {
        return None;
    }
    let from = facts.iter().find(|fact| fact.element == rule.from)?;
    let value = follow(rule.how, &from.value)?;
    let derived_from = Some(rule.from.clone());
    Some(KnownFact { element: element.code.clone(), value, source: from.source.clone(), derived_from })
}

fn look_up(source: &FactSource, about: &About, today: NaiveDate) -> Option<Found> {
    match source.resource.as_str() {
        "resident" => of_applicant(&source.field, about),
        "organisation" => {
            let organisation = &about.organisation.as_ref()?.organisation;
            let value = organisation_field(organisation, &source.field)?;
            Some((value, Register::MarketEntities, organisation.as_of))
        }
        _ => {
            let licence = newest(source.licence()?, about, today)?;
            Some((licence.field(&source.field)?, Register::Licences, licence.issued_on))
        }
    }
}

fn of_applicant(field: &str, about: &About) -> Option<Found> {
    if let Some(field) = field.strip_prefix("spouse_") {
        let spouse = about.spouse.as_ref()?;
        return of_person(field, &spouse.resident, &spouse.facts);
    }
    if field == "children" {
        // Who is not on the register may have children nobody here knows of.
        let known = about.resident.origin == Origin::Register;
        return known.then(|| (about.children.into(), Register::Fertility, about.resident.as_of));
    }
    of_person(field, &about.resident, &about.facts)
}

fn of_person(field: &str, resident: &Resident, facts: &[Fact]) -> Option<Found> {
    if let Some((value, register)) = resident_field(resident, field) {
        return Some((value, register, resident.as_of));
    }
    let fact = facts.iter().filter(|fact| fact.field == field).max_by_key(|fact| fact.as_of)?;
    Some((fact.value.clone(), fact.register, fact.as_of))
}

fn resident_field(resident: &Resident, field: &str) -> Option<(Value, Register)> {
    let identity = match resident.origin {
        Origin::Register => Register::Population,
        Origin::Identity => Register::Identity,
    };
    let text = |value: &Option<String>| value.as_deref().map(Value::from);
    match field {
        "name" => Some((resident.name.as_str().into(), identity)),
        "id" => Some((resident.citizen_id.as_str().into(), identity)),
        "gender" => Some((resident.sex().as_str().into(), identity)),
        "birth" => Some((resident.citizen_id.birth().into(), identity)),
        "nation" => text(&resident.nation).map(|value| (value, Register::Population)),
        "hukou_address" => text(&resident.hukou_address).map(|value| (value, Register::Population)),
        "hukou_region" => text(&resident.hukou_region).map(|value| (value, Register::Population)),
        "address" => text(&resident.address).map(|value| (value, Register::Population)),
        "region" => text(&resident.region).map(|value| (value, Register::Population)),
        "mobile" => text(&resident.mobile).map(|value| (value, Register::Contact)),
        "married" => resident.marital.map(|marital| ((marital == Marital::Married).into(), Register::Marriage)),
        "marriage_date" => resident.married_on.map(|day| (day.into(), Register::Marriage)),
        _ => None,
    }
}

pub(crate) fn organisation_field(organisation: &Organisation, field: &str) -> Option<Value> {
    match field {
        "name" => Some(organisation.name.as_str().into()),
        "credit_code" => Some(organisation.credit_code.as_str().into()),
        "form" => Some(organisation.form.code().into()),
        "legal_rep" => Some(organisation.legal_rep_name.as_str().into()),
        "address" => Some(organisation.address.as_str().into()),
        "region" => Some(organisation.region.as_str().into()),
        "scope" => Some(organisation.scope.as_str().into()),
        "capital" => organisation.capital.map(Value::from),
        "registered_on" => Some(organisation.registered_on.into()),
        _ => None,
    }
}

/// The licence that speaks in a form: of several health certificates the newest. Of several shops' permits none,
/// because nobody knows yet which shop is meant.
fn newest<'a>(licence: &str, about: &'a About, today: NaiveDate) -> Option<&'a Licence> {
    let on_file = about.organisation.iter().flat_map(|on_file| &on_file.licences).chain(&about.licences);
    let mut speaking = on_file.filter(|one| one.licence == *licence && one.speaks_on(today));
    let first = speaking.next()?;
    speaking.try_fold(first, |best, next| match next.kind {
        LicenceHolder::Premises => None,
        _ if next.issued_on > best.issued_on => Some(next),
        _ => Some(best),
    })
}

fn held(about: &About, today: NaiveDate) -> Vec<HeldLicence> {
    let own = roles::own_roles(&about.resident);
    let mut held: Vec<HeldLicence> = Vec::new();
    held.extend(about.licences.iter().map(|licence| hold(licence, roles::of_person(licence, &own))));
    if let Some(spouse) = &about.spouse {
        let theirs = roles::spouse_roles(&spouse.resident);
        // What the spouse owns is not the applicant's shop.
        let papers = spouse.licences.iter().filter(|licence| licence.kind == LicenceHolder::Person);
        held.extend(papers.map(|licence| hold(licence, roles::of_person(licence, &theirs))));
    }
    if let Some(on_file) = &about.organisation {
        held.extend(on_file.licences.iter().map(|licence| hold(licence, roles::of_organisation(licence))));
    }
    let speaking: Vec<_> = all_licences(about).filter(|licence| licence.speaks_on(today)).map(|one| one.id).collect();
    held.retain(|one| !one.roles.is_empty() && speaking.contains(&one.id));
    held
}

fn all_licences(about: &About) -> impl Iterator<Item = &Licence> {
    let spouse = about.spouse.iter().flat_map(|spouse| &spouse.licences);
    let organisation = about.organisation.iter().flat_map(|on_file| &on_file.licences);
    about.licences.iter().chain(spouse).chain(organisation)
}

fn hold(licence: &Licence, roles: Vec<HolderRole>) -> HeldLicence {
    HeldLicence {
        id: licence.id,
        licence: licence.licence.clone(),
        number: licence.number.clone(),
        mark: licence.mark.clone(),
        holder: licence.holder,
        holder_name: licence.holder_name.clone(),
        roles,
        place: licence.place.clone(),
        issued_by: licence.issued_by.clone(),
        issued_on: licence.issued_on,
        valid_to: licence.valid_to,
    }
}

fn brief(organisation: &Organisation) -> OrganisationBrief {
    OrganisationBrief {
        subject: organisation.subject,
        credit_code: organisation.credit_code.clone(),
        name: organisation.name.clone(),
    }
}

impl About {
    /// The organisation a matter is for when nobody said: the only one in being that the resident represents. Of several
    /// none is taken; the applicant chooses.
    pub fn only_organisation(organisations: &[Organisation]) -> Option<SubjectId> {
        let mut active = organisations.iter().filter(|one| one.status == OrgStatus::Active);
        let first = active.next()?;
        active.next().is_none().then_some(first.subject)
    }
}

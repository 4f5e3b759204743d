//! Papers of persons: who has which licence follows from age, family, home and work.

use catalog::model::HolderRole;
use chrono::{Days, NaiveDate};
use kernel::id::SubjectId;
use kernel::value::{Facts, Value};
use rand::RngExt;
use records::{HouseholdRelation, OrgForm};

use super::maker::{Maker, Paper, details, years_on};

/// Gives everybody without a fixed profile their papers.
pub(super) fn make(maker: &mut Maker<'_>) {
    for one in maker.fixed..maker.people.residents.len() {
        basic(maker, one);
        sojourn(maker, one);
        by_chance(maker, one);
    }
    health_of_operators(maker);
}

/// What everybody has: ID card from sixteen, household register, marriage certificate; a child its birth certificate.
pub(super) fn basic(maker: &mut Maker<'_>, one: usize) {
    let resident = &maker.people.residents[one];
    let age = resident.age_on(maker.today);
    let (married_on, spouse) = (resident.married_on, resident.spouse);
    if age >= 16 {
        id_card(maker, one, age);
        register_page(maker, one);
    }
    if let (Some(day), Some(spouse)) = (married_on, spouse) {
        marriage(maker, one, spouse, day);
    }
    if age < 7 {
        birth(maker, one);
    }
}

/// A residence permit for those registered elsewhere.
fn sojourn(maker: &mut Maker<'_>, one: usize) {
    let resident = &maker.people.residents[one];
    if resident.region != resident.hukou_region && resident.age_on(maker.today) >= 16 {
        let issued_on = maker.today - Days::new(maker.rng.random_range(20..340));
        residence_permit(maker, one, issued_on);
    }
}

fn by_chance(maker: &mut Maker<'_>, one: usize) {
    let resident = &maker.people.residents[one];
    let age = resident.age_on(maker.today);
    let head = resident.relation == Some(HouseholdRelation::Head);
    if age >= 16 && maker.chance(70) {
        social_card(maker, one);
    }
    if age >= 65 && maker.chance(70) {
        let issued_on = maker.past(4);
        plain(maker, one, "senior-card", issued_on, None);
    }
    if (18..60).contains(&age) && maker.chance(5) {
        health_cert(maker, one);
    }
    if head && maker.chance(35) {
        dwelling(maker, one);
    }
}

/// ID card (居民身份证). Terms by age at issue: 5 years below 16, 10 to 25, 20 to 45, then long (居民身份证法第五条).
fn id_card(maker: &mut Maker<'_>, one: usize, age: u32) {
    let years_ago = maker.rng.random_range(0..4u32).min(age - 16);
    let issued_on = maker.today - Days::new(u64::from(years_ago) * 365 + maker.rng.random_range(1..180));
    let number = maker.people.residents[one].citizen_id.to_string();
    let years = match kernel::day::age_on(maker.people.residents[one].citizen_id.birth(), issued_on) {
        0..16 => Some(5),
        16..=25 => Some(10),
        26..=45 => Some(20),
        _ => None,
    };
    let valid_to = years.map(|years| years_on(issued_on, years));
    personal(maker, one, "id-card", issued_on, valid_to, Some(number), Facts::new());
}

fn register_page(maker: &mut Maker<'_>, one: usize) {
    let resident = &maker.people.residents[one];
    let number = resident.household.clone();
    let address = details([("address", Value::from(resident.hukou_address.as_deref().unwrap_or_default()))]);
    let issued_on = maker.past(15);
    personal(maker, one, "household-register", issued_on, None, number, address);
}

/// Both have one certificate each, with the same number: the couple's first to come gives it.
fn marriage(maker: &mut Maker<'_>, one: usize, spouse: SubjectId, day: NaiveDate) {
    let theirs = maker.people.licences.iter().rev().take(400);
    let given = theirs.into_iter().find(|one| one.holder == spouse && one.licence == *"marriage-certificate");
    let number = given.map(|licence| licence.number.clone());
    personal(maker, one, "marriage-certificate", day, None, number, Facts::new());
}

fn birth(maker: &mut Maker<'_>, one: usize) {
    let born_on = maker.people.residents[one].citizen_id.birth();
    let issued_on = (born_on + Days::new(10)).min(maker.today);
    plain(maker, one, "birth-certificate", issued_on, None);
    plain(maker, one, "vaccination-card", issued_on, None);
    plain(maker, one, "medical-enrolment", issued_on, None);
}

/// Residence permit (居住证), endorsed every year.
pub(super) fn residence_permit(maker: &mut Maker<'_>, one: usize, issued_on: NaiveDate) {
    let number = maker.people.residents[one].citizen_id.to_string();
    let valid_to = Some(years_on(issued_on, 1));
    personal(maker, one, "residence-permit", issued_on, valid_to, Some(number), Facts::new());
}

/// Social security card (社会保障卡) with its bank account; the numbers begin with 9, which no bank card does.
pub(super) fn social_card(maker: &mut Maker<'_>, one: usize) {
    let issued_on = maker.past(8);
    let account = format!("9{:018}", maker.rng.random_range(0..1_000_000_000_000_000_000u64));
    let valid_to = Some(years_on(issued_on, 10));
    let details = details([("bank_account", account.into())]);
    personal(maker, one, "social-security-card", issued_on, valid_to, None, details);
}

/// Health certificate of people who serve food or customers, for a year (食品安全法第四十五条).
pub(super) fn health_cert(maker: &mut Maker<'_>, one: usize) {
    let issued_on = maker.today - Days::new(maker.rng.random_range(5..330));
    plain(maker, one, "health-cert", issued_on, Some(years_on(issued_on, 1)));
}

/// Who runs a shop for customers has a health certificate, if not already by chance.
fn health_of_operators(maker: &mut Maker<'_>) {
    let operators: Vec<SubjectId> = maker
        .people
        .organisations
        .iter()
        .filter(|one| one.form == OrgForm::Individual && (one.scope.contains("餐饮") || one.scope.contains("理发")))
        .map(|one| one.legal_rep)
        .collect();
    for one in maker.fixed..maker.people.residents.len() {
        let subject = maker.people.residents[one].subject;
        if operators.contains(&subject) {
            health_cert(maker, one);
        }
    }
}

fn dwelling(maker: &mut Maker<'_>, one: usize) {
    let issued_on = maker.past(12);
    let place = maker.people.residents[one].address.clone();
    let name = maker.people.residents[one].name.clone();
    maker.paper(Paper {
        licence: "real-estate",
        holder: maker.people.residents[one].subject,
        holder_name: &name,
        issued_on,
        valid_to: None,
        number: None,
        about: None,
        place,
        details: details([("usage", Value::from("residential"))]),
    });
}

/// A licence that says nothing beyond its kind, its holder and its dates.
pub(super) fn plain(
    maker: &mut Maker<'_>,
    one: usize,
    licence: &str,
    issued_on: NaiveDate,
    valid_to: Option<NaiveDate>,
) {
    personal(maker, one, licence, issued_on, valid_to, None, Facts::new());
}

pub(super) fn personal(
    maker: &mut Maker<'_>,
    one: usize,
    licence: &str,
    issued_on: NaiveDate,
    valid_to: Option<NaiveDate>,
    number: Option<String>,
    details: Facts,
) {
    let resident = &maker.people.residents[one];
    let (holder, name) = (resident.subject, resident.name.clone());
    let about = (licence == "delivery-record").then_some(HolderRole::Child);
    let place = None;
    maker.paper(Paper { licence, holder, holder_name: &name, issued_on, valid_to, number, about, place, details });
}

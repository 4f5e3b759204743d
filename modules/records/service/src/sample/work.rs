//! Work and what hangs on it (就业、社会保险): employers, months paid, who has none.

use chrono::Days;
use rand::RngExt;
use records::Register;

use super::maker::{Maker, Paper};

/// Gives everybody of working age an employer, a firm of their own, or none.
pub(super) fn make(maker: &mut Maker<'_>) {
    let firms: Vec<String> = maker.people.organisations.iter().map(|one| one.name.clone()).collect();
    for one in maker.fixed..maker.people.residents.len() {
        let resident = &maker.people.residents[one];
        let (subject, age) = (resident.subject, resident.age_on(maker.today));
        match (age, maker.rng.random_range(0..100)) {
            (20..60, 0..66) if !firms.is_empty() => {
                let firm = firms[maker.rng.random_range(0..firms.len())].as_str();
                let months = maker.rng.random_range(3..(age - 18) * 12);
                employed(maker, one, firm, months);
            }
            (22..58, 66..70) if !firms.is_empty() => {
                let firm = firms[maker.rng.random_range(0..firms.len())].as_str();
                let (months, days) = (maker.rng.random_range(6..180), maker.rng.random_range(15..120));
                unemployed(maker, one, firm, months, days);
                registered_unemployed(maker, one);
            }
            _ => maker.fact(subject, "medical_insurance", "resident", Register::MedicalInsurance),
        }
    }
}

/// Somebody employed, with months of unemployment insurance paid.
pub(super) fn employed(maker: &mut Maker<'_>, one: usize, firm: &str, months: u32) {
    let subject = maker.people.residents[one].subject;
    maker.fact(subject, "employer", firm, Register::SocialInsurance);
    maker.fact(subject, "unemployment_months", months, Register::SocialInsurance);
    maker.fact(subject, "medical_insurance", "employee", Register::MedicalInsurance);
}

/// Somebody whose employment ended so many days ago.
pub(super) fn unemployed(maker: &mut Maker<'_>, one: usize, firm: &str, months: u32, days: u64) {
    let subject = maker.people.residents[one].subject;
    let ended_on = maker.today - Days::new(days);
    maker.fact(subject, "last_employer", firm, Register::SocialInsurance);
    maker.fact(subject, "employment_ended_on", ended_on, Register::SocialInsurance);
    maker.fact(subject, "unemployment_months", months, Register::SocialInsurance);
    maker.fact(subject, "medical_insurance", "resident", Register::MedicalInsurance);
}

/// Registers an unemployed person (失业登记) with the job searches of this month.
fn registered_unemployed(maker: &mut Maker<'_>, one: usize) {
    let resident = &maker.people.residents[one];
    let (subject, name) = (resident.subject, resident.name.clone());
    let searches = maker.rng.random_range(0..6u32);
    maker.fact(subject, "job_seeking_count", searches, Register::Employment);
    let issued_on = maker.today - Days::new(maker.rng.random_range(1..14));
    maker.paper(Paper {
        licence: "unemployment-registration",
        holder: subject,
        holder_name: &name,
        issued_on,
        valid_to: None,
        number: None,
        about: None,
        place: None,
        details: Default::default(),
    });
}

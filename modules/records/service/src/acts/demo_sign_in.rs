//! A resident signs in at a demonstration. This stands where the identity provider (统一身份认证) will: portal and
//! interface ask here, and on a real server the answer is no.

use access_service::acts::sign_in_resident;
use access_service::{DemoMode, Visit, session::Opened};
use chrono::TimeDelta;
use kernel::codes::{CitizenId, CodeFault, tidy};
use kernel::refusal::Refusal;
use platform::limits::Throttle;
use platform::{Fault, FieldFault, World};
use records::{Purpose, Resident, Why};

use super::identify;
use crate::reads::person_by_citizen_id;
use crate::sample::DemoPerson;

/// Tries with one number in each quarter of an hour, whichever door they come through.
const TRIES: u32 = 5;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Counts the tries of each number, in this process. Counting by address would lock out a whole hall behind one line;
/// the number is what a guesser of names has to keep.
struct Tries(Throttle);

/// Signs in one of the people with a story.
///
/// # Errors
/// `access.identity-not-connected` on a real server.
pub async fn demo_sign_in(visit: &Visit, person: &DemoPerson) -> Result<Opened, Fault> {
    DemoMode::only(&visit.world)?;
    let found = identify(visit, &person.citizen_id, person.name, &Purpose::of(Why::SignIn)).await?;
    open(&visit.world, &found).await
}

/// Signs in whoever gives a name and a number that the population register knows together.
///
/// # Errors
/// `access.identity-not-connected` on a real server; [`Fault::Invalid`] of `name` and `citizen_id`; [`Fault::TooMany`];
/// `records.name-mismatch`, also for a number nobody has: without proof of identity a number must not become a person
/// here, nor be found out.
pub async fn demo_sign_in_by_number(visit: &Visit, number: &str, name: &str) -> Result<Opened, Fault> {
    DemoMode::only(&visit.world)?;
    let number = read(visit, number, name)?;
    let tries = visit.world.parts.get_or_install(|| Tries(Throttle::new(TRIES, WINDOW)));
    tries.0.count(number.as_str(), visit.world.clock.now_utc())?;
    let purpose = Purpose::of(Why::SignIn);
    if person_by_citizen_id(&Visit::system(&visit.world), &number, &purpose).await?.is_none() {
        return Err(Refusal::new("records.name-mismatch", "check-identity").into());
    }
    let found = identify(visit, &number, name, &purpose).await?;
    open(&visit.world, &found).await
}

async fn open(world: &World, found: &Resident) -> Result<Opened, Fault> {
    sign_in_resident(world, &found.subject.to_string(), &found.name).await
}

/// The number, when it and the name can be ones; else all that is wrong with both.
fn read(visit: &Visit, number: &str, name: &str) -> Result<CitizenId, Fault> {
    let mut faults = Vec::new();
    if name.trim().is_empty() {
        faults.push(FieldFault::new("name", "required").fact("label", "姓名"));
    }
    let missing = || FieldFault::new("citizen_id", "required").fact("label", "公民身份号码");
    let number = match tidy(number) {
        empty if empty.is_empty() => Err(missing()),
        given => CitizenId::parse_on(&given, visit.today()).map_err(|fault| code_fault(&fault)),
    };
    match number {
        Ok(number) if faults.is_empty() => Ok(number),
        Ok(_) => Err(Fault::Invalid(faults)),
        Err(fault) => {
            faults.push(fault);
            Err(Fault::Invalid(faults))
        }
    }
}

/// A dot in a key opens another table of words, so the code comes with a dash.
fn code_fault(fault: &CodeFault) -> FieldFault {
    let named = FieldFault::new("citizen_id", fault.code.replace('.', "-")).fact("label", "公民身份号码");
    fault.facts.iter().fold(named, |told, (name, value)| told.fact(name, value))
}

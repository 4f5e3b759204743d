//! Who a resident says to be. Stands, as the portal's sign-in page does, where the identity provider will.

use std::sync::Arc;

use access_service::{Visit, acts, session};
use chrono::TimeDelta;
use kernel::codes::{CitizenId, CodeFault, tidy};
use kernel::refusal::Refusal;
use platform::limits::Throttle;
use platform::{Fault, FieldFault};
use records::{Purpose, Why};

/// Tries with one number, in each quarter of an hour, as on the sign-in page.
const TRIES: u32 = 5;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Counts the tries of each number, in this process.
#[derive(Clone)]
pub(super) struct Gate(Arc<Throttle>);

impl Gate {
    pub(super) fn new() -> Self {
        Self(Arc::new(Throttle::new(TRIES, WINDOW)))
    }

    /// Opens a session for the person of that name and number, if the register knows them.
    ///
    /// # Errors
    /// [`Fault::Invalid`] of `name` and `citizen_id`; [`Fault::TooMany`]; `records.name-mismatch`, also for a number
    /// nobody has: without proof of identity a number must not become a person here, nor be found out.
    pub(super) async fn sign_in(&self, visit: &Visit, number: &str, name: &str) -> Result<session::Opened, Fault> {
        let mut faults = Vec::new();
        if name.trim().is_empty() {
            faults.push(FieldFault::new("name", "required").fact("label", "姓名"));
        }
        let number = CitizenId::parse_on(&tidy(number), visit.today());
        faults.extend(number.as_ref().err().map(field_fault));
        let Some(number) = number.ok().filter(|_| faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
        self.0.count(number.as_str(), visit.world.clock.now_utc())?;
        let purpose = Purpose::of(Why::SignIn);
        let house = Visit::system(&visit.world);
        if records_service::reads::person_by_citizen_id(&house, &number, &purpose).await?.is_none() {
            return Err(Refusal::new("records.name-mismatch", "check-identity").into());
        }
        let found = records_service::acts::identify(visit, &number, name, &purpose).await?;
        acts::sign_in_resident(&visit.world, &found.subject.to_string(), &found.name).await
    }
}

/// A dot in a key opens another table of words, so the code comes with a dash.
fn field_fault(fault: &CodeFault) -> FieldFault {
    let named = FieldFault::new("citizen_id", fault.code.replace('.', "-")).fact("label", "公民身份号码");
    fault.facts.iter().fold(named, |told, (name, value)| told.fact(name, value))
}

//! 当场更正: the applicant mends errors of form at the window; no notice is needed for them (行政许可法 32.1.3).

use std::collections::BTreeMap;

use access_service::Visit;
use casework::{CORRECT_ON_SPOT, Order, Phase};
use kernel::id::ApplicationId;
use kernel::value::Value;
use platform::{Fault, FieldFault, RequestKey};

use super::done::{Done, answer};
use super::matter::{Matter, officer};
use super::take_in::take_in;
use crate::pins;
use crate::store::Which;

/// These errors were mended at the window.
#[derive(Debug, Clone)]
pub struct CorrectOnSpot {
    pub application: ApplicationId,
    /// What was mended, in the clerk's words.
    pub what: Vec<String>,
    /// Element code to the new value, for errors in the form.
    pub fields: BTreeMap<String, Value>,
}

/// Puts the correction on the record of every case that is not accepted yet, and the new values into the form.
///
/// # Errors
/// [`Fault::Invalid`] of `field:…` with `unknown` for a field no such case asks for; [`Fault::NotAllowed`],
/// [`Fault::NotFound`], and the refusals of [`casework::decide`].
pub async fn correct_on_spot(visit: &Visit, key: Option<&RequestKey>, order: CorrectOnSpot) -> Result<Done, Fault> {
    let (shelf, which, order) = (pins::shelf(&visit.world)?, Which::Application(order.application), &order);
    let outcome = visit.write(key, async |tx| {
        let mut matter = Matter::lock(&tx, visit, &shelf, which).await?;
        visit.allow(CORRECT_ON_SPOT, &matter.resource())?;
        let mut open: Vec<usize> = (0..matter.members.len()).filter(|at| is_open(&matter, *at)).collect();
        if open.is_empty() {
            open.push(0);
        }
        asked_for(&matter, &open, &order.fields)?;
        let what = order.what.iter().map(|line| line.trim().to_owned()).collect();
        let told = Order::CorrectOnSpot { what, by: officer(visit)? };
        for at in open {
            matter.order(at, &told)?;
        }
        take_in(&tx, visit, &matter, (&[], &order.fields)).await?;
        matter.finish(&tx, visit).await
    });
    answer(visit, &shelf, which, outcome.await).await
}

fn is_open(matter: &Matter<'_>, at: usize) -> bool {
    matter.members[at].case.status().phase() == Phase::Intake
}

fn asked_for(matter: &Matter<'_>, open: &[usize], fields: &BTreeMap<String, Value>) -> Result<(), Fault> {
    let asks = |element: &str| {
        open.iter().any(|at| matter.members[*at].item.fields.iter().any(|field| *field.element == *element))
    };
    let unknown = fields.keys().filter(|element| !asks(element));
    let faults: Vec<_> = unknown.map(|element| FieldFault::new(format!("field:{element}"), "unknown")).collect();
    if faults.is_empty() { Ok(()) } else { Err(Fault::Invalid(faults)) }
}

//! From the pinned item to the law of its case.

use catalog::Item;
use catalog::model::ResultKind;
use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use platform::Fault;

use casework::{CaseLaw, LicenceType, StepLaw, Terms};

/// What the item and the general law say about a case received on this day, counted by today's calendar.
pub(crate) fn law_of<'a>(
    item: &Item,
    received_on: NaiveDate,
    calendar: &'a WorkCalendar,
) -> Result<CaseLaw<'a>, Fault> {
    let terms = Terms::on(received_on)
        .ok_or_else(|| Fault::internal(format_args!("no terms of procedure are known for {received_on}")))?;
    let step = |step: &catalog::model::Step| StepLaw { id: step.id.clone(), name: step.name.clone(), role: step.role };
    Ok(CaseLaw {
        promise: item.promise,
        statutory: item.statutory,
        steps: item.steps.iter().map(step).collect(),
        consumes: item.consumes.iter().map(|licence| LicenceType::new(licence.as_str())).collect(),
        provides: item.provides.as_ref().map(|licence| LicenceType::new(licence.as_str())),
        makes_result: item.result.kind != ResultKind::None,
        terms,
        calendar,
    })
}

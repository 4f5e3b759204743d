//! From the pinned item to the law of its case.

use catalog::Item;
use catalog::model::{ResultKind, Resumption};
use catalog_service::Shelf;
use chrono::NaiveDate;
use kernel::limit::{Limit, Period, Start, Unit};
use platform::Fault;

use crate::powers::powers_of;
use casework::{CaseLaw, LicenceType, PreliminaryLaw, Resume, SpecialLaw, StepLaw, Terms};

/// What the item and the general law say about a case of this region received on that day: counted by today's calendar,
/// acted on by whoever has the power today.
pub(crate) fn law_of<'a>(
    item: &Item,
    received_on: NaiveDate,
    (shelf, region, today): (&'a Shelf, &str, NaiveDate),
) -> Result<CaseLaw<'a>, Fault> {
    let terms = Terms::on(received_on)
        .ok_or_else(|| Fault::internal(format_args!("no terms of procedure are known for {received_on}")))?;
    let special = |special: &catalog::model::SpecialProcedure| SpecialLaw {
        id: special.id.clone(),
        name: special.name.clone(),
        days: special.days,
        resume: match special.resume {
            Resumption::Continue => Resume::Continue,
            Resumption::Reset => Resume::Reset,
        },
    };
    let tolerance = item.tolerance.as_ref().filter(|tolerance| tolerance.allowed);
    let commitment = item.commitment.as_ref().filter(|commitment| commitment.allowed);
    let step = |step: &catalog::model::Step| StepLaw { id: step.id.clone(), name: step.name.clone(), role: step.role };
    Ok(CaseLaw {
        promise: item.promise,
        statutory: item.statutory,
        steps: item.steps.iter().map(step).collect(),
        consumes: item.consumes.iter().map(|licence| LicenceType::new(licence.as_str())).collect(),
        provides: item.provides.as_ref().map(|licence| LicenceType::new(licence.as_str())),
        makes_result: item.result.kind != ResultKind::None,
        pre_review: item
            .pre_review
            .as_ref()
            .filter(|rule| rule.offered)
            .map(|rule| rule.days.map_or(terms.pre_review, |days| Period { value: days, unit: Unit::Workday })),
        tolerance: tolerance.map(|tolerance| Period { value: tolerance.days, unit: Unit::Workday }),
        specials: item.special.iter().map(special).collect(),
        extension: item.extension.unwrap_or(terms.extension),
        evidence_due: commitment.and_then(|commitment| commitment.evidence_due),
        preliminary: item.preliminary.as_ref().map(|rule| {
            let own = rule.days.map(Limit::workdays);
            let general =
                Limit { value: terms.preliminary.value, unit: terms.preliminary.unit, start: Start::Acceptance };
            PreliminaryLaw { limit: own.unwrap_or(general) }
        }),
        powers: powers_of(shelf.catalog(), item, region, today),
        terms,
        calendar: &shelf.calendar,
    })
}

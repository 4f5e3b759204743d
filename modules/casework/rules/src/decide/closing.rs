//! After the decision: making the licence and handing it over.

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::is_blank;
use crate::case::Case;
use crate::event::Event;
use crate::facts::{DeliveryMethod, Outcome};
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::refusals as no;

type Answer = Result<Vec<Event>, Refusal>;

/// 出证: the licence or document a grant brings.
pub(super) fn issue(number: &str, by: &Officer, law: &CaseLaw, today: NaiveDate) -> Answer {
    if !law.makes_result {
        return Err(no::NO_RESULT_TO_ISSUE.refuse());
    }
    if is_blank(number) {
        return Err(no::ISSUED_WITHOUT_NUMBER.refuse());
    }
    Ok(vec![Event::Issued { on: today, by: by.id.clone(), number: number.to_owned() }])
}

/// 送达: the licence, or the decision where there is no licence to hand over. Signed for, once.
pub(super) fn deliver(
    case: &Case,
    how: DeliveryMethod,
    to: &str,
    by: Option<&Officer>,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    if let Some(delivered) = &case.delivered {
        return Err(no::ALREADY_DELIVERED.refuse().fact("on", delivered.on));
    }
    let granted = case.decision.as_ref().is_some_and(|decision| decision.outcome == Outcome::Grant);
    if granted && law.makes_result && case.issued.is_none() {
        return Err(no::NOT_ISSUED.refuse());
    }
    if is_blank(to) {
        return Err(no::DELIVERED_TO_NOBODY.refuse());
    }
    let by = by.map(|officer| officer.id.clone());
    Ok(vec![Event::Delivered { on: today, by, how, to: to.to_owned() }])
}

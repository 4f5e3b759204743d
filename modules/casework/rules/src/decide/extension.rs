//! The one extension (42.1): by the head of the authority, before the limit is over, its reason told to the applicant.

use access::Role;
use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::is_blank;
use crate::case::Case;
use crate::due::Due;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::refusals as no;

/// 延长期限. What is late already cannot be made timely by it.
pub(super) fn extend(
    case: &Case,
    (days, reason): (u32, &str),
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Result<Vec<Event>, Refusal> {
    if let Some(extension) = &case.extension {
        return Err(no::EXTENDED_ALREADY.refuse().fact("on", extension.on));
    }
    if !by.holds(Role::Approver) {
        return Err(no::EXTENSION_NOT_BY_HEAD.refuse());
    }
    if is_blank(reason) {
        return Err(no::EXTENSION_WITHOUT_REASON.refuse());
    }
    if days == 0 || days > law.extension.value {
        return Err(no::EXTENSION_TOO_LONG.refuse().fact("most", law.extension.value));
    }
    if let Due::On(due) = case.statutory_clock(law).due(law.calendar)
        && due < today
    {
        return Err(no::EXTENSION_TOO_LATE.refuse().fact("due", due));
    }
    Ok(vec![Event::Extended { on: today, by: by.id.clone(), days, reason: reason.to_owned() }])
}

//! Several authorities on one application (统一办理、联合办理): the limit of all of them together (行政许可法 42.2).

use kernel::limit::{Limit, Start};

use super::Member;
use crate::clock::LegalClock;
use crate::status::Phase;

/// The clock of the whole application: forty-five working days from the first acceptance, whatever each item promises;
/// time not counted for one case is not counted here. `None` while nothing is accepted, and for a single case, which
/// has only its own limit.
pub fn joint_clock(members: &[Member]) -> Option<LegalClock> {
    let first = members.first().filter(|_| members.len() > 1)?;
    let started = members.iter().filter_map(|member| member.case.acceptance.as_ref()).map(|one| one.on).min()?;
    let terms = first.law.terms.joint;
    let limit = Limit { value: terms.value, unit: terms.unit, start: Start::Acceptance };
    let pauses = members.iter().flat_map(|member| member.case.pauses(member.law)).collect();
    let is_open = |member: &Member| matches!(member.case.status().phase(), Phase::Intake | Phase::Review);
    let stopped = if members.iter().any(is_open) {
        None
    } else {
        members.iter().filter_map(|member| member.case.clock_stopped_on()).max()
    };
    Some(LegalClock { pauses: LegalClock::joined(pauses), ..LegalClock::plain(limit, Some(started), stopped) })
}

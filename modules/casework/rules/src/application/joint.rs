//! Several authorities on one application (统一办理、联合办理): the limit of all of them together, and its one extension by
//! the people's government (行政许可法 42.2).

use access::Role;
use chrono::NaiveDate;
use kernel::limit::{Limit, Start};
use kernel::refusal::Refusal;
use serde::{Deserialize, Serialize};

use super::Member;
use crate::clock::LegalClock;
use crate::due::Due;
use crate::officer::{Officer, OfficerId};
use crate::refusals::Rule;
use crate::status::Phase;

/// The extension of the common limit (经本级人民政府负责人批准): its reason is told to the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointExtension {
    pub on: NaiveDate,
    pub by: OfficerId,
    /// Working days.
    pub days: u32,
    pub reason: String,
}

const fn rule(code: &'static str, next: &'static str) -> Rule {
    Rule { code, article: Some("第四十二条第二款"), next }
}

/// One case, or nothing accepted, or all decided: there is no common limit to extend.
pub const NO_JOINT_LIMIT: Rule = rule("casework.no-joint-limit", "work-on");
/// Once only.
pub const JOINT_EXTENDED: Rule = rule("casework.joint-extended", "decide");
/// The head of the people's government approves it.
pub const JOINT_NOT_BY_GOVERNMENT: Rule = rule("casework.joint-not-by-government", "another-officer");
/// The applicant is told why.
pub const JOINT_WITHOUT_REASON: Rule = rule("casework.joint-without-reason", "give-reason");
/// Longer than the law allows.
pub const JOINT_TOO_LONG: Rule = rule("casework.joint-too-long", "give-days");
/// The limit is over.
pub const JOINT_TOO_LATE: Rule = rule("casework.joint-too-late", "decide");

/// All of these, for the texts; the chart of a single case cannot say them.
pub const JOINT_RULES: &[&Rule] = &[
    &NO_JOINT_LIMIT,
    &JOINT_EXTENDED,
    &JOINT_NOT_BY_GOVERNMENT,
    &JOINT_WITHOUT_REASON,
    &JOINT_TOO_LONG,
    &JOINT_TOO_LATE,
];

/// The clock of the whole application: forty-five working days from the first acceptance, whatever each item promises;
/// time not counted for one case is not counted here. `None` while nothing is accepted, and for a single case, which
/// has only its own limit.
pub fn joint_clock(members: &[Member], extension: Option<&JointExtension>) -> Option<LegalClock> {
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
    let extension = extension.map(|extension| extension.days);
    let plain = LegalClock::plain(limit, Some(started), stopped);
    Some(LegalClock { pauses: LegalClock::joined(pauses), extension, ..plain })
}

/// 延长联合办理期限: once, before its end, by who stands for the government. Whether this officer does, `of_government` says.
///
/// # Errors
/// [`Refusal`] under Article 42.2.
pub fn extend_joint(
    members: &[Member],
    before: Option<&JointExtension>,
    (days, reason): (u32, &str),
    (by, of_government): (&Officer, bool),
    today: NaiveDate,
) -> Result<JointExtension, Refusal> {
    let (Some(clock), Some(first)) = (joint_clock(members, before), members.first()) else {
        return Err(NO_JOINT_LIMIT.refuse());
    };
    if clock.stopped.is_some() {
        return Err(NO_JOINT_LIMIT.refuse());
    }
    if let Some(before) = before {
        return Err(JOINT_EXTENDED.refuse().fact("on", before.on));
    }
    if !of_government || !by.holds(Role::Approver) {
        return Err(JOINT_NOT_BY_GOVERNMENT.refuse());
    }
    if reason.trim().is_empty() {
        return Err(JOINT_WITHOUT_REASON.refuse());
    }
    let most = first.law.terms.joint_extension.value;
    if days == 0 || days > most {
        return Err(JOINT_TOO_LONG.refuse().fact("most", most));
    }
    if let Due::On(due) = clock.due(first.law.calendar)
        && due < today
    {
        return Err(JOINT_TOO_LATE.refuse().fact("due", due));
    }
    Ok(JointExtension { on: today, by: by.id.clone(), days, reason: reason.trim().to_owned() })
}

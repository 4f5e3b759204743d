//! After the licence: taking it back (69), striking it off (70); and renewal by silence (50.2).

use access::Role;
use chrono::NaiveDate;
use kernel::refusal::Refusal;

use super::is_blank;
use crate::case::Case;
use crate::commitment::{Commitment, Finding};
use crate::due::Due;
use crate::event::Event;
use crate::law::CaseLaw;
use crate::officer::Officer;
use crate::refusals as no;
use crate::undone::{CancellationGround, RevocationGround};

type Answer = Result<Vec<Event>, Refusal>;

/// 撤销, with its ground and its facts; for a broken commitment only after a check that found it so.
pub(super) fn revoke(
    case: &Case,
    (ground, reason): (RevocationGround, &str),
    by: &Officer,
    today: NaiveDate,
) -> Answer {
    may_undo(by, reason)?;
    let finding = case.commitment.as_ref().and_then(Commitment::finding);
    if ground == RevocationGround::BrokenCommitment && finding != Some(Finding::Broken) {
        return Err(no::COMMITMENT_NOT_BROKEN.refuse());
    }
    Ok(vec![Event::Revoked { on: today, by: by.id.clone(), ground, reason: reason.to_owned() }])
}

/// 注销: a licence that is there, or was until it was taken back.
pub(super) fn cancel(
    case: &Case,
    (ground, reason): (CancellationGround, &str),
    by: &Officer,
    law: &CaseLaw,
    today: NaiveDate,
) -> Answer {
    may_undo(by, reason)?;
    if law.makes_result && case.issued.is_none() {
        return Err(no::NOT_ISSUED.refuse());
    }
    if (ground == CancellationGround::Revoked) != case.revoked.is_some() {
        return Err(no::CANCELLATION_GROUND.refuse());
    }
    Ok(vec![Event::Cancelled { on: today, by: by.id.clone(), ground, reason: reason.to_owned() }])
}

fn may_undo(by: &Officer, reason: &str) -> Result<(), Refusal> {
    if !by.holds(Role::Approver) {
        return Err(no::UNDONE_NOT_BY_HEAD.refuse());
    }
    if is_blank(reason) {
        return Err(no::UNDONE_WITHOUT_REASON.refuse());
    }
    Ok(())
}

/// 视为准予延续, by the timer: applied for in time, and nobody decided before the licence expired. Papers the applicant
/// still owes are not the authority's silence.
pub(super) fn deem_renewed(case: &Case, law: &CaseLaw, today: NaiveDate) -> Answer {
    match case.deemed_renewed_on(law) {
        Due::On(day) if day <= today => Ok(vec![Event::DeemedRenewed { on: day, recorded_on: today }]),
        Due::On(day) => Err(no::NOT_YET.refuse().fact("on", day)),
        Due::Unknown(_) => Ok(Vec::new()),
    }
}

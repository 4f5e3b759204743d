//! The one hand-over (统一出件): all results together, once, unless the law presses.

use chrono::NaiveDate;
use kernel::id::CaseId;

use super::Member;
use crate::lamp::Lamp;
use crate::reading::{ClockKind, Reading};
use crate::status::Status;

/// Whether the results of an application can be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handover {
    /// Cases are still under way.
    NotYet { open: Vec<CaseId> },
    /// Some are under way, and what is ready may not wait for them: its ten working days for delivery run out
    /// (行政许可法 44).
    Pressing { deliver: Vec<CaseId>, open: Vec<CaseId> },
    /// All are settled: these go out together, licences and refusals with their reasons.
    Ready { deliver: Vec<CaseId> },
    /// All are settled and nothing is left to hand over.
    Done,
}

/// How the hand-over of these cases stands on a day. A refused member does not hold up the others.
pub fn handover(members: &[Member], today: NaiveDate) -> Handover {
    let ids = |which: &dyn Fn(&Member) -> bool| -> Vec<CaseId> {
        members.iter().filter(|member| which(member)).map(|member| member.case.id).collect()
    };
    let open = ids(&|member| !member.case.is_settled(member.law));
    let deliver = ids(&is_deliverable);
    if open.is_empty() {
        return if deliver.is_empty() { Handover::Done } else { Handover::Ready { deliver } };
    }
    let presses = |member: &Member| is_deliverable(member) && delivery_presses(member, today);
    if members.iter().any(presses) { Handover::Pressing { deliver, open } } else { Handover::NotYet { open } }
}

/// Something is there to be handed over: the licence, or the decision where none is made.
fn is_deliverable(member: &Member) -> bool {
    if member.case.delivered.is_some() {
        return false;
    }
    match member.case.status() {
        Status::Granted => !member.law.makes_result,
        Status::Issued | Status::Refused => true,
        Status::PreReview
        | Status::ToMend
        | Status::Received
        | Status::CorrectionNoticed
        | Status::Corrected
        | Status::Preliminary
        | Status::Waiting
        | Status::InReview
        | Status::InSpecial
        | Status::Delivered
        | Status::Revoked
        | Status::Cancelled
        | Status::NotAccepted
        | Status::Lapsed
        | Status::Withdrawn
        | Status::Terminated => false,
    }
}

fn delivery_presses(member: &Member, today: NaiveDate) -> bool {
    let clock = member.case.delivery_clock(member.law);
    let lamp = Reading::of(ClockKind::Delivery, &clock, member.law.calendar).lamp(today);
    matches!(lamp, Lamp::Yellow | Lamp::Red)
}

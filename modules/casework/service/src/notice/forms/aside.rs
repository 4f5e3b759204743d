//! The forms of what befalls a case besides its ordinary way. Where a form must name a day and the calendar does not reach
//! it, there is no form yet: a printed guess would be a broken promise.

use casework::{Case, Event, MissingPaper};
use chrono::NaiveDate;
use documents::{Form, PaperDue, Undoing};
use kernel::limit::{Period, Unit};
use platform::Fault;

use super::{Desk, accepted_on, basis, result_name};
use crate::acts::Handled;

/// 告知承诺书, where the applicant committed.
pub(super) fn commitment(desk: &Desk<'_>, member: &Handled<'_>) -> Option<Form> {
    let commitment = member.case.standing_commitment()?;
    let rule = member.item.commitment.as_ref();
    let own = rule.and_then(|rule| rule.basis.as_ref()).map(|basis| format!("《{}》{}", basis.law, basis.article));
    Some(Form::Commitment {
        basis: own.unwrap_or_else(|| basis(&member.item.basis)),
        clauses: commitment.made.clauses.clone(),
        evidence_due: member
            .law
            .evidence_due
            .filter(|_| !commitment.made.papers.is_empty())
            .map(|limit| desk.limit(limit)),
    })
}

/// 容缺受理承诺书.
pub(super) fn tolerant_promise(papers: &[MissingPaper], due: Option<NaiveDate>) -> Option<Form> {
    let due = due?;
    let line = |paper: &MissingPaper| PaperDue { name: paper.name.clone(), due };
    Some(Form::TolerantPromise { papers: papers.iter().map(line).collect() })
}

/// 特别程序告知书: without it the clock would not stop (行政许可法 45).
pub(super) fn special_procedure(desk: &Desk<'_>, member: &Handled<'_>, event: &Event) -> Result<Form, Fault> {
    let Event::SpecialBegun { on, procedure, days, until, reason, .. } = event else {
        return Err(Fault::internal("a special procedure is told of by its beginning"));
    };
    let name = member.law.special(procedure).map_or_else(|| procedure.clone(), |special| special.name.clone());
    Ok(Form::SpecialProcedure {
        procedure: name,
        reason: reason.clone(),
        basis: desk.said("special-basis", &[]),
        begins_on: *on,
        takes: desk.period(Period { value: *days, unit: Unit::Workday }),
        until: *until,
    })
}

/// 听证通知书: the hearing that was asked for, its day and place.
pub(super) fn hearing_session(member: &Handled<'_>, session: NaiveDate, place: &str) -> Result<Form, Fault> {
    let told = member.case.hearing.as_ref().ok_or_else(|| Fault::internal("a hearing that was not offered"))?;
    Ok(Form::HearingSession { reason: told.why.clone(), held_at: ui::say::day(session), place: place.to_owned() })
}

/// 延长办理期限告知书, from the day it was due to the day it is due now.
pub(super) fn extension(desk: &Desk<'_>, member: &Handled<'_>, days: u32, reason: &str) -> Result<Option<Form>, Fault> {
    let before = Case { extension: None, ..member.case.clone() };
    let due = |case: &Case| case.statutory_clock(&member.law).due(member.law.calendar).day();
    let (Some(was_due), Some(now_due)) = (due(&before), due(&member.case)) else { return Ok(None) };
    let authority = desk.authority_name(member.case.name_today(&member.law));
    Ok(Some(Form::Extension {
        accepted_on: accepted_on(&member.case)?,
        reason: reason.to_owned(),
        was_due,
        days,
        now_due,
        approved_by: desk.said("head-of-authority", &[("authority", authority)]),
    }))
}

/// 撤销、注销: what ends, its number, the ground with its article.
pub(super) fn undoing(
    desk: &Desk<'_>,
    member: &Handled<'_>,
    (table, ground, article): (&str, &str, &str),
    reason: &str,
) -> Undoing {
    Undoing {
        result: result_name(member).unwrap_or_else(|| member.row.item_name.clone()),
        number: member.case.issued.as_ref().map(|issued| issued.number.clone()),
        ground: desk.wording.word(table, ground),
        basis: desk.said("licensing-law", &[("article", article.to_owned())]),
        reason: reason.to_owned(),
    }
}

//! The forms of what befalls a case besides its ordinary way. Where a form names a day and the calendar does not reach it,
//! it says why instead: a printed guess would be a broken promise, and no notice at all would be silence.

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
pub(super) fn tolerant_promise(
    desk: &Desk<'_>,
    member: &Handled<'_>,
    papers: &[MissingPaper],
    due: Option<NaiveDate>,
) -> Form {
    // The promise is owed on the day of acceptance, whether next year's holidays are known or not: then it says how many
    // working days, and why no date.
    let period = member.law.tolerance.unwrap_or(member.law.terms.correction);
    let in_words = desk.said("within-no-date", &[("period", desk.period(period)), ("why", desk.beyond_calendar())]);
    let line = |paper: &MissingPaper| PaperDue {
        name: paper.name.clone(),
        due_words: due.is_none().then(|| in_words.clone()),
        due,
    };
    Form::TolerantPromise { papers: papers.iter().map(line).collect() }
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
    let presider = told.session.as_ref().and_then(|session| session.presider.as_ref());
    Ok(Form::HearingSession {
        reason: told.why.clone(),
        held_at: ui::say::day(session),
        place: place.to_owned(),
        presider: presider.map(|presider| presider.name.clone()),
    })
}

/// 延长办理期限告知书, from the day it was due to the day it is due now.
pub(super) fn extension(desk: &Desk<'_>, member: &Handled<'_>, days: u32, reason: &str) -> Result<Form, Fault> {
    let before = Case { extension: None, ..member.case.clone() };
    let due = |case: &Case| case.statutory_clock(&member.law).due(member.law.calendar).day();
    let (was_due, now_due) = (due(&before), due(&member.case));
    let authority = desk.authority_name(member.case.name_today(&member.law));
    Ok(Form::Extension {
        accepted_on: accepted_on(&member.case)?,
        reason: reason.to_owned(),
        was_due,
        days,
        now_due,
        why_no_day: now_due.is_none().then(|| desk.beyond_calendar()),
        approved_by: desk.said("head-of-authority", &[("authority", authority)]),
    })
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

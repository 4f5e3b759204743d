//! What else has befallen a case: papers to follow, commitments, special procedures, hearings, an extension, a licence
//! undone. Each a title and lines in words, for staff and applicant alike.

use std::collections::BTreeMap;

use casework::{CancellationGround, Commitment, Due, Finding, Hearing, HearingAnswer, RevocationGround};
use serde::Serialize;

use crate::acts::Handled;
use crate::wording::Wording;

/// How grave a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteTone {
    /// Something is still open.
    Open,
    /// It is on record and done.
    Done,
    /// It took something away.
    Grave,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteView {
    pub tone: NoteTone,
    pub title: String,
    pub lines: Vec<String>,
}

/// The notes of a case, the gravest first.
pub(super) fn notes(member: &Handled<'_>, wording: &Wording) -> Vec<NoteView> {
    let say = Say { wording };
    let mut notes = undone(member, &say);
    notes.extend(power(member, &say));
    notes.extend(preliminary(member, &say));
    notes.extend(pre_review(member, &say));
    notes.extend(commitment(member, &say));
    notes.extend(gaps(member, &say));
    notes.extend(special(member, &say));
    notes.extend(hearing(member, &say));
    notes.extend(extension(member, &say));
    notes.extend(on_spot(member, &say));
    notes
}

struct Say<'a> {
    wording: &'a Wording,
}

impl Say<'_> {
    fn line(&self, key: &str, facts: &[(&str, String)]) -> String {
        let facts: BTreeMap<String, String> =
            facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.wording.words.fill(&format!("note.{key}"), &facts)
    }

    /// 12月11日（周五）前; where no day can be told yet, soon.
    fn due(&self, due: Due) -> String {
        match due {
            Due::On(day) => ui::say::before(day, self.wording.today),
            Due::Unknown(_) => self.line("soon", &[]),
        }
    }

    fn note(&self, open: bool, key: &str, lines: Vec<String>) -> NoteView {
        let tone = if open { NoteTone::Open } else { NoteTone::Done };
        NoteView { tone, title: self.line(key, &[]), lines }
    }
}

fn undone(member: &Handled<'_>, say: &Say<'_>) -> Vec<NoteView> {
    let note = |key: &str, ground: String, article: &str, on: chrono::NaiveDate, reason: &str| NoteView {
        tone: NoteTone::Grave,
        title: say.line(key, &[]),
        lines: vec![
            say.line("ground", &[("ground", ground), ("article", article.to_owned())]),
            say.line("on-because", &[("on", say.wording.day(on)), ("reason", reason.to_owned())]),
        ],
    };
    let revoked = member.case.revoked.iter().map(|one| {
        let ground = say.wording.word(RevocationGround::TABLE, one.ground.code());
        note("revoked", ground, one.ground.article(), one.on, &one.reason)
    });
    let cancelled = member.case.cancelled.iter().map(|one| {
        let ground = say.wording.word(CancellationGround::TABLE, one.ground.code());
        note("cancelled", ground, one.ground.article(), one.on, &one.reason)
    });
    cancelled.chain(revoked).collect()
}

/// By whose power it is handled, where it is not the item's own authority's, and who supervises it.
fn power(member: &Handled<'_>, say: &Say<'_>) -> Option<NoteView> {
    let now = member.case.power_today(&member.law);
    let decided = member.case.decision.as_ref().and_then(|decision| decision.power.as_ref());
    let shown = decided.or(Some(now)).filter(|power| power.is_delegated())?;
    let mut lines = vec![say.wording.power(shown)];
    if let Some(until) = shown.until {
        lines.push(say.line("power-until", &[("until", say.wording.day(until))]));
    }
    if let Some(supervision) = &member.case.supervision {
        let who = say.wording.shelf.authority_short(&supervision.authority).to_owned();
        lines.push(match supervision.received_on {
            Some(on) => say.line("supervised", &[("authority", who), ("on", say.wording.day(on))]),
            None => say.line("to-supervise", &[("authority", who), ("on", say.wording.day(supervision.told_on))]),
        });
    }
    let open = member.case.supervision.as_ref().is_some_and(casework::Supervision::is_open);
    Some(say.note(open, "power", lines))
}

/// 下级初审: who reviews first, and what went up.
fn preliminary(member: &Handled<'_>, say: &Say<'_>) -> Option<NoteView> {
    let preliminary = member.case.preliminary.as_ref()?;
    let clock = member.case.preliminary_clock(&member.law);
    let who = say.wording.shelf.authority_short(&preliminary.authority).to_owned();
    let lines = match &preliminary.handed_up {
        None => vec![say.line("reviewing", &[("authority", who), ("due", say.due(clock.due(member.law.calendar)))])],
        Some(up) => {
            let late = clock.kept(member.law.calendar) == Some(false);
            let facts = [("authority", who), ("on", say.wording.day(up.on)), ("words", up.opinion.words.clone())];
            vec![say.line(if late { "handed-up-late" } else { "handed-up" }, &facts)]
        }
    };
    Some(say.note(preliminary.handed_up.is_none(), "preliminary", lines))
}

/// The advice, until it is followed or left; how it ended is the record's.
fn pre_review(member: &Handled<'_>, say: &Say<'_>) -> Option<NoteView> {
    let advice = member.case.pre_review.as_ref()?.open_advice()?;
    let due = say.due(member.case.pre_review_due(&member.law));
    let mut lines = vec![say.line("advised", &[("on", say.wording.day(advice.on)), ("due", due)])];
    lines.extend(advice.points.iter().map(|point| {
        let facts = [("name", point.name.clone()), ("reason", point.reason.clone()), ("mend", point.mend.clone())];
        say.line("advised-point", &facts)
    }));
    Some(say.note(true, "pre-review", lines))
}

fn commitment(member: &Handled<'_>, say: &Say<'_>) -> Option<NoteView> {
    let commitment = member.case.commitment.as_ref()?;
    if let Some(on) = commitment.withdrawn_on {
        let back = say.line("commitment-withdrawn", &[("on", say.wording.day(on))]);
        return Some(say.note(false, "commitment", vec![back]));
    }
    let mut lines = vec![say.line("commitment-clauses", &[("count", commitment.made.clauses.len().to_string())])];
    lines.extend(evidence(member, commitment, say));
    for check in &commitment.checks {
        let facts = [
            ("on", say.wording.day(check.on)),
            ("finding", say.wording.word(Finding::TABLE, check.finding.code())),
            ("words", check.words.clone()),
        ];
        lines.push(say.line("commitment-check", &facts));
        if let Some(day) = check.rectify_by {
            lines.push(say.line("rectify-by", &[("due", say.wording.day(day))]));
        }
    }
    Some(say.note(commitment.is_unsettled(), "commitment", lines))
}

fn evidence(member: &Handled<'_>, commitment: &Commitment, say: &Say<'_>) -> Option<String> {
    let names = commitment.made.papers.iter().map(|paper| paper.name.as_str()).collect::<Vec<_>>().join("、");
    if names.is_empty() {
        return None;
    }
    Some(match (commitment.supplied_on, member.case.decision.is_some()) {
        (Some(on), _) => say.line("evidence-in", &[("papers", names), ("on", say.wording.day(on))]),
        (None, true) => {
            let due = say.due(member.case.evidence_due(&member.law));
            say.line("evidence-due", &[("papers", names), ("due", due)])
        }
        (None, false) => say.line("evidence-later", &[("papers", names)]),
    })
}

fn gaps(member: &Handled<'_>, say: &Say<'_>) -> Vec<NoteView> {
    let note = |gap: &casework::Gap| {
        let names = gap.papers.iter().map(|paper| paper.name.as_str()).collect::<Vec<_>>().join("、");
        let line = match (gap.supplied_on, gap.lapsed_on) {
            (Some(on), _) => say.line("gap-in", &[("papers", names), ("on", say.wording.day(on))]),
            (None, Some(on)) => say.line("gap-lapsed", &[("papers", names), ("on", say.wording.day(on))]),
            (None, None) => {
                say.line("gap-due", &[("papers", names), ("due", say.due(member.case.gap_due(&member.law)))])
            }
        };
        say.note(gap.is_open(), &format!("gap-{}", gap.ground.code()), vec![line])
    };
    member.case.gaps.iter().map(note).collect()
}

fn special(member: &Handled<'_>, say: &Say<'_>) -> Vec<NoteView> {
    let note = |run: &casework::SpecialRun| {
        let name = member.law.special(&run.procedure).map_or(run.procedure.clone(), |special| special.name.clone());
        let until = run.until.map_or_else(String::new, |day| say.wording.day(day));
        let facts = [("on", say.wording.day(run.began_on)), ("days", run.days.to_string()), ("until", until)];
        let mut lines = vec![run.reason.clone(), say.line("special-told", &facts)];
        if let Some(on) = run.ended_on {
            let key = if run.ended_by.is_some() { "special-ended" } else { "special-expired" };
            let result = run.result.clone().unwrap_or_default();
            lines.push(say.line(key, &[("on", say.wording.day(on)), ("result", result)]));
        }
        NoteView { title: say.line("special", &[("procedure", name)]), ..say.note(run.is_open(), "special", lines) }
    };
    member.case.specials.iter().map(note).collect()
}

fn hearing(member: &Handled<'_>, say: &Say<'_>) -> Option<NoteView> {
    let hearing = member.case.hearing.as_ref()?;
    let due = say.due(member.case.hearing_answer_due(&member.law));
    let mut lines = vec![hearing.why.clone()];
    lines.push(match hearing.answer {
        None => say.line("hearing-offered", &[("on", say.wording.day(hearing.offered_on)), ("due", due)]),
        Some(HearingAnswer::Waived) => say.line("hearing-waived", &[]),
        Some(HearingAnswer::Wanted) => {
            let by = hearing.hold_by.map_or_else(String::new, |day| say.wording.day(day));
            say.line("hearing-wanted", &[("by", by)])
        }
    });
    if let Some(session) = &hearing.session {
        let facts = [("on", say.wording.day(session.on)), ("place", session.place.clone())];
        lines.push(say.line("hearing-set", &facts));
        if let Some(presider) = &session.presider {
            lines.push(say.line("hearing-presider", &[("name", presider.name.clone())]));
        }
    }
    if let (Some(on), Some(record)) = (hearing.held_on, &hearing.record) {
        lines.push(say.line("hearing-held", &[("on", say.wording.day(on)), ("record", record.clone())]));
    }
    let open = hearing.is_offered() || Hearing::is_under_way(hearing);
    Some(say.note(open, "hearing", lines))
}

fn extension(member: &Handled<'_>, say: &Say<'_>) -> Option<NoteView> {
    let extension = member.case.extension.as_ref()?;
    let facts = [("on", say.wording.day(extension.on)), ("days", extension.days.to_string())];
    Some(say.note(false, "extension", vec![extension.reason.clone(), say.line("extended", &facts)]))
}

fn on_spot(member: &Handled<'_>, say: &Say<'_>) -> Option<NoteView> {
    let made = &member.case.spot_corrections;
    let line = |one: &casework::SpotCorrection| {
        say.line("on-spot-made", &[("on", say.wording.day(one.on)), ("what", one.what.join("；"))])
    };
    (!made.is_empty()).then(|| say.note(false, "on-spot", made.iter().map(line).collect()))
}

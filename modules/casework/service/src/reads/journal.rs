//! The record in words: who did what when. The applicant reads the same lines without the officers' working notes.

use std::collections::BTreeMap;

use casework::{CancellationGround, Event, Finding, HearingAnswer, Outcome, PreReviewOutcome, RevocationGround};
use chrono::{DateTime, Utc};
use kernel::id::SubjectId;
use platform::Fault;
use platform::journal::JournalRow;
use serde::{Deserialize, Serialize};
use ui::say;
use uuid::Uuid;

use crate::acts::{
    APPLICATION_OPENED, CASE_OPENED, FORM_CARRIED, Handled, JOINT_EXTENDED, LICENCE_STRUCK_OFF, PAPER_COMPARED,
    PAPERS_CORRECTED, Recorded, open_receiver,
};
use crate::notice::{NOTICE_VOIDED, NOTICES_ISSUED};
use crate::store::application;
use crate::wording::Wording;

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalLine {
    pub at: DateTime<Utc>,
    /// 今天 10:32
    pub at_words: String,
    pub who: String,
    pub did: String,
    /// An opinion, a reason, what to correct.
    pub detail: Option<String>,
    /// A decision or a notice.
    pub official: bool,
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Officer,
    Applicant,
}

/// What the rows of an application hold besides events.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Facts {
    name: String,
    number: String,
    papers: Vec<serde_json::Value>,
    fields: BTreeMap<String, serde_json::Value>,
    item: String,
    notices: Vec<NoticeFact>,
    licence: Option<String>,
    material: String,
    days: u32,
    reason: String,
}

/// A notice as the record names it.
#[derive(Debug, Deserialize)]
struct NoticeFact {
    kind: String,
    number: String,
}

/// The rows about these cases, and about the application when `whole`.
pub(super) fn lines(
    rows: &[JournalRow],
    head: &application::Model,
    members: &[&Handled<'_>],
    (whole, reader): (bool, Reader),
    wording: &Wording,
) -> Result<Vec<JournalLine>, Fault> {
    let mut lines = Vec::new();
    for row in rows {
        let case = row.subject.parse::<Uuid>().ok();
        let member = members.iter().copied().find(|member| Some(member.row.id) == case);
        let said = match (member, row.act.as_str()) {
            // The whole is opened in one line; the case alone has its own.
            (Some(member), CASE_OPENED) if !whole => Some(opened(row, member, wording)?),
            (_, CASE_OPENED) => None,
            (Some(member), _) => Some(event(row, head, member, reader, wording)?),
            (None, APPLICATION_OPENED | PAPERS_CORRECTED | FORM_CARRIED | JOINT_EXTENDED | LICENCE_STRUCK_OFF)
                if whole =>
            {
                Some(about(row, head, wording)?)
            }
            // Applicants have their notices in a list of their own; twice would be noise.
            (None, NOTICES_ISSUED | NOTICE_VOIDED) if whole && reader == Reader::Officer => {
                Some(notices(row, head, wording)?)
            }
            (None, PAPER_COMPARED) if whole => Some(compared(row, head, wording)?),
            (None, act) if whole && (act.starts_with("fees.") || act.starts_with("courier.")) => {
                money(row, head, wording)?
            }
            (None, _) => None,
        };
        lines.extend(said);
    }
    Ok(lines)
}

/// The names of officers by account, as the record has them.
pub(super) fn names(rows: &[JournalRow]) -> BTreeMap<String, String> {
    let name = |row: &JournalRow| Some((row.actor.clone(), row.facts::<Facts>().ok()?.name));
    rows.iter().filter_map(name).filter(|(_, name)| !name.is_empty()).collect()
}

fn line(row: &JournalRow, who: String, did: String, wording: &Wording) -> JournalLine {
    JournalLine { at: row.at, at_words: say::moment(row.at, wording.today), who, did, detail: None, official: false }
}

fn who(row: &JournalRow, name: &str, head: &application::Model, wording: &Wording) -> String {
    if !name.is_empty() {
        name.to_owned()
    } else if row.actor == head.subject.to_string() {
        head.applicant.clone()
    } else if head.agent_subject.is_some_and(|agent| row.actor == SubjectId::from_uuid(agent).to_string()) {
        head.agent().ok().flatten().map_or_else(|| wording.word("journal", "system"), |agent| agent.name)
    } else {
        wording.word("journal", "system")
    }
}

fn opened(row: &JournalRow, member: &Handled<'_>, wording: &Wording) -> Result<JournalLine, Fault> {
    let facts: Facts = row.facts()?;
    let said = [("item", member.row.item_name.clone()), ("number", facts.number)];
    Ok(line(row, facts.name, wording.line("case-opened", &said), wording))
}

fn notices(row: &JournalRow, head: &application::Model, wording: &Wording) -> Result<JournalLine, Fault> {
    let facts: Facts = row.facts()?;
    let named = |one: &NoticeFact| format!("《{}》{}", wording.word("notice", &one.kind), one.number);
    let list = facts.notices.iter().map(named).collect::<Vec<_>>().join("、");
    let key = row.act.trim_start_matches("casework.");
    // What an applicant's own act brought, the platform issued.
    let issued_by_applicant = row.actor == head.subject.to_string();
    let who =
        if issued_by_applicant { wording.word("journal", "system") } else { who(row, &facts.name, head, wording) };
    Ok(JournalLine { official: true, ..line(row, who, wording.line(key, &[("list", list)]), wording) })
}

fn compared(row: &JournalRow, head: &application::Model, wording: &Wording) -> Result<JournalLine, Fault> {
    let facts: Facts = row.facts()?;
    let material = wording.shelf.catalog().materials.get(facts.material.as_str()).map(|material| material.name.clone());
    let said = [("material", material.unwrap_or(facts.material))];
    let who = who(row, &facts.name, head, wording);
    Ok(line(row, who, wording.line("paper-compared", &said), wording))
}

/// What was charged, paid and given back, what was sent and what came. Only what the words speak of is told.
fn money(row: &JournalRow, head: &application::Model, wording: &Wording) -> Result<Option<JournalLine>, Fault> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Money {
        number: String,
        item: String,
        fen: i64,
        arrived: usize,
        lacking: usize,
        received_on: String,
        note: String,
        name: String,
    }
    if !wording.words.has(&format!("journal.{}", row.act)) {
        return Ok(None);
    }
    let facts: Money = row.facts()?;
    let yuan = kernel::money::Money(facts.fen).to_string();
    let said = [
        ("number", facts.number),
        ("item", facts.item),
        ("yuan", yuan),
        ("arrived", facts.arrived.to_string()),
        ("lacking", facts.lacking.to_string()),
        ("received_on", facts.received_on),
    ];
    let who = who(row, &facts.name, head, wording);
    let detail = Some(facts.note).filter(|note| !note.is_empty());
    Ok(Some(JournalLine { detail, ..line(row, who, wording.line(&row.act, &said), wording) }))
}

fn about(row: &JournalRow, head: &application::Model, wording: &Wording) -> Result<JournalLine, Fault> {
    let facts: Facts = row.facts()?;
    let who = who(row, &facts.name, head, wording);
    let did = match row.act.as_str() {
        APPLICATION_OPENED if head.opened_by.is_some() => wording
            .line("application-opened-window", &[("number", facts.number), ("applicant", head.applicant.clone())]),
        APPLICATION_OPENED => wording.line("application-opened", &[("number", facts.number)]),
        JOINT_EXTENDED => {
            let did = wording.line("joint-extended", &[("days", facts.days.to_string())]);
            return Ok(JournalLine { detail: Some(facts.reason), official: true, ..line(row, who, did, wording) });
        }
        PAPERS_CORRECTED => {
            let count = facts.papers.len() + facts.fields.len();
            wording.line("papers-corrected", &[("count", count.to_string())])
        }
        act => {
            let item = wording.shelf.catalog().items.get(facts.item.as_str()).map(|item| item.name.clone());
            let said = [("item", item.unwrap_or(facts.item)), ("count", facts.fields.len().to_string())];
            let key = match (act, &facts.licence) {
                (LICENCE_STRUCK_OFF, Some(_)) => "licence-struck-off",
                (LICENCE_STRUCK_OFF, None) => "licence-not-on-record",
                _ => "form-carried",
            };
            wording.line(key, &said)
        }
    };
    Ok(line(row, who, did, wording))
}

fn event(
    row: &JournalRow,
    head: &application::Model,
    member: &Handled<'_>,
    reader: Reader,
    wording: &Wording,
) -> Result<JournalLine, Fault> {
    let mut recorded: Recorded = row.facts()?;
    if let Event::Delivered { to, .. } = &mut recorded.event {
        *to = open_receiver(&wording.sealer, head.id, to)?;
    }
    let (mut key, facts, detail, official) = told(&recorded.event, member, wording);
    let mut detail = detail;
    let mut who = who(row, &recorded.name, head, wording);
    if reader == Reader::Applicant {
        if matches!(recorded.event, Event::StepCompleted { .. }) {
            (key, detail) = ("step-done", None);
        }
        if row.actor != head.subject.to_string() && row.actor != "system" {
            wording.shelf.authority_short(&member.row.authority).clone_into(&mut who);
        }
    }
    let mut facts = facts;
    facts.push(("item", member.row.item_name.clone()));
    let did = wording.line(key, &facts);
    let detail = detail.filter(|detail| !detail.trim().is_empty());
    Ok(JournalLine { detail, official, ..line(row, who, did, wording) })
}

type Told = (&'static str, Vec<(&'static str, String)>, Option<String>, bool);

/// Key, facts, words that go with it, and whether it is an official act.
fn told(event: &Event, member: &Handled<'_>, wording: &Wording) -> Told {
    match event {
        Event::PreReviewAdvised { points, .. } => {
            let list = points.iter().map(|point| format!("{}：{}", point.name, point.reason));
            let count = vec![("count", points.len().to_string())];
            ("pre-review-advised", count, Some(list.collect::<Vec<_>>().join("；")), false)
        }
        Event::PreReviewEnded { outcome, .. } => {
            ("pre-review-ended", vec![("outcome", wording.word(PreReviewOutcome::TABLE, outcome.code()))], None, false)
        }
        Event::Accepted { power, .. } => ("accepted", vec![], power.as_ref().map(|power| wording.power(power)), false),
        Event::DeemedAccepted { on, .. } => ("deemed-accepted", vec![("on", on.to_string())], None, false),
        Event::CorrectionNoticed { items, .. } => {
            let list = items.iter().map(|item| format!("{}：{}", item.name, item.reason));
            let count = vec![("count", items.len().to_string())];
            ("correction-noticed", count, Some(list.collect::<Vec<_>>().join("；")), true)
        }
        Event::CorrectionAnswered { .. } => ("correction-answered", vec![], None, false),
        Event::CorrectionLapsed { .. } => ("correction-lapsed", vec![], None, false),
        Event::AcceptanceRefused { reason, go_to, .. } => {
            let go_to = go_to.as_ref().map_or_else(String::new, |place| format!("；{place}"));
            ("acceptance-refused", vec![], Some(format!("{reason}{go_to}")), true)
        }
        Event::CorrectedOnSpot { what, .. } => ("corrected-on-spot", vec![], Some(what.join("；")), false),
        Event::AcceptedTolerantly { papers, .. } => {
            let names = papers.iter().map(|paper| paper.name.as_str()).collect::<Vec<_>>().join("、");
            ("accepted-tolerantly", vec![("count", papers.len().to_string())], Some(names), true)
        }
        Event::Supplied { papers, .. } => ("supplied", vec![("count", papers.len().to_string())], None, false),
        Event::GapLapsed { .. } => ("gap-lapsed", vec![], None, false),
        Event::SpecialBegun { .. } | Event::SpecialEnded { .. } => told_of_special(event, member),
        Event::HearingOffered { .. }
        | Event::HearingAnswered { .. }
        | Event::HearingAnnounced { .. }
        | Event::HearingHeld { .. } => told_of_hearing(event),
        Event::Extended { days, reason, .. } => {
            ("extended", vec![("days", days.to_string())], Some(reason.clone()), true)
        }
        Event::CommitmentWithdrawn { .. } => ("commitment-withdrawn", vec![], None, false),
        Event::DeemedRenewed { on, .. } => ("deemed-renewed", vec![("on", on.to_string())], None, false),
        Event::EvidenceMissed { .. } => ("evidence-missed", vec![], None, false),
        Event::CommitmentChecked { finding, words, .. } => {
            let facts = vec![("finding", wording.word(Finding::TABLE, finding.code()))];
            ("commitment-checked", facts, Some(words.clone()), true)
        }
        Event::Revoked { ground, reason, .. } => {
            let facts = vec![("ground", wording.word(RevocationGround::TABLE, ground.code()))];
            ("revoked", facts, Some(reason.clone()), true)
        }
        Event::Cancelled { ground, reason, .. } => {
            let facts = vec![("ground", wording.word(CancellationGround::TABLE, ground.code()))];
            ("cancelled", facts, Some(reason.clone()), true)
        }
        Event::StepCompleted { step, opinion, .. } => {
            let name = member.law.step(step).map_or(step, |step| &step.name);
            let facts = vec![("step", name.clone()), ("view", wording.word("view", opinion.view.code()))];
            ("step-completed", facts, Some(opinion.words.clone()), false)
        }
        Event::HandedUp { opinion, .. } => {
            let facts = vec![("view", wording.word("view", opinion.view.code()))];
            ("handed-up", facts, Some(opinion.words.clone()), true)
        }
        Event::PowerMoved { power, .. } => {
            ("power-moved", vec![("authority", power.by.clone())], Some(wording.power(power)), true)
        }
        Event::SupervisionReceived { .. } => ("supervision-received", vec![], None, false),
        Event::Decided { outcome, reason, .. } => {
            let key = if *outcome == Outcome::Grant { "granted" } else { "refused" };
            (key, vec![("outcome", wording.outcome(&member.item, *outcome))], Some(reason.clone()), true)
        }
        Event::PrerequisiteMet { licence, .. } => {
            ("prerequisite-met", vec![("licence", licence.to_string())], None, false)
        }
        Event::PrerequisiteFailed { licence, .. } => {
            ("prerequisite-failed", vec![("licence", licence.to_string())], None, false)
        }
        Event::Issued { number, .. } => ("issued", vec![("number", number.clone())], None, true),
        Event::Delivered { how, to, .. } => {
            let facts = vec![("how", wording.word("delivery", how.code())), ("to", to.clone())];
            ("delivered", facts, None, false)
        }
        Event::Withdrawn { reason, .. } => ("withdrawn", vec![], Some(reason.clone()), false),
    }
}

/// The procedure is named by the item's version; of the last one where several ran.
fn told_of_special(event: &Event, member: &Handled<'_>) -> Told {
    let name = |id: &str| member.law.special(id).map_or_else(|| id.to_owned(), |special| special.name.clone());
    let last = member.case.specials.last().map_or_else(String::new, |run| name(&run.procedure));
    match event {
        Event::SpecialBegun { procedure, days, reason, .. } => {
            let facts = vec![("procedure", name(procedure)), ("days", days.to_string())];
            ("special-begun", facts, Some(reason.clone()), true)
        }
        Event::SpecialEnded { result: Some(result), .. } => {
            ("special-ended", vec![("procedure", last)], Some(result.clone()), false)
        }
        _ => ("special-expired", vec![("procedure", last)], None, false),
    }
}

fn told_of_hearing(event: &Event) -> Told {
    match event {
        Event::HearingOffered { why, .. } => ("hearing-offered", vec![], Some(why.clone()), true),
        Event::HearingAnswered { answer: HearingAnswer::Wanted, .. } => ("hearing-wanted", vec![], None, false),
        Event::HearingAnnounced { session, place, .. } => {
            let facts = vec![("on", session.to_string()), ("place", place.clone())];
            ("hearing-announced", facts, None, true)
        }
        Event::HearingHeld { record, .. } => ("hearing-held", vec![], Some(record.clone()), false),
        _ => ("hearing-waived", vec![], None, false),
    }
}

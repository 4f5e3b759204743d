//! One case, for the officer: only what this item asks, beside what the standard says, and the orders open now.

use std::collections::BTreeMap;

use access_service::Visit;
use casework::{Outcome, READ, Reading, Status};
use chrono::NaiveDate;
use kernel::id::{ApplicationId, CaseId};
use platform::{Fault, journal};
use serde::Serialize;
use ui::say;

use super::case_line::{CaseLine, ResultView, phone};
use super::clock::ClockView;
use super::correction::{CorrectionView, correction};
use super::form::{FormSection, sections};
use super::journal::{JournalLine, Reader, lines, names};
use super::notes::{NoteView, notes};
use super::orders::{OrderView, orders_of_case, unless_unpaid};
use super::papers::{PaperView, papers};
use super::people::{AgentView, PersonView, channel_of, looked};
use super::track::StopState;
use super::trust::with_trust;
use crate::acts::{Handled, Matter};
use crate::pins;
use crate::store::{self, Which};
use crate::wording::Wording;

/// A case with everything its officer needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseView {
    pub id: CaseId,
    pub application: ApplicationId,
    /// The application's number.
    pub number: String,
    pub project_no: String,
    pub theme_name: String,
    pub item: ItemView,
    pub status: Status,
    pub status_word: String,
    /// The clock that matters now.
    pub clock: ClockView,
    /// The decision by the statutory limit, beside the promised one.
    pub statutory: ClockView,
    pub applicant: PersonView,
    pub agent: Option<AgentView>,
    pub channel_word: String,
    pub received_on: NaiveDate,
    pub received_words: String,
    pub steps: Vec<StepView>,
    /// 受理条件
    pub conditions: Vec<String>,
    /// Only the fields this item asks for.
    pub sections: Vec<FormSection>,
    pub papers: Vec<PaperView>,
    pub siblings: Vec<CaseLine>,
    pub orders: Vec<OrderView>,
    pub correction: Option<CorrectionView>,
    /// Papers to follow, commitments, special procedures and what else befell it.
    pub notes: Vec<NoteView>,
    /// The special procedures that may be opened now: id, name, working days left.
    pub specials: Vec<(String, String, u32)>,
    /// Who of the authority may preside over a hearing: account and name. Empty while none is to be announced.
    pub presiders: Vec<(String, String)>,
    pub decision: Option<DecisionView>,
    pub result: Option<ResultView>,
    pub journal: Vec<JournalLine>,
}

/// The pinned item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemView {
    pub id: String,
    pub code: String,
    pub version: u32,
    pub name: String,
    /// The authority's short name.
    pub authority: String,
    pub phone: String,
}

/// One step of the item, done or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    pub id: String,
    pub name: String,
    pub role_word: String,
    pub state: StopState,
    pub is_decision: bool,
    /// The officer, by name.
    pub by: Option<String>,
    pub on: Option<NaiveDate>,
    /// 同意, 不同意; for the decision 准予, 不予.
    pub view_word: Option<String>,
    pub words: Option<String>,
}

/// The decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    pub outcome: Outcome,
    pub outcome_word: String,
    pub reason: String,
    pub by: String,
    pub on: NaiveDate,
}

/// The case, for staff who may read it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn case_view(visit: &Visit, id: CaseId) -> Result<CaseView, Fault> {
    let (shelf, wording) = (pins::shelf(&visit.world)?, Wording::of(visit)?);
    let matter = Matter::look(visit, &shelf, Which::Case(id)).await?;
    if visit.actor.subject().is_some() {
        return Err(Fault::NotAllowed);
    }
    let at = matter.allowed(visit, READ, id)?;
    let reader = visit.world.db.reader();
    let (head, member) = (&matter.head, &matter.members[at]);
    looked(visit, head, Some(&member.row)).await?;
    let form = store::form_find(reader, head.id).await?;
    let rows = store::paper_list(reader, head.id).await?;
    let uses = store::paper_use_list(reader, head.id).await?;
    let record = journal::read(reader, head.id, 0).await?;
    let names = names(&record);
    let this = [member];
    let others = matter.members.iter().filter(|other| other.case.id != id);
    let statutory =
        Reading::of(casework::ClockKind::Decision, &member.case.statutory_clock(&member.law), &shelf.calendar);
    Ok(CaseView {
        id,
        application: matter.id(),
        number: head.number.clone(),
        project_no: member.row.project_no.clone(),
        theme_name: head.theme_name.clone(),
        item: item_view(member, &wording),
        status: member.case.status(),
        status_word: wording.status(&member.item, member.case.status()),
        clock: ClockView::of(&member.case.reading(&member.law), &wording),
        statutory: ClockView::of(&statutory, &wording),
        applicant: PersonView::of(head),
        agent: AgentView::of(head)?,
        channel_word: channel_of(head).label().to_owned(),
        received_on: platform::clock::china_day(head.received_at),
        received_words: say::moment(head.received_at, wording.today),
        steps: steps(member, &names, &wording),
        conditions: member.item.conditions.iter().map(|condition| condition.text.clone()).collect(),
        sections: sections(&this, &form, &wording),
        papers: with_trust(
            visit,
            (matter.head.id, &matter.case_resource(at)),
            papers(&rows, &uses, &this, false, &wording)?,
            &wording,
        )
        .await?,
        siblings: others.map(|other| CaseLine::of(other, &wording)).collect(),
        orders: unless_unpaid(visit, member, orders_of_case(visit, &matter, at, &wording), &wording).await?,
        correction: correction(&this, &wording),
        notes: notes(member, &wording),
        presiders: presiders(visit, member).await?,
        specials: specials(member),
        decision: decision(member, &names, &wording),
        result: ResultView::of(member),
        journal: lines(&record, head, &this, (false, Reader::Officer), &wording)?,
    })
}

fn item_view(member: &Handled<'_>, wording: &Wording) -> ItemView {
    ItemView {
        id: member.row.item.clone(),
        code: member.item.code.clone(),
        version: member.item.version,
        name: member.item.name.clone(),
        authority: wording.shelf.authority_short(&member.row.authority).to_owned(),
        phone: phone(member, wording),
    }
}

/// The colleagues who have no part in the review (行政许可法 48.1.4), while a hearing is to be announced.
async fn presiders(visit: &Visit, member: &Handled<'_>) -> Result<Vec<(String, String)>, Fault> {
    let Some(hearing) = member.case.hearing.as_ref().filter(|hearing| hearing.is_under_way()) else {
        return Ok(Vec::new());
    };
    let takes_part = |id: &str| {
        hearing.by.as_str() == id || member.case.steps.iter().any(|step| step.by.as_str() == id) || visit.actor.id == id
    };
    let colleagues = access_service::accounts::colleagues(visit).await?;
    Ok(colleagues.into_iter().filter(|one| !takes_part(&one.id)).map(|one| (one.id, one.name)).collect())
}

/// What the item still allows, with the days its earlier runs have left.
fn specials(member: &Handled<'_>) -> Vec<(String, String, u32)> {
    let given =
        |id: &str| -> u32 { member.case.specials.iter().filter(|run| run.procedure == id).map(|run| run.days).sum() };
    let left = |special: &casework::SpecialLaw| {
        (special.id.clone(), special.name.clone(), special.days.saturating_sub(given(&special.id)))
    };
    member.law.specials.iter().map(left).filter(|(_, _, days)| *days > 0).collect()
}

type Names = BTreeMap<String, String>;

fn named(id: &str, names: &Names) -> String {
    names.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

fn decision(member: &Handled<'_>, names: &Names, wording: &Wording) -> Option<DecisionView> {
    let decision = member.case.decision.as_ref()?;
    Some(DecisionView {
        outcome: decision.outcome,
        outcome_word: wording.outcome(&member.item, decision.outcome),
        reason: decision.reason.clone(),
        by: decision.by.as_ref().map_or_else(|| wording.word("journal", "system"), |by| named(by.as_str(), names)),
        on: decision.on,
    })
}

fn steps(member: &Handled<'_>, names: &Names, wording: &Wording) -> Vec<StepView> {
    let now = member.case.next_step(&member.law).map(|step| step.id.as_str());
    let count = member.law.steps.len();
    let view = |(place, step): (usize, &casework::StepLaw)| {
        let is_decision = place + 1 == count;
        let mut view = StepView {
            id: step.id.clone(),
            name: step.name.clone(),
            role_word: wording.word("role", step.role.name()),
            state: if now == Some(&step.id) { StopState::Now } else { StopState::Todo },
            is_decision,
            by: None,
            on: None,
            view_word: None,
            words: None,
        };
        if let Some(done) = member.case.steps.iter().find(|done| done.step == step.id) {
            view.state = StopState::Done;
            (view.by, view.on) = (Some(named(done.by.as_str(), names)), Some(done.on));
            view.view_word = Some(wording.word("view", done.opinion.view.code()));
            view.words = Some(done.opinion.words.clone()).filter(|words| !words.is_empty());
        } else if is_decision && let Some(decision) = &member.case.decision {
            let is_refused = decision.outcome == Outcome::Refuse;
            view.state = if is_refused { StopState::Failed } else { StopState::Done };
            (view.by, view.on) = (decision.by.as_ref().map(|by| named(by.as_str(), names)), Some(decision.on));
            view.view_word = Some(wording.outcome(&member.item, decision.outcome));
            view.words = Some(decision.reason.clone()).filter(|words| !words.is_empty());
        }
        view
    };
    let steps = member.law.steps.iter().enumerate().map(view);
    // A commitment is decided on at once; the steps before are not taken.
    let at_once = member.case.standing_commitment().is_some();
    steps.filter(|step| step.is_decision || !at_once).collect()
}

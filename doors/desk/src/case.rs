//! One case: the facts its decision needs on the left, the orders open now on the right, papers, law and journal below.

mod aside;
mod cards;
pub mod law;
mod letter;
mod orders;

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::OrderKind;
use casework_service::reads::{self, CaseView, JournalLine, StepView, StopState};
use chrono::NaiveDate;
use kernel::id::CaseId;
use platform::{Fault, FieldFault};
use ui::{ErrorSummary, Journal, JournalEntry, Lamp, Shell};

use crate::correction::{self, Notice, Scope};
use crate::done::Done;
use crate::form::Sheet;
use crate::order::{Card, Closed, Given, Kept, Since, Subject, Trouble, subject};
use crate::{frame, lamps};
use law::ItemLaw;
use orders::CaseOrder;

pub use cards::refuse_acceptance as refuse_acceptance_card;
pub use letter::non_acceptance;
pub use orders::refuse_acceptance;

#[derive(Template)]
#[template(path = "desk_case.html")]
struct CasePage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<Trouble>,
    lamp: Lamp,
    cards: Vec<Card>,
    closed: Vec<Closed>,
    /// The form of the correction notice, when one may be given here.
    notice: Option<Notice>,
    /// Whether the officer may read the application whole.
    whole: bool,
    steps: Vec<Step>,
    /// Whose turn it is, when it is not this officer's.
    turn: Option<String>,
    siblings: Vec<Sibling>,
    law: ItemLaw,
    fees: crate::fees::CaseFees,
    /// What was sent for the application and what came, as far as the officer may see it.
    parcels: Vec<courier_service::reads::ShipmentView>,
    notices: Vec<reads::NoticeLine>,
    journal: Journal,
    today: NaiveDate,
    view: CaseView,
}

/// One step of the item, and how far it is.
struct Step {
    class: &'static str,
    view: StepView,
}

/// Another case of the same application.
struct Sibling {
    /// None where it is another authority's to read.
    href: Option<String>,
    name: String,
    authority: String,
    lamp: Lamp,
    state: String,
}

/// `GET /desk/cases/{id}`
pub async fn show(staff: StaffVisit, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, DoorFault> {
    subject::show::<CaseView>(staff, headers, &id).await
}

/// `POST /desk/cases/{id}/orders/{order}`
pub async fn give(Path((id, order)): Path<(String, String)>, posted: Posted<Sheet>) -> Result<Response, DoorFault> {
    subject::give::<CaseView>(&id, &order, posted).await
}

impl Subject for CaseView {
    type Id = CaseId;
    type Order = CaseOrder;

    fn is_given_here(kind: OrderKind) -> bool {
        orders::is_given_here(kind)
    }

    fn address(id: CaseId) -> String {
        address(id)
    }

    async fn look(visit: &Visit, id: CaseId) -> Result<Self, Fault> {
        reads::case_view(visit, id).await
    }

    async fn read(
        visit: &Visit,
        id: CaseId,
        kind: OrderKind,
        form: &Sheet,
    ) -> Result<Result<CaseOrder, Vec<FieldFault>>, Fault> {
        Ok(CaseOrder::read(&reads::case_view(visit, id).await?, kind, form))
    }

    fn seen(&self) -> String {
        seen(self)
    }

    fn since(self) -> (Since, Vec<JournalLine>) {
        let href = address(self.id);
        (Since { title: self.item.name, state: self.status_word, href, last: Vec::new() }, self.journal)
    }

    async fn ask(self, visit: &Visit, id: CaseId, order: &CaseOrder, form: Sheet) -> Result<Response, Fault> {
        let Some(open) = self.orders.iter().find(|open| open.kind == order.kind()) else {
            return Ok(subject::too_late(visit, self, &form));
        };
        if !open.may {
            let trouble = Trouble {
                title: open.why_not.clone().unwrap_or_default(),
                next: open.next.clone().unwrap_or_default(),
                clause: open.clause.clone(),
                fields: Vec::new(),
            };
            return subject::again::<Self>(visit, id, order.kind(), form, Some(trouble)).await;
        }
        let law = ItemLaw::of(visit, &self).await?;
        let about = format!("{} · {} · {}", self.item.name, self.applicant.name, self.project_no);
        let asked = letter::question(visit, &self, &law, order, open, about);
        Ok(asked.page(visit, &form, &address(id), self.item.name))
    }

    async fn page(self, visit: &Visit, done: Option<Done>, kept: Kept) -> Result<Response, Fault> {
        page(visit, self, done, kept).await
    }
}

/// Where a case is shown.
pub fn address(id: CaseId) -> String {
    format!("/desk/cases/{id}")
}

/// What the officer saw when the form was drawn: when it differs later, somebody else was first.
pub fn seen(view: &CaseView) -> String {
    let step = view.steps.iter().find(|step| step.state == StopState::Now);
    format!("{}/{}", view.status.code(), step.map_or("", |step| step.id.as_str()))
}

/// The journal as the shared part prints it, newest first.
pub fn journal(lines: &[JournalLine]) -> Journal {
    let entry = |line: &JournalLine| JournalEntry {
        at: line.at_words.clone(),
        iso: line.at.to_rfc3339(),
        who: line.who.clone(),
        did: line.did.clone(),
        detail: line.detail.clone().filter(|detail| !detail.is_empty()),
        official: line.official,
    };
    let mut entries: Vec<JournalEntry> = lines.iter().map(entry).collect();
    if lines.first().zip(lines.last()).is_some_and(|(first, last)| first.at < last.at) {
        entries.reverse();
    }
    Journal { entries }
}

/// The correction notice, given here by the authority that accepts its own cases.
fn notice(visit: &Visit, view: &CaseView, kept: &Kept) -> Option<Notice> {
    let order = correction::written(&view.orders)?;
    let action = format!("{}/orders/{}", address(view.id), order.kind.code());
    Some(Notice::of(scope(view), order, action, seen(view), kept, &visit.world.part::<Words>()))
}

/// The papers and the fields of this item alone.
fn scope(view: &CaseView) -> Scope<'_> {
    Scope { papers: &view.papers, sections: &view.sections }
}

/// Officers of an authority see their own cases and not the whole; what its number leads them to tells.
async fn reads_whole(visit: &Visit, view: &CaseView) -> Result<bool, Fault> {
    match reads::find_by_number(visit, &view.number).await {
        Ok(found) => Ok(found.case.is_none()),
        Err(Fault::NotFound | Fault::NotAllowed) => Ok(false),
        Err(fault) => Err(fault),
    }
}

fn step(view: &StepView) -> Step {
    let class = match view.state {
        StopState::Done => "step-done",
        StopState::Now => "step-now",
        StopState::Todo => "step-todo",
        StopState::Failed => "step-failed",
    };
    Step { class, view: view.clone() }
}

/// What the case waits for, when it is not for this officer: a post, the applicant, the hand-over, or nothing more.
fn turn(visit: &Visit, view: &CaseView) -> String {
    let words = visit.world.part::<Words>();
    let Some(now) = view.steps.iter().find(|step| step.state == StopState::Now) else {
        return words.get(&format!("desk.rest.{}", view.status.code())).to_owned();
    };
    let facts = [("role".to_owned(), now.role_word.clone()), ("step".to_owned(), now.name.clone())];
    words.fill("desk.turn", &facts.into())
}

async fn page(visit: &Visit, view: CaseView, done: Option<Done>, kept: Kept) -> Result<Response, Fault> {
    let law = ItemLaw::of(visit, &view).await?;
    let whole = reads_whole(visit, &view).await?;
    let notices = reads::notices_of_case(visit, view.id).await?;
    let fees = crate::fees::of_case(visit, view.application, view.id).await?;
    let parcels = courier_service::reads::shipments(visit, view.application).await?;
    let sibling = |line: &reads::CaseLine| Sibling {
        href: (whole || line.authority == view.item.authority).then(|| address(line.case)),
        name: line.item_name.clone(),
        authority: line.authority.clone(),
        lamp: lamps::of(&line.clock),
        state: line.status_word.clone(),
    };
    let others = view.siblings.iter().filter(|line| line.case != view.id);
    let shell = frame::desk(visit, format!("{} {}", view.item.name, view.applicant.name));
    let shell = shell.crumb("/desk", "待办");
    let application = format!("/desk/applications/{}", view.application);
    let shell = if whole { shell.crumb(application, view.theme_name.as_str()) } else { shell };
    let errors = kept.summary();
    let cards = cards::open(visit, &view, &law, &kept);
    let notice = notice(visit, &view, &kept);
    Ok(ui::page(CasePage {
        shell: shell.crumb_here(view.project_no.as_str()).faulty(kept.trouble.is_some()),
        done,
        errors,
        lamp: lamps::of(&view.clock),
        turn: cards.is_empty().then(|| turn(visit, &view)),
        cards,
        notice,
        whole,
        steps: view.steps.iter().map(step).collect(),
        closed: view.orders.iter().filter(|order| cards::is_staffs(order)).filter_map(Closed::of).collect(),
        siblings: others.map(sibling).collect(),
        fees,
        parcels,
        notices,
        journal: journal(&view.journal),
        law,
        trouble: kept.trouble,
        today: visit.today(),
        view,
    }))
}

/// How a note is drawn.
fn tone(note: &reads::NoteView) -> &'static str {
    match note.tone {
        reads::NoteTone::Open => "warn",
        reads::NoteTone::Done => "info",
        reads::NoteTone::Grave => "bad",
    }
}

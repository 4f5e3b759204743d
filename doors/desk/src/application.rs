//! A whole application as the clerk sees it: one form, one set of papers, all cases; acceptance, correction, hand-over.

mod cards;
mod orders;

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::OrderKind;
use casework_service::reads::{self, ApplicationView, CaseLine, JournalLine};
use kernel::id::ApplicationId;
use platform::{Fault, FieldFault};
use ui::{ErrorSummary, Journal, Lamp, Shell};

use crate::correction::{self, AnswerRow, Notice, Scope};
use crate::done::Done;
use crate::form::Sheet;
use crate::order::{Card, Closed, Given, Kept, Since, Subject, Trouble, subject, then};
use crate::{case, frame, lamps};
use orders::ApplicationOrder;

#[derive(Template)]
#[template(path = "desk_application.html")]
struct ApplicationPage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<Trouble>,
    lamp: Lamp,
    /// 已出证 1 件，办理中 2 件
    state: String,
    lines: Vec<Line>,
    cards: Vec<Card>,
    closed: Vec<Closed>,
    /// The form of the correction notice, when one may be given.
    notice: Option<Notice>,
    /// What the applicant owes, to be ticked off when it is handed over here.
    answer: Option<Answer>,
    notices: Vec<reads::NoticeLine>,
    journal: Journal,
    parcels: crate::parcels::Parcels,
    seen: String,
    view: ApplicationView,
}

/// What was asked for and comes in over the counter.
struct Answer {
    key: String,
    then: String,
    rows: Vec<AnswerRow>,
}

/// One case in the table.
struct Line {
    href: String,
    lamp: Lamp,
    case: CaseLine,
}

/// `GET /desk/applications/{id}`
pub async fn show(staff: StaffVisit, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, DoorFault> {
    subject::show::<ApplicationView>(staff, headers, &id).await
}

/// `POST /desk/applications/{id}/orders/{order}`
pub async fn give(Path((id, order)): Path<(String, String)>, posted: Posted<Sheet>) -> Result<Response, DoorFault> {
    subject::give::<ApplicationView>(&id, &order, posted).await
}

impl Subject for ApplicationView {
    type Id = ApplicationId;
    type Order = ApplicationOrder;

    fn is_given_here(kind: OrderKind) -> bool {
        orders::GIVEN_HERE.contains(&kind)
    }

    fn address(id: ApplicationId) -> String {
        address(id)
    }

    async fn look(visit: &Visit, id: ApplicationId) -> Result<Self, Fault> {
        reads::application_view(visit, id).await
    }

    async fn read(
        visit: &Visit,
        id: ApplicationId,
        kind: OrderKind,
        form: &Sheet,
    ) -> Result<Result<ApplicationOrder, Vec<FieldFault>>, Fault> {
        ApplicationOrder::read(visit, id, kind, form).await
    }

    fn seen(&self) -> String {
        seen(self)
    }

    fn since(self) -> (Since, Vec<JournalLine>) {
        let (state, href) = (state(&self.cases), address(self.id));
        (Since { title: self.theme_name, state, href, last: Vec::new() }, self.journal)
    }

    async fn ask(
        self,
        visit: &Visit,
        id: ApplicationId,
        order: &ApplicationOrder,
        form: Sheet,
    ) -> Result<Response, Fault> {
        match self.orders.iter().find(|open| open.kind == order.kind() && open.may) {
            None => Ok(subject::too_late(visit, self, &form)),
            Some(open) => {
                let asked = cards::question(visit, &self, order, open);
                Ok(asked.page(visit, &form, &address(id), self.theme_name))
            }
        }
    }

    async fn page(self, visit: &Visit, done: Option<Done>, kept: Kept) -> Result<Response, Fault> {
        page(visit, self, done, kept).await
    }
}

/// Where an application is shown.
pub fn address(id: ApplicationId) -> String {
    format!("/desk/applications/{id}")
}

/// What the officer saw when a form was drawn.
fn seen(view: &ApplicationView) -> String {
    let states: Vec<&str> = view.cases.iter().map(|line| line.status.code()).collect();
    states.join("/")
}

/// All papers, the whole form.
fn scope(view: &ApplicationView) -> Scope<'_> {
    Scope { papers: &view.papers, sections: &view.sections }
}

/// How many cases stand where, in the order of the cases.
fn state(cases: &[CaseLine]) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for line in cases {
        match counted.iter_mut().find(|(word, _)| *word == line.status_word) {
            Some((_, n)) => *n += 1,
            None => counted.push((&line.status_word, 1)),
        }
    }
    counted.into_iter().map(|(word, n)| format!("{word} {n} 件")).collect::<Vec<_>>().join("，")
}

async fn page(visit: &Visit, view: ApplicationView, done: Option<Done>, kept: Kept) -> Result<Response, Fault> {
    let notices = reads::notices_of_application(visit, view.id).await?;
    let words = visit.world.part::<Words>();
    let may = |kind: OrderKind| view.orders.iter().find(|order| order.kind == kind && order.may);
    let notice = correction::written(&view.orders).map(|order| {
        let action = format!("{}/orders/{}", address(view.id), order.kind.code());
        Notice::of(scope(&view), order, action, seen(&view), &kept, &words)
    });
    let answer = may(OrderKind::AnswerCorrection).map(|order| Answer {
        key: frame::key(),
        then: then(order, &words),
        rows: correction::owed(&view, &kept),
    });
    let line =
        |line: &CaseLine| Line { href: case::address(line.case), lamp: lamps::of(&line.clock), case: line.clone() };
    let ready = view.delivery.method == casework::DeliveryMethod::Mail && !view.handover.deliver.is_empty();
    let parcels = crate::parcels::of(visit, view.id, ready && may(OrderKind::Deliver).is_some()).await?;
    let shell = frame::desk(visit, format!("{} {}", view.theme_name, view.applicant.name)).crumb("/desk", "待办");
    Ok(ui::page(ApplicationPage {
        shell: shell.crumb_here(view.number.as_str()).faulty(kept.trouble.is_some()),
        done,
        errors: kept.summary(),
        lamp: lamps::of_application(&view),
        state: state(&view.cases),
        lines: view.cases.iter().map(line).collect(),
        cards: cards::open(visit, &view, &kept),
        closed: view.orders.iter().filter_map(Closed::of).collect(),
        notice,
        answer,
        notices,
        journal: case::journal(&view.journal),
        parcels,
        seen: seen(&view),
        trouble: kept.trouble,
        view,
    }))
}

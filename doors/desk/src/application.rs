//! A whole application as the clerk sees it: one form, one set of papers, all cases; acceptance, correction, hand-over.

mod cards;
mod orders;

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use casework::OrderKind;
use casework_service::reads::{self, ApplicationView, CaseLine};
use kernel::id::ApplicationId;
use platform::Fault;
use ui::{ErrorSummary, Journal, Lamp, Shell};

use crate::correction::{self, AnswerRow, Notice, Scope};
use crate::done::{self, Done};
use crate::form::Sheet;
use crate::order::{Card, Closed, Kept, Since, Trouble, conflict, then};
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
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let id = frame::id::<ApplicationId>(&id)?;
    let view = reads::application_view(&visit, id).await?;
    let done = done::of(&visit, &headers, &address(id)).await?;
    let told = done.is_some();
    Ok(done::shown(page(&visit, view, done, Kept::default()).await?, told))
}

/// `POST /desk/applications/{id}/orders/{order}`
pub async fn give(
    Path((id, order)): Path<(String, String)>,
    Posted { visit, key, form }: Posted<Sheet>,
) -> Result<Response, DoorFault> {
    let id = frame::id::<ApplicationId>(&id)?;
    frame::staff_only(&visit, &address(id))?;
    let kind = OrderKind::parse(&order).filter(|kind| orders::GIVEN_HERE.contains(kind)).ok_or(Fault::NotFound)?;
    let order = match ApplicationOrder::read(&visit, id, kind, &form).await? {
        Ok(order) => order,
        Err(faults) => return Ok(again(&visit, id, kind, form, Some(Trouble::fields(&visit, &faults))).await?),
    };
    match form.one("_confirmed") {
        "edit" => return Ok(again(&visit, id, kind, form, None).await?),
        "yes" => {}
        _ if order.is_final() => return Ok(ask(&visit, id, &order, form).await?),
        _ => {}
    }
    match order.give(&visit, &key).await {
        Ok(done) if done.repeated => Ok(done::redirect(&address(id), "repeated")),
        Ok(_) => Ok(done::redirect(&address(id), &format!("application-{}", kind.code()))),
        Err(fault @ (Fault::Refusal(_) | Fault::Invalid(_) | Fault::Conflict)) => {
            Ok(refused(&visit, id, kind, form, &fault).await?)
        }
        Err(fault) => Err(fault.into()),
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

async fn again(
    visit: &Visit,
    id: ApplicationId,
    kind: OrderKind,
    form: Sheet,
    trouble: Option<Trouble>,
) -> Result<Response, Fault> {
    let view = reads::application_view(visit, id).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut answer = page(visit, view, None, Kept { order: kind.code().to_owned(), form, trouble }).await?;
    *answer.status_mut() = status;
    Ok(answer)
}

/// Asks once more before what goes out as a letter, unless it is no longer open.
async fn ask(visit: &Visit, id: ApplicationId, order: &ApplicationOrder, form: Sheet) -> Result<Response, Fault> {
    let view = reads::application_view(visit, id).await?;
    match view.orders.iter().find(|open| open.kind == order.kind() && open.may) {
        None => Ok(too_late(visit, view, &form)),
        Some(open) => {
            let asked = cards::question(visit, &view, order, open);
            Ok(asked.page(visit, &form, &address(id), view.theme_name))
        }
    }
}

async fn refused(
    visit: &Visit,
    id: ApplicationId,
    kind: OrderKind,
    form: Sheet,
    fault: &Fault,
) -> Result<Response, Fault> {
    let view = reads::application_view(visit, id).await?;
    if matches!(fault, Fault::Conflict) || form.one("_seen") != seen(&view) {
        return Ok(too_late(visit, view, &form));
    }
    again(visit, id, kind, form, Some(Trouble::of(visit, fault))).await
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

fn too_late(visit: &Visit, view: ApplicationView, form: &Sheet) -> Response {
    let mut last = view.journal;
    last.sort_by_key(|line| std::cmp::Reverse(line.at));
    last.truncate(3);
    let since = Since { title: view.theme_name, state: state(&view.cases), href: address(view.id), last };
    conflict(visit, form, since)
}

async fn page(visit: &Visit, view: ApplicationView, done: Option<Done>, kept: Kept) -> Result<Response, Fault> {
    let notices = reads::notices_of_application(visit, view.id).await?;
    let words = visit.world.part::<Words>();
    let may = |kind: OrderKind| view.orders.iter().find(|order| order.kind == kind && order.may);
    let action = format!("{}/orders/{}", address(view.id), OrderKind::NotifyCorrection.code());
    let notice = may(OrderKind::NotifyCorrection)
        .map(|order| Notice::of(scope(&view), order, action, seen(&view), &kept, &words));
    let answer = may(OrderKind::AnswerCorrection).map(|order| Answer {
        key: frame::key(),
        then: then(order, &words),
        rows: correction::owed(&view, &kept),
    });
    let line =
        |line: &CaseLine| Line { href: case::address(line.case), lamp: lamps::of(&line.clock), case: line.clone() };
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
        seen: seen(&view),
        trouble: kept.trouble,
        view,
    }))
}

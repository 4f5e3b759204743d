//! `/desk/fees`: the daily comparison with the payment platform, each difference to be settled with a note. And what a
//! case owes, on its own page; whoever took the money at the window has it confirmed, and books nothing.

use access::Role;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use fees_service::acts::{self, ResolveDifference};
use fees_service::reads::{self, DifferenceView, OrderView, StatementView};
use kernel::id::{ApplicationId, CaseId};
use platform::Fault;
use serde::Deserialize;
use ui::{Field, FieldKind, Shell};

use crate::case::address;
use crate::done::{self, Done};
use crate::frame;

const HOME: &str = "/desk/fees";
/// Characters of a note at most.
const NOTE: u32 = 1_000;

/// The orders of a case as its page shows them.
pub struct CaseFees {
    pub orders: Vec<OrderView>,
    /// Whether this officer may have a payment confirmed.
    pub may_ask: bool,
    pub key: String,
}

/// What this case owes and has paid.
pub async fn of_case(visit: &Visit, application: ApplicationId, case: CaseId) -> Result<CaseFees, Fault> {
    let orders = reads::orders(visit, application).await?.into_iter().filter(|order| order.case == case).collect();
    let may_ask = visit.actor.has_role(Role::Clerk) || visit.actor.has_role(Role::Issuer);
    Ok(CaseFees { orders, may_ask, key: frame::key() })
}

/// A difference with the form that settles it.
struct Row {
    view: DifferenceView,
    day: String,
    note: Option<Field>,
    action: String,
    key: String,
}

#[derive(Template)]
#[template(path = "desk_fees.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    trouble: Option<(String, String)>,
    open: usize,
    rows: Vec<Row>,
    days: Vec<(String, StatementView)>,
}

/// `GET /desk/fees`
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    Ok(done::shown(&visit, &headers, page(&visit, done, None).await?))
}

/// How a difference was settled.
#[derive(Deserialize)]
pub struct Note {
    #[serde(default)]
    note: String,
}

/// `POST /desk/fees/differences/{id}/settle`
pub async fn settle(Path(id): Path<String>, posted: Posted<Note>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let order = ResolveDifference { difference: frame::id(&id)?, note: form.note };
    match acts::resolve_difference(&visit, Some(&key), order).await {
        Ok(()) => Ok(done::redirect(HOME, "difference-settled")),
        Err(fault @ Fault::Refusal(_)) => Ok(page(&visit, None, Some(&fault)).await?),
        Err(fault) => Err(fault.into()),
    }
}

/// Nothing is sent but the token and the key.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /desk/fees/orders/{id}/ask`
pub async fn ask(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, "/desk")?;
    let order = reads::order(&visit, frame::id(&id)?).await?;
    acts::ask_gateway(&visit, Some(&key), order.id).await?;
    Ok(done::redirect(&address(order.case), "fee-asked"))
}

async fn page(visit: &Visit, done: Option<Done>, fault: Option<&Fault>) -> Result<Response, Fault> {
    let (days, found) = reads::comparison(visit).await?;
    let may_settle = visit.actor.has_role(Role::FeeKeeper);
    let row = |view: DifferenceView| Row {
        day: ui::say::day_short(view.day, visit.today()),
        note: (may_settle && view.settled.is_none())
            .then(|| Field::new("note", "核对结果和处理办法", FieldKind::Long { max: Some(NOTE) })),
        action: format!("{HOME}/differences/{}/settle", view.id),
        key: frame::key(),
        view,
    };
    let problem = fault.map(|fault| door::problem(fault, &visit.world.part::<Words>()));
    let page = Page {
        shell: frame::desk(visit, "缴费对账"),
        done,
        trouble: problem.map(|problem| (problem.title, problem.said.join(""))),
        open: found.iter().filter(|one| one.settled.is_none()).count(),
        rows: found.into_iter().map(row).collect(),
        days: days.into_iter().map(|day| (ui::say::day_short(day.day, visit.today()), day)).collect(),
    };
    Ok(ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page))
}

//! `GET /applications/{id}/fees/{order}`: what is owed, for what, under which law, and where it is paid; once it has been
//! paid the receipt. Works by loading the page again; nothing needs a script.

use access_service::{DoorFault, Posted, ResidentVisit, Visit, Words};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::reads::MyApplication;
use fees::State;
use fees_service::OrderId;
use fees_service::reads::{self, OrderView};
use platform::Fault;
use serde::Deserialize;
use uuid::Uuid;

use super::{Said, find, flash, href, shell};
use crate::hidden;

/// An order that has to be paid, as the matter's own page tells it.
pub struct Owed {
    pub href: String,
    pub item: String,
    pub yuan: String,
    /// Until when, in words.
    pub due: String,
    pub late: bool,
}

/// A line of the order.
struct Line {
    name: String,
    standard: String,
    basis: String,
    count: i64,
    yuan: String,
    let_off: Option<String>,
}

#[derive(Template)]
#[template(path = "portal_fee.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    here: String,
    key: String,
    order: OrderView,
    /// The pay page as a code for the telephone, when one reads this on a large screen.
    qr: String,
    open: bool,
    late: bool,
    paid: bool,
    due: String,
    paid_at: String,
    lines: Vec<Line>,
    /// What goes back: how much, why, and whether it has arrived.
    refunds: Vec<(String, &'static str, bool)>,
}

/// The orders of an application that have to be paid, and those that are done with, with their pages.
pub async fn of(
    visit: &Visit,
    matter: &MyApplication,
) -> Result<(Vec<Owed>, Vec<(String, String, &'static str)>), Fault> {
    let (mut owed, mut done) = (Vec::new(), Vec::new());
    for order in reads::orders(visit, matter.id).await? {
        let href = address(matter, order.id);
        if order.is_open() {
            let due = ui::say::day_short(order.due, visit.today());
            owed.push(Owed { href, item: order.item, yuan: order.yuan, due, late: order.state == State::Expired });
        } else {
            done.push((href, format!("{}，{} 元", order.item, order.yuan), order.state.label()));
        }
    }
    Ok((owed, done))
}

/// The order's page.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Path((id, order)): Path<(String, String)>,
    Query(said): Query<Said>,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let order = of_matter(&visit, &matter, &order).await?;
    let mut shell = shell(&visit, &matter, Some("缴费"));
    shell.flash = flash(&visit.world.part::<Words>(), &said.said);
    let refund = |one: &reads::RefundView| (one.yuan.clone(), one.why.label(), one.done_at.is_some());
    let page = Page {
        here: address(&matter, order.id),
        href: href(&matter),
        key: Uuid::new_v4().to_string(),
        qr: order.pay_url.as_deref().map(|url| documents::labelled_qr(url, "缴费二维码")).unwrap_or_default(),
        open: order.is_open(),
        late: order.state == State::Expired,
        paid: matches!(order.state, State::Paid | State::Refunding | State::Refunded),
        due: ui::say::day(order.due),
        paid_at: order.paid_at.map(|at| ui::say::moment(at, visit.today())).unwrap_or_default(),
        lines: order.lines.iter().map(line).collect(),
        refunds: order.refunds.iter().map(refund).collect(),
        shell,
        order,
    };
    Ok(ui::page(page))
}

/// Nothing is sent but the token and the key.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /applications/{id}/fees/{order}/asked`: somebody has paid and does not see it yet.
pub async fn asked(Path((id, order)): Path<(String, String)>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let visit = posted.visit;
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let matter = find(&visit, &id).await?;
    let order = of_matter(&visit, &matter, &order).await?;
    fees_service::acts::ask_gateway(&visit, Some(&posted.key), order.id).await.map_err(hidden)?;
    Ok(Redirect::to(&format!("{}?said=fee-asked", address(&matter, order.id))).into_response())
}

async fn of_matter(visit: &Visit, matter: &MyApplication, id: &str) -> Result<OrderView, Fault> {
    let id: OrderId = id.parse().map_err(|_| Fault::NotFound)?;
    let order = reads::order(visit, id).await.map_err(hidden)?;
    if order.application == matter.id { Ok(order) } else { Err(Fault::NotFound) }
}

fn address(matter: &MyApplication, order: OrderId) -> String {
    format!("{}/fees/{order}", href(matter))
}

fn line(line: &fees::Line) -> Line {
    let let_off = line.let_off.as_ref().map(|one| format!("{}，减免 {} 元", one.text, kernel::money::Money(one.fen)));
    Line {
        name: line.name.clone(),
        standard: line.standard.clone().unwrap_or_default(),
        basis: line.basis_words(),
        count: line.count,
        yuan: kernel::money::Money(line.fen).to_string(),
        let_off,
    }
}

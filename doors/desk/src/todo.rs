//! `GET /desk`: what is waiting for this officer, the most urgent first.

mod filter;

use access_service::{DoorFault, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use casework_service::reads::{self, Desk, LampCounts, TodoPage, TodoRow};
use kernel::mask::mask_name;
use platform::Fault;
use ui::{Lamp, Pager, Shell};

use crate::done::{self, Done};
use crate::lamps;
use filter::{Address, Filters};

/// One row as the page prints it.
struct Row {
    href: String,
    due: String,
    left: String,
    lamp: Lamp,
    title: String,
    cases: u32,
    who: String,
    task: String,
    received: String,
    number: String,
}

/// One figure over the list, and the rows behind it.
struct Count {
    n: u64,
    lamp: Option<Lamp>,
    href: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "desk_todo.html")]
struct TodoList {
    shell: Shell,
    done: Option<Done>,
    whose: String,
    now: String,
    desks: Vec<(String, String, bool)>,
    /// Decisions of others that this authority has to receive.
    to_supervise: usize,
    counts: Vec<Count>,
    filters: Filters,
    rows: Vec<Row>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "desk_no_list.html")]
struct NoList {
    shell: Shell,
    said: String,
}

/// The list, or for posts without cases a page that says so.
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let page = match reads::todo(&visit, &address.filter(), address.after()).await {
        Ok(page) => page,
        Err(Fault::NotAllowed) => return Ok(no_list(&visit)),
        Err(fault) => return Err(fault.into()),
    };
    let done = done::of(&visit, &headers, "/desk").await?.map(|done| Done { next: None, ..done });
    let supervised = to_supervise(&visit, page.desk).await?;
    Ok(done::shown(&visit, &headers, ui::page(list(&visit, (page, supervised), &address, done))))
}

/// Where a row leads.
pub fn address(row: &TodoRow) -> String {
    match row.case {
        Some(case) => format!("/desk/cases/{case}"),
        None => format!("/desk/applications/{}", row.application),
    }
}

fn list(visit: &Visit, (page, to_supervise): (TodoPage, usize), address: &Address, done: Option<Done>) -> TodoList {
    let words = visit.world.part::<Words>();
    let today = visit.today();
    let rows: Vec<Row> = page.rows.iter().map(|row| self::row(row, today)).collect();
    let total = page.counts.total();
    let pager = Pager {
        back: address.after().map(|_| address.with("after", "")),
        on: page.next.as_deref().map(|next| address.with("after", next)),
        shown: words.fill("desk.shown", &[("here", rows.len() as u64), ("total", total)].map(fact).into()),
    };
    let title = words.get(&format!("desk.list.{}", page.desk.code())).to_owned();
    let desk = |desk: &Desk| {
        let name = words.get(&format!("desk.list.{}", desk.code())).to_owned();
        (address.with("desk", desk.code()), name, *desk == page.desk)
    };
    TodoList {
        shell: crate::frame::desk(visit, title),
        done,
        whose: whose(visit, &words),
        now: ui::say::moment(visit.world.clock.now_utc(), today),
        to_supervise,
        desks: if page.desks.len() > 1 { page.desks.iter().map(desk).collect() } else { Vec::new() },
        counts: counts(&page.counts, address),
        filters: Filters::of(address, &page, &words),
        rows,
        pager,
    }
}

fn fact((name, n): (&str, u64)) -> (String, String) {
    (name.to_owned(), ui::say::count(n))
}

fn row(row: &TodoRow, today: chrono::NaiveDate) -> Row {
    Row {
        href: address(row),
        due: row.clock.due.map_or_else(|| "—".to_owned(), |day| ui::say::day_short(day, today)),
        left: row.clock.left_words.clone(),
        lamp: lamps::of(&row.clock),
        title: row.title.clone(),
        cases: row.cases,
        who: mask_name(&row.applicant),
        task: row.task.clone(),
        received: ui::say::ago(row.received_on, today),
        number: row.number.clone(),
    }
}

/// All, then the lamps, red first. What is at zero is left out, except the lamps that urge.
fn counts(counts: &LampCounts, address: &Address) -> Vec<Count> {
    let lamps = [
        (casework::Lamp::Red, counts.red, true),
        (casework::Lamp::Yellow, counts.yellow, true),
        (casework::Lamp::Green, counts.green, true),
        (casework::Lamp::Stopped, counts.stopped, false),
        (casework::Lamp::Unknown, counts.unknown, false),
    ];
    let all = Count { n: counts.total(), lamp: None, href: address.with("lamp", ""), here: address.lamp().is_none() };
    let of = |(lamp, n, always): (casework::Lamp, u64, bool)| {
        let here = address.lamp() == Some(lamp);
        let href = address.with("lamp", if here { "" } else { lamp.code() });
        (always || n > 0 || here).then(|| Count { n, lamp: Some(lamps::lamp(lamp)), href, here })
    };
    std::iter::once(all).chain(lamps.into_iter().filter_map(of)).collect()
}

/// 区市场监管局 · 审核
fn whose(visit: &Visit, words: &Words) -> String {
    let place = crate::window::place(visit);
    let access::ActorKind::Staff { roles, .. } = &visit.actor.kind else { return place };
    let posts: Vec<&str> = roles.iter().map(|role| role.name()).collect();
    let posts: Vec<String> = posts.iter().map(|role| words.get(&format!("role.{role}")).to_owned()).collect();
    format!("{place} · {}", posts.join("、"))
}

fn no_list(visit: &Visit) -> Response {
    let words = visit.world.part::<Words>();
    ui::page(NoList { shell: crate::frame::desk(visit, "工作台"), said: words.get("desk.no-list").to_owned() })
}

/// Only authorities supervise; the first page tells enough.
async fn to_supervise(visit: &Visit, desk: Desk) -> Result<usize, Fault> {
    if desk != Desk::Authority {
        return Ok(0);
    }
    match reads::to_supervise(visit, None).await {
        Ok(page) => Ok(page.rows.len()),
        Err(Fault::NotAllowed) => Ok(0),
        Err(fault) => Err(fault),
    }
}

//! `/desk/proposals/practice`: 落实对照. What cases really asked for, how long they took and how often people came, beside what the version in
//! force says, item by item; from here the next round of proposals is seen coming.

use access::Role;
use access_service::{DoorFault, StaffVisit, Visit};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use catalog_service::Shelf;
use chrono::TimeDelta;
use platform::Fault;
use serde::Deserialize;
use standards_service::reads::practice::{ItemPractice, page as read};
use ui::{Opt, Select, Shell};

use crate::frame;

const TITLE: &str = "落实对照";
/// The periods to choose from, in days; the first is shown where nothing is chosen.
const PERIODS: [(i64, &str); 3] = [(365, "最近一年"), (90, "最近三个月"), (30, "最近一个月")];

/// An item beside its cases.
struct Row {
    href: String,
    name: String,
    authority: String,
    cases: String,
    days: String,
    late: String,
    is_late: bool,
    trips: String,
    comes_too_often: bool,
    corrected: String,
    /// Papers that may be waived and were handed in: name, cases.
    collected: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk_practice.html")]
struct Page {
    shell: Shell,
    selects: Vec<Select>,
    rows: Vec<Row>,
    cases: String,
    late: String,
    collected: String,
}

/// The period, and the authority where the office looks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    days: String,
    authority: String,
}

/// `GET /desk/proposals/practice`
pub async fn show(StaffVisit(visit): StaffVisit, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    Ok(ui::page(page(&visit, &address).await?))
}

async fn page(visit: &Visit, address: &Address) -> Result<Page, Fault> {
    let shelf = visit.world.part::<Shelf>();
    let chosen = PERIODS.iter().find(|(days, _)| days.to_string() == address.days).unwrap_or(&PERIODS[0]);
    let since = visit.world.clock.now_utc() - TimeDelta::days(chosen.0);
    let mut items = read(visit, since).await?;
    items.retain(|one| address.authority.is_empty() || one.authority == address.authority);
    let sum = |of: fn(&ItemPractice) -> u64| ui::say::count(items.iter().map(of).sum::<u64>());
    let periods = PERIODS.iter().map(|(days, label)| Opt::new(days.to_string(), *label)).collect();
    let mut selects = vec![Select {
        page: "practice",
        name: "days",
        label: "哪段时间",
        options: periods,
        chosen: chosen.0.to_string(),
        form: None,
    }];
    if visit.actor.has_role(Role::Standards) {
        let authorities = shelf.catalog().authorities.values().map(|one| Opt::new(one.id.as_str(), one.short.as_str()));
        selects.push(Select::new(("practice", "authority"), "部门", "全部部门", authorities, &address.authority));
    }
    Ok(Page {
        shell: frame::desk(visit, TITLE).crumb("/desk/proposals", "四免优化").crumb_here(TITLE),
        selects,
        cases: sum(|one| one.practice.cases),
        late: sum(|one| one.held.late),
        collected: sum(|one| one.held.collected.iter().map(|paper| paper.cases).sum()),
        rows: items.iter().map(|one| row(one, &shelf)).collect(),
    })
}

fn row(one: &ItemPractice, shelf: &Shelf) -> Row {
    let (practice, held) = (&one.practice, &one.held);
    let day = |days: Option<u32>| days.map_or_else(|| "—".to_owned(), |days| days.to_string());
    let trips = practice.trips as f64 / practice.cases.max(1) as f64;
    Row {
        href: format!("/items/{}", one.item),
        name: one.name.clone(),
        authority: shelf.authority_short(&one.authority).to_owned(),
        cases: ui::say::count(practice.cases),
        days: format!("{} / {} / {}", day(held.promise), day(held.median), day(held.usual)),
        late: ui::say::count(held.late),
        is_late: held.late > 0,
        trips: format!("{} / {}", held.visits, ui::say::decimal(trips)),
        comes_too_often: trips > f64::from(held.visits),
        corrected: ui::say::percent(practice.corrected, practice.cases.max(1)),
        collected: held.collected.iter().map(|paper| (paper.name.clone(), ui::say::count(paper.cases))).collect(),
    }
}

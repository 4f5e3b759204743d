//! `/desk/reduction`: 减负成效. What applicants had to hand in, type, travel and wait for under an earlier standard and under the one in
//! force, on the same cases of the last year.

use access_service::{DoorFault, StaffVisit, Visit};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use catalog_service::reads::ReleaseLine;
use chrono::TimeDelta;
use platform::Fault;
use serde::Deserialize;
use themes::reduction::{Asked, Measured};
use themes_service::reduction::{Reduction, ThemeReduction, reduction, standards};
use ui::{Opt, Select, Shell};
use uuid::Uuid;

use crate::frame;

const TITLE: &str = "减负成效";
/// Cases of so many days are measured.
const DAYS: i64 = 365;
/// What is counted, in the order of the figures.
const WHAT: [&str; 4] = ["要交的材料（份）", "要填的表单项", "到场（次）", "办结（工作日）"];

/// One figure of all cases: apart, before, after, and how much less in percent.
struct Figure {
    what: &'static str,
    apart: String,
    before: String,
    after: String,
    less: String,
}

/// A theme's figures: what one case asks on average, before and after.
struct Row {
    name: String,
    href: String,
    cases: String,
    figures: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk_reduction.html")]
struct Page {
    shell: Shell,
    select: Option<Select>,
    same: bool,
    cases: String,
    figures: Vec<Figure>,
    rows: Vec<Row>,
    left_out: Vec<String>,
    heads: [&'static str; 4],
}

/// Which earlier standard.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    before: String,
}

/// `GET /desk/reduction`
pub async fn show(StaffVisit(visit): StaffVisit, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    Ok(ui::page(page(&visit, &address).await?))
}

async fn page(visit: &Visit, address: &Address) -> Result<Page, Fault> {
    let all = standards(visit).await?;
    let chosen: Option<Uuid> = address.before.parse().ok();
    let earlier = all.iter().find(|release| Some(release.id) == chosen).or(all.last()).ok_or(Fault::NotFound)?;
    let since = visit.world.clock.now_utc() - TimeDelta::days(DAYS);
    let found = reduction(visit, earlier.id, since).await?;
    let total = found.total();
    Ok(Page {
        shell: frame::desk(visit, TITLE),
        select: select(visit, &all, earlier),
        same: all.first().is_none_or(|newest| newest.id == earlier.id),
        cases: ui::say::count(total.cases),
        figures: if total.cases == 0 { Vec::new() } else { figures(&total) },
        rows: found.themes.iter().filter(|theme| theme.measured.cases > 0).map(row).collect(),
        left_out: left_out(&found),
        heads: WHAT,
    })
}

/// The releases to choose from; nothing where there is only one.
fn select(visit: &Visit, all: &[ReleaseLine], chosen: &ReleaseLine) -> Option<Select> {
    let option = |release: &ReleaseLine| {
        Opt::new(release.id.to_string(), format!("{}发布", ui::say::moment(release.published_at, visit.today())))
    };
    let options: Vec<Opt> = all.iter().skip(1).map(option).collect();
    (!options.is_empty()).then(|| Select {
        page: "reduction",
        name: "before",
        label: "与哪一版比",
        options,
        chosen: chosen.id.to_string(),
        form: None,
    })
}

fn figures(total: &Measured) -> Vec<Figure> {
    let [apart, before, after] = [total.apart, total.before, total.after].map(Asked::figures);
    let figure = |at: usize| Figure {
        what: WHAT[at],
        apart: ui::say::count(apart[at]),
        before: ui::say::count(before[at]),
        after: ui::say::count(after[at]),
        less: less(apart[at], after[at]),
    };
    (0..WHAT.len()).map(figure).collect()
}

/// How much less the second is than the first: 减 36 %.
fn less(from: u64, to: u64) -> String {
    match from.cmp(&to) {
        std::cmp::Ordering::Greater => format!("减 {}", ui::say::percent(from - to, from)),
        std::cmp::Ordering::Equal => "不变".to_owned(),
        std::cmp::Ordering::Less => format!("增 {}", ui::say::percent(to - from, from.max(1))),
    }
}

fn row(theme: &ThemeReduction) -> Row {
    let measured = &theme.measured;
    let each = |sum: u64| ui::say::decimal(sum as f64 / measured.cases as f64);
    let [before, after] = [measured.before, measured.after].map(Asked::figures);
    Row {
        name: theme.name.clone(),
        href: format!("/matters/{}", theme.theme),
        cases: ui::say::count(measured.cases),
        figures: before.into_iter().zip(after).map(|(before, after)| (each(before), each(after))).collect(),
    }
}

/// Which cases are not counted, and why.
fn left_out(found: &Reduction) -> Vec<String> {
    let unclear = found.total().unclear;
    let said = [
        (unclear, "件当时没有回答现在要问的问题，或者相反，两版没有可比的答案"),
        (found.gone, "件的主题只有其中一版有"),
    ];
    said.into_iter()
        .filter(|(cases, _)| *cases > 0)
        .map(|(cases, why)| format!("{} {why}", ui::say::count(cases)))
        .collect()
}

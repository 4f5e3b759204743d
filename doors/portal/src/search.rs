//! `GET /search?q=`: people say it in their own words. The whole page answers, without any script; with it, the box of
//! every page offers what fits while they type (`suggest`).

mod line;
mod suggest;

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use themes_service::{FindKind, Found, ThemeShelf, Wish, frame, sought};
use ui::{Opt, Select};

pub use line::Line;
pub use suggest::show as suggest;

use crate::matters::{self, Matter};

/// Hits shown; who has not found it among these asks in other words.
const HITS: usize = 12;
/// What most look for today, and the matters shown in their place on a quiet day.
const POPULAR: usize = 6;
/// Longest query looked at, in characters.
const QUERY_MAX: usize = search::QUESTION_MAX;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    r#for: String,
    place: String,
}

impl Asked {
    /// What was typed, as long as it is looked at.
    fn query(&self) -> String {
        self.q.trim().chars().take(QUERY_MAX).collect()
    }
}

#[derive(Template)]
#[template(path = "portal_search.html")]
struct Page {
    shell: ui::Shell,
    query: String,
    /// One sentence about what was found, also read out.
    said: String,
    /// What was probably meant, and where it leads.
    meant: Option<(String, String)>,
    /// The query found nothing sure: these are guesses.
    guess: bool,
    lines: Vec<Line>,
    selects: Vec<Select>,
    narrowed: bool,
    /// Somebody narrowed it down; where the same is looked for without.
    wider: Option<String>,
    popular: Vec<Line>,
    matters: Vec<Matter>,
    topics: Vec<(String, &'static str)>,
}

/// The page of what was found.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let query = asked.query();
    let wish = Wish { text: &query, whom: &asked.r#for, place: &asked.place, most: HITS };
    let findings = if query.is_empty() { Default::default() } else { shelf.find(wish) };
    let sure = findings.found.first().filter(|best| best.sure);
    if let Some(best) = sure {
        sought::count(&visit.world, best.kind, &best.id);
    }
    let guess = sure.is_none();
    let lines: Vec<Line> = findings.found.iter().filter_map(|found| Line::of(found, &shelf)).collect();
    let popular = if lines.is_empty() { popular(&visit, &shelf).await? } else { Vec::new() };
    let narrowed = !(asked.r#for.is_empty() && asked.place.is_empty());
    let page = Page {
        shell: frame::portal(&visit, if query.is_empty() { "查找".to_owned() } else { format!("查找“{query}”") }),
        said: said(&query, &lines, guess),
        meant: findings.meant.filter(|meant| *meant != query).map(|meant| (address(&meant), meant)),
        guess,
        selects: selects(&asked, &shelf),
        narrowed,
        wider: (narrowed && !query.is_empty()).then(|| address(&query)),
        matters: if popular.is_empty() && lines.is_empty() {
            matters::first(shelf.themes(), POPULAR)
        } else {
            Vec::new()
        },
        topics: if lines.is_empty() { crate::items::topics(shelf.catalogue().catalog()) } else { Vec::new() },
        popular,
        lines,
        query,
    };
    Ok(ui::page(page))
}

/// What most look for today, as lines; empty on a quiet day.
pub async fn popular(visit: &Visit, shelf: &ThemeShelf) -> Result<Vec<Line>, Fault> {
    let most = sought::most(&visit.world, POPULAR).await?;
    Ok(most.into_iter().filter_map(|(kind, id)| Line::plain(kind, &id, shelf)).collect())
}

fn address(query: &str) -> String {
    format!("/search?{}", access_service::door::pair("q", query))
}

fn said(query: &str, lines: &[Line], guess: bool) -> String {
    let themes = lines.iter().filter(|line| line.is_theme).count();
    match (query.is_empty(), lines.len(), themes) {
        (true, ..) => String::new(),
        (false, 0, _) => format!("没有找到“{query}”"),
        _ if guess => "没有完全对得上的，下面几项比较接近".to_owned(),
        (false, all, 0) => format!("找到 {all} 个事项"),
        (false, all, themes) if all == themes => format!("找到 {themes} 件可以一次办好的事"),
        (false, all, themes) => format!("找到 {themes} 件可以一次办好的事、{} 个单独的事项", all - themes),
    }
}

/// For whom, and in which hall.
fn selects(asked: &Asked, shelf: &ThemeShelf) -> Vec<Select> {
    let whom = [Opt::new("person", "个人"), Opt::new("company", "企业和单位")];
    let mut halls: Vec<_> = shelf.catalogue().catalog().halls.values().collect();
    halls.sort_by(|a, b| a.region.cmp(&b.region).then_with(|| a.id.cmp(&b.id)));
    halls.dedup_by(|a, b| a.region == b.region);
    let halls = halls.into_iter().map(|hall| Opt::new(hall.region.as_str(), hall.name.as_str()));
    vec![
        Select::new(("narrow", "for"), "给谁办", "个人和企业", whom, &asked.r#for).of_form("find"),
        Select::new(("narrow", "place"), "在哪里交材料", "网上或者任何大厅", halls, &asked.place).of_form("find"),
    ]
}

/// The items found, best first: the filter of the list of items.
pub fn items(visit: &Visit, query: &str) -> Result<Vec<Found>, Fault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let most = shelf.catalogue().catalog().items.len() + shelf.themes().len();
    let mut found = shelf.find(Wish { text: query, most, ..Wish::default() }).found;
    found.retain(|one| one.kind == FindKind::Item);
    Ok(found)
}

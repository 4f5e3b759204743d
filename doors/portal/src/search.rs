//! `GET /search?q=`: people say it in their own words. The whole page answers; with the script it comes while they
//! type, and the browser takes only the part `#found` out of it.

mod index;
mod sounds;

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use themes::FindKind;
use themes_service::{ThemeShelf, frame};

use index::{Found, Index};

use crate::items::ItemLine;
use crate::matters::{self, Matter};

/// Hits shown; who has not found it among these asks in other words.
const HITS: usize = 12;
/// Longest query looked at, in characters.
const QUERY_MAX: usize = 60;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "portal_search.html")]
struct Page {
    shell: ui::Shell,
    query: String,
    /// One sentence about what was found, also read out.
    said: String,
    /// The query found nothing sure: these are guesses.
    guess: bool,
    matters: Vec<Matter>,
    items: Vec<ItemLine>,
    popular: Vec<Matter>,
}

/// The page of what was found.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let query: String = asked.q.trim().chars().take(QUERY_MAX).collect();
    let found = match query.is_empty() {
        true => Vec::new(),
        false => find(&visit, &query)?,
    };
    let guess = found.iter().all(|one| one.score < index::SURE);
    let (matters, items) = shown(&found, &shelf);
    let title = if query.is_empty() { "查找".to_owned() } else { format!("查找“{query}”") };
    let page = Page {
        shell: frame::portal(&visit, title),
        said: said(&query, matters.len(), items.len(), guess),
        popular: if found.is_empty() { matters::first(shelf.themes(), 6) } else { Vec::new() },
        guess,
        query,
        matters,
        items,
    };
    Ok(ui::page(page))
}

/// Hits as cards and lines, each kind in the order of the hits.
fn shown(found: &[Found], shelf: &ThemeShelf) -> (Vec<Matter>, Vec<ItemLine>) {
    let catalog = shelf.catalogue().catalog();
    let of = |kind: FindKind| found.iter().filter(move |one| one.kind == kind);
    let theme = |one: &Found| shelf.theme(&one.id).ok().map(Matter::of);
    let item = |one: &Found| catalog.items.get(one.id.as_str()).map(|item| ItemLine::of(item, catalog));
    (of(FindKind::Theme).filter_map(theme).collect(), of(FindKind::Item).filter_map(item).collect())
}

fn said(query: &str, matters: usize, items: usize, guess: bool) -> String {
    match (query.is_empty(), matters + items) {
        (true, _) => String::new(),
        (false, 0) => format!("没有找到“{query}”"),
        (false, _) if guess => "没有完全对得上的，您是不是要找：".to_owned(),
        (false, _) if items == 0 => format!("找到 {matters} 件一起办的事"),
        (false, _) if matters == 0 => format!("找到 {items} 个事项"),
        (false, _) => format!("找到 {matters} 件一起办的事、{items} 个单独的事项"),
    }
}

/// The themes and items found, best first: also the filter of the list of items.
pub fn find(visit: &Visit, query: &str) -> Result<Vec<Found>, Fault> {
    Ok(Index::current(&visit.world)?.find(query, HITS))
}

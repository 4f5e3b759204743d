//! `GET /`: one sentence, one search box, six matters, and what the person has under way.

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::response::Response;
use catalog::Catalog;
use catalog::model::{ItemStatus, TOPICS};
use catalog_service::Shelf;
use themes_service::{ThemeShelf, frame};

use crate::items::is_for;
use crate::matters::{self, Matter};
use crate::mine::{self, MineLine};
use crate::search;

/// Matters on the home page, lines of one's own, examples under the search box, topics behind each entrance.
const MATTERS: usize = 6;
const MINE: usize = 3;
const TRIES: usize = 3;
const TOPICS_SHOWN: usize = 6;

/// One entrance: people or organisations, with the topics behind it.
struct Entrance {
    name: &'static str,
    whole: &'static str,
    href: String,
    topics: Vec<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "portal_home.html")]
struct Page {
    shell: ui::Shell,
    query: String,
    /// What is offered under the box, and what it is: what most look for today, or what people ask.
    tries: Vec<(String, String)>,
    tries_are: &'static str,
    mine: Vec<MineLine>,
    /// How many are under way altogether.
    under_way: usize,
    matters: Vec<Matter>,
    entrances: Vec<Entrance>,
}

/// The home page.
pub async fn show(visit: Visit) -> Result<Response, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let catalogue = visit.world.part::<Shelf>();
    let mut under_way = mine::under_way(&visit).await?;
    let mut today = search::popular(&visit, &shelf).await?;
    today.truncate(TRIES);
    let (tries_are, tries) = match today.is_empty() {
        true => ("大家常问", tries(shelf.themes())),
        false => ("今天大家在找", today.iter().map(|line| (line.href.clone(), line.called())).collect()),
    };
    let page = Page {
        shell: frame::portal(&visit, "首页"),
        query: String::new(),
        tries,
        tries_are,
        under_way: under_way.len(),
        mine: {
            under_way.truncate(MINE);
            under_way
        },
        matters: matters::first(shelf.themes(), MATTERS),
        entrances: vec![
            entrance("个人", "个人全部事项", "person", catalogue.catalog()),
            entrance("企业和个体户", "企业全部事项", "company", catalogue.catalog()),
        ],
    };
    Ok(ui::page(page))
}

/// What people ask, in their words: the longest saying of a theme, because it is most like speech.
fn tries(all: &[themes::Theme]) -> Vec<(String, String)> {
    let saying = |theme: &themes::Theme| theme.say.iter().max_by_key(|said| said.chars().count()).cloned();
    matters::ordered(all)
        .into_iter()
        .filter_map(saying)
        .take(TRIES)
        .map(|said| (format!("/search?{}", access_service::door::pair("q", &said)), said))
        .collect()
}

/// An entrance with the topics that have most items for these people; those only for them count first.
fn entrance(name: &'static str, whole: &'static str, whom: &str, catalog: &Catalog) -> Entrance {
    let other = if whom == "person" { "company" } else { "person" };
    let count = |code: &str| {
        let open = catalog.items.values().filter(|item| item.status == ItemStatus::Active && item.topic == code);
        let theirs: Vec<_> = open.filter(|item| is_for(item, whom)).collect();
        (theirs.iter().filter(|item| !is_for(item, other)).count(), theirs.len())
    };
    let mut topics: Vec<((usize, usize), &str, &'static str)> =
        TOPICS.iter().map(|(code, name)| (count(code), *code, *name)).filter(|((_, theirs), ..)| *theirs > 0).collect();
    topics.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    topics.truncate(TOPICS_SHOWN);
    let links = topics.into_iter().map(|(_, code, name)| (format!("/items?for={whom}&topic={code}"), name));
    Entrance { name, whole, href: format!("/items?for={whom}"), topics: links.collect() }
}

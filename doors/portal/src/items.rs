//! `GET /items`: every item of the catalogue, by topic or by authority, filtered by whom it is for.

use access_service::{DoorFault, Visit, door};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use catalog::model::{Audience, ItemStatus, TOPICS};
use catalog::{Catalog, Item};
use catalog_service::Shelf;
use platform::paging::{self, page_after};
use serde::Deserialize;
use themes_service::frame;
use ui::{Opt, Select};

use crate::search;

/// One item as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    pub href: String,
    pub name: String,
    /// Empty when people call it by its official name.
    pub official: String,
    pub authority: String,
    pub time: String,
}

impl ItemLine {
    pub fn of(item: &Item, catalog: &Catalog) -> Self {
        let name = called(item, catalog);
        Self {
            href: format!("/items/{}", item.id),
            official: if name == item.name { String::new() } else { item.name.clone() },
            name: name.to_owned(),
            authority: catalog.authorities.get(&item.authority).map_or_else(String::new, |one| one.short.clone()),
            time: themes::words::limit(item.promise),
        }
    }
}

/// What people call it, unless they call two items so: then only the official name tells them apart.
pub fn called<'a>(item: &'a Item, catalog: &Catalog) -> &'a str {
    let Some(plain) = &item.plain else { return &item.name };
    let alike = catalog.items.values().filter(|other| other.plain.as_ref() == Some(plain)).count();
    if alike > 1 { &item.name } else { plain }
}

/// For whom: people, or organisations of any kind.
pub fn is_for(item: &Item, whom: &str) -> bool {
    match whom {
        "person" => item.audience.contains(&Audience::Person),
        "company" => item.audience.iter().any(|one| *one != Audience::Person),
        _ => true,
    }
}

#[derive(Deserialize, Clone, Default)]
#[serde(default)]
pub struct Filter {
    q: String,
    r#for: String,
    topic: String,
    authority: String,
    by: String,
    /// The item the page begins after; one that is not in the list begins it anew.
    after: String,
}

struct Group {
    name: String,
    items: Vec<ItemLine>,
}

#[derive(Template)]
#[template(path = "portal_items.html")]
struct Page {
    shell: ui::Shell,
    query: String,
    selects: Vec<Select>,
    total: usize,
    groups: Vec<Group>,
    pager: ui::Pager,
    filtered: bool,
}

/// The list.
pub async fn show(visit: Visit, Query(filter): Query<Filter>) -> Result<Response, DoorFault> {
    let shelf = visit.world.part::<Shelf>();
    let catalog = shelf.catalog();
    let mut items: Vec<&Item> = catalog.items.values().filter(|item| fits(item, &filter)).collect();
    if !filter.q.trim().is_empty() {
        let found = search::items(&visit, filter.q.trim())?;
        let place = |item: &Item| found.iter().position(|one| one.id == *item.id);
        items.retain(|item| place(item).is_some());
        items.sort_by_key(|item| place(item));
    }
    let total = items.len();
    items.sort_by_key(|item| group_of(item, &filter, catalog));
    let shown = stretch(&visit, items, &filter.after);
    let page = Page {
        shell: frame::portal(&visit, "办事指南"),
        query: filter.q.trim().to_owned(),
        selects: selects(&filter, catalog),
        groups: grouped(&shown.rows, &filter, catalog),
        pager: pager(&filter, &shown, total),
        filtered: !(filter.q.is_empty()
            && filter.r#for.is_empty()
            && filter.topic.is_empty()
            && filter.authority.is_empty()),
        total,
    };
    Ok(ui::page(page))
}

fn fits(item: &Item, filter: &Filter) -> bool {
    item.status == ItemStatus::Active
        && is_for(item, &filter.r#for)
        && (filter.topic.is_empty() || item.topic == filter.topic)
        && (filter.authority.is_empty() || item.authority == *filter.authority.as_str())
}

/// What the item stands under, as a key that sorts: the place in the standard's list of topics, or of the authorities.
fn group_of(item: &Item, filter: &Filter, catalog: &Catalog) -> usize {
    if filter.by == "authority" {
        return catalog.authorities.keys().position(|id| *id == item.authority).unwrap_or(usize::MAX);
    }
    TOPICS.iter().position(|(code, _)| *code == item.topic).unwrap_or(usize::MAX)
}

fn grouped(items: &[&Item], filter: &Filter, catalog: &Catalog) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let name = match filter.by.as_str() {
            "authority" => catalog.authorities.get(&item.authority).map_or("", |one| one.name.as_str()),
            _ => topic_name(&item.topic),
        };
        match groups.last_mut() {
            Some(group) if group.name == name => group.items.push(ItemLine::of(item, catalog)),
            _ => groups.push(Group { name: name.to_owned(), items: vec![ItemLine::of(item, catalog)] }),
        }
    }
    groups
}

/// The topics that have open items, with where their items are listed.
pub fn topics(catalog: &Catalog) -> Vec<(String, &'static str)> {
    open_topics(catalog).map(|(code, name)| (format!("/items?topic={code}"), *name)).collect()
}

fn open_topics(catalog: &Catalog) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let open = |code: &str| catalog.items.values().any(|item| item.status == ItemStatus::Active && item.topic == code);
    TOPICS.iter().filter(move |(code, _)| open(code))
}

/// The name of a topic by its two digits.
pub fn topic_name(code: &str) -> &'static str {
    TOPICS.iter().find(|(one, _)| *one == code).map_or("其他", |(_, name)| name)
}

fn selects(filter: &Filter, catalog: &Catalog) -> Vec<Select> {
    let open = || catalog.items.values().filter(|item| item.status == ItemStatus::Active);
    let whom = [Opt::new("person", "个人"), Opt::new("company", "企业和单位")];
    let topics = open_topics(catalog).map(|(code, name)| Opt::new(*code, *name));
    let authorities = catalog.authorities.values().filter(|one| open().any(|item| item.authority == one.id));
    let authorities = authorities.map(|one| Opt::new(one.id.as_str(), one.short.as_str()));
    vec![
        Select::new(("items", "for"), "给谁办", "个人和企业", whom, &filter.r#for),
        Select::new(("items", "topic"), "主题", "全部主题", topics, &filter.topic),
        Select::new(("items", "authority"), "办理部门", "全部部门", authorities, &filter.authority),
        Select::new(("items", "by"), "排列", "按主题", [Opt::new("authority", "按部门")], &filter.by),
    ]
}

/// The lines of this page.
fn stretch<'c>(visit: &Visit, items: Vec<&'c Item>, after: &str) -> paging::Page<&'c Item> {
    let most = visit.world.config.limits.page_rows;
    let page = |after| page_after(items.clone(), |item: &&Item| item.id.as_str(), after, most);
    let asked = Some(after).filter(|after| !after.is_empty());
    page(asked).or_else(|| page(None)).unwrap_or(paging::Page { rows: Vec::new(), back: None, next: None })
}

fn pager(filter: &Filter, page: &paging::Page<&Item>, total: usize) -> ui::Pager {
    let to = |after: &String| {
        let pairs = [
            ("q", &filter.q),
            ("for", &filter.r#for),
            ("topic", &filter.topic),
            ("authority", &filter.authority),
            ("by", &filter.by),
            ("after", after),
        ];
        door::query(pairs.map(|(name, value)| (name, value.as_str())))
    };
    let (back, on) = (page.back.as_ref().map(to), page.next.as_ref().map(to));
    let whole = back.is_none() && on.is_none();
    let shown = if whole { String::new() } else { format!("本页 {} 项，共 {total} 项", page.rows.len()) };
    ui::Pager { back, on, shown }
}

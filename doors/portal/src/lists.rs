//! `GET /lists`: the four lists, open to everybody (清单公开). Totals, a list by unit and kind, one row with everything it says
//! and all its versions, and the whole as a file.

use access_service::{DoorFault, Visit, Words, door};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use catalog::model::GovernmentLevel;
use platform::Fault;
use serde::Deserialize;
use standards::ListKind;
use standards::list::Matter;
use standards_service::reads::lists::{self as reads, Asked, RowLine};
use standards_service::sheets::{self, Mark};
use themes_service::frame;
use ui::{Opt, Select};
use uuid::Uuid;

mod row;

pub use row::show as row;

/// Units named on the first page under each list.
const UNITS_SHOWN: usize = 6;

/// One of the four lists on the first page.
struct Card {
    href: String,
    name: String,
    about: &'static str,
    rows: String,
    /// The units with the most rows: address, name, rows.
    units: Vec<(String, String, String)>,
    more: usize,
}

#[derive(Template)]
#[template(path = "portal_lists.html")]
struct Front {
    shell: ui::Shell,
    cards: Vec<Card>,
    figures: Vec<ui::Figure>,
}

/// `GET /lists`
pub async fn front(visit: Visit) -> Result<Response, DoorFault> {
    let totals = reads::totals(&visit).await?;
    let words = visit.world.part::<Words>();
    let card = |list: &ListKind| {
        let units = totals.by_unit.get(list).map(Vec::as_slice).unwrap_or_default();
        let line = |(unit, rows): &(String, u64)| {
            let href = format!("/lists/{}?{}", list.code(), door::pair("unit", unit));
            (href, unit.clone(), ui::say::count(*rows))
        };
        Card {
            href: format!("/lists/{}", list.code()),
            name: words.get(list.text_key()).to_owned(),
            about: about(*list),
            rows: ui::say::count(totals.by_list.get(list).copied().unwrap_or_default()),
            units: units.iter().take(UNITS_SHOWN).map(line).collect(),
            more: units.len().saturating_sub(UNITS_SHOWN),
        }
    };
    let level = |level: &GovernmentLevel| {
        let rows = totals.by_level.get(level.word())?;
        Some(ui::Figure::plain(level.label(), ui::say::count(*rows), "项"))
    };
    let page = Front {
        shell: frame::portal(&visit, "四张清单").crumb_here("四张清单"),
        cards: ListKind::ALL.iter().map(card).collect(),
        figures: GovernmentLevel::ALL.iter().filter_map(level).collect(),
    };
    Ok(ui::page(page))
}

fn about(list: ListKind) -> &'static str {
    match list {
        ListKind::Power => "部门可以行使哪些权力。没有列入的，不得对外实施。",
        ListKind::Duty => "行使权力要尽哪些责任：事前、事中、事后，没有尽到怎么追究。",
        ListKind::Service => "部门为群众和企业提供哪些服务。",
        ListKind::Fee => "可以收哪些费、收多少、凭什么收。没有列入的，一律不得收。",
    }
}

#[derive(Deserialize, Clone, Default)]
#[serde(default)]
pub struct Filter {
    q: String,
    unit: String,
    matter: String,
    level: String,
    after: String,
}

impl Filter {
    fn asked(&self, list: ListKind) -> Asked {
        Asked {
            list: Some(list),
            unit: self.unit.clone(),
            level: self.level.clone(),
            matter: self.matter.clone(),
            words: self.q.clone(),
            item: String::new(),
        }
    }

    fn address(&self, after: Option<&str>) -> String {
        door::query([
            ("q", self.q.trim()),
            ("unit", &self.unit),
            ("matter", &self.matter),
            ("level", &self.level),
            ("after", after.unwrap_or_default()),
        ])
    }
}

/// One row in a list.
struct Line {
    href: String,
    name: String,
    code: String,
    unit: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "portal_list.html")]
struct ListPage {
    shell: ui::Shell,
    code: &'static str,
    name: String,
    about: &'static str,
    query: String,
    selects: Vec<Select>,
    filtered: bool,
    total: String,
    lines: Vec<Line>,
    pager: ui::Pager,
    /// What an address of the file must carry to hold the same rows.
    same: String,
}

/// `GET /lists/{list}`
pub async fn show(visit: Visit, Path(list): Path<String>, Query(filter): Query<Filter>) -> Result<Response, DoorFault> {
    let list = ListKind::parse(&list).ok_or(Fault::NotFound)?;
    let after = Some(filter.after.as_str()).filter(|after| !after.is_empty());
    let page = reads::page(&visit, &filter.asked(list), after.and_then(|after| after.parse().ok())).await?;
    let totals = reads::totals(&visit).await?;
    let words = visit.world.part::<Words>();
    let name = words.get(list.text_key()).to_owned();
    let on = page.next.map(|next| filter.address(Some(&next.to_string())));
    let back = after.map(|_| filter.address(None));
    let whole = on.is_none() && back.is_none();
    let total = ui::say::count(page.total);
    let shown = if whole { String::new() } else { format!("本页 {} 项，共 {total} 项", page.rows.len()) };
    let answer = ListPage {
        shell: frame::portal(&visit, name.clone()).crumb("/lists", "四张清单").crumb_here(name.clone()),
        code: list.code(),
        name,
        about: about(list),
        query: filter.q.trim().to_owned(),
        selects: selects(&filter, list, &totals, &words),
        filtered: !filter.address(None).trim_start_matches('?').is_empty(),
        lines: page.rows.iter().map(|row| line(row, &words)).collect(),
        pager: ui::Pager { back, on, shown },
        same: filter.address(None),
        total,
    };
    Ok(ui::page(answer))
}

fn selects(filter: &Filter, list: ListKind, totals: &reads::Totals, words: &Words) -> Vec<Select> {
    let units = totals.by_unit.get(&list).map(Vec::as_slice).unwrap_or_default().iter();
    let units = units.map(|(unit, rows)| Opt::new(unit.clone(), format!("{unit}（{}）", ui::say::count(*rows))));
    let mut selects = vec![Select::new(("list", "unit"), "部门", "全部部门", units, &filter.unit)];
    if list != ListKind::Service {
        let kinds = Matter::ALL.iter().filter(|matter| list != ListKind::Power || matter.list() == list);
        let kinds = kinds.map(|matter| Opt::new(matter.code(), words.get(matter.text_key())));
        selects.push(Select::new(("list", "matter"), "类型", "全部类型", kinds, &filter.matter));
    }
    let levels = GovernmentLevel::ALL.iter().filter(|level| totals.by_level.contains_key(level.word()));
    let levels = levels.map(|level| Opt::new(level.word(), level.label()));
    selects.push(Select::new(("list", "level"), "层级", "全部层级", levels, &filter.level));
    selects
}

fn line(row: &RowLine, words: &Words) -> Line {
    let kind = match row.row.list {
        ListKind::Fee => row.row.charge.clone(),
        _ => row.row.matter.map(|matter| words.get(matter.text_key()).to_owned()).unwrap_or_default(),
    };
    Line {
        href: format!("/lists/rows/{}", row.id),
        name: row.row.name.clone(),
        code: row.row.code.clone(),
        unit: row.row.unit.name.clone(),
        kind,
    }
}

/// `GET /lists/{list}/file/{kind}`, where `kind` is `csv` or `xlsx`: all rows of what is asked for, in columns that can be brought in
/// again.
pub async fn file(
    visit: Visit,
    Path((list, kind)): Path<(String, String)>,
    Query(filter): Query<Filter>,
) -> Result<Response, DoorFault> {
    let list = ListKind::parse(&list).ok_or(Fault::NotFound)?;
    let is_book = match kind.as_str() {
        "csv" => false,
        "xlsx" => true,
        _ => return Err(Fault::NotFound.into()),
    };
    let rows = reads::all(&visit, &filter.asked(list)).await?;
    let sheet = standards::writing::write(&rows);
    let bytes = if is_book { sheets::xlsx(&sheet, |_, _| Mark::None)? } else { sheets::csv(&sheet)? };
    let words = visit.world.part::<Words>();
    let name = format!("{}-{}.{kind}", words.get(list.text_key()), visit.today());
    Ok(door::attached(&format!("{}.{kind}", list.code()), &name, sheets::media_type(is_book), bytes))
}

/// The id of a row in an address.
fn id(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

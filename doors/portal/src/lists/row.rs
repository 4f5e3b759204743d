//! `GET /lists/rows/{id}`: one row with its basis, its duties, its chart, its risks, its boundaries, and how it came to be so.

use access::Role;
use access_service::{DoorFault, Visit, Words};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog_service::Shelf;
use standards::flow::{Chart, chart};
use standards::list::Phase;
use standards::{ListKind, Row};
use standards_service::reads::lists::{self as reads, Asked, Version};
use themes_service::frame;

use super::id;

/// One version in the history.
struct Past {
    version: i32,
    from: String,
    ended: String,
}

#[derive(Template)]
#[template(path = "portal_list_row.html")]
struct Page {
    shell: ui::Shell,
    list: String,
    row: Row,
    /// Why it is on no list any more.
    gone: Option<String>,
    facts: Vec<(String, String)>,
    phases: Vec<(String, Vec<String>)>,
    chart: Option<Chart>,
    /// The item one can apply for: address and name.
    item: Option<(String, String)>,
    /// The same matter on the other lists: address, list.
    others: Vec<(String, String)>,
    history: Vec<Past>,
    /// Where the standards office withdraws it.
    withdraw: Option<String>,
}

/// The page.
pub async fn show(visit: Visit, Path(asked): Path<String>) -> Result<Response, DoorFault> {
    let asked = id(&asked)?;
    let mut versions = reads::versions(&visit, asked).await?;
    let words = visit.world.part::<Words>();
    let today = visit.today();
    let history = versions.iter().map(|version| past(version, &words, today)).collect();
    let newest = versions.remove(0);
    let row = newest.row.clone();
    let list = words.get(row.list.text_key()).to_owned();
    let shell = frame::portal(&visit, row.name.clone())
        .crumb("/lists", "四张清单")
        .crumb(format!("/lists/{}", row.list.code()), list.clone())
        .crumb_here(row.name.clone());
    let phase = |phase: &Phase| {
        let duties: Vec<String> = row.duties_of(*phase).map(str::to_owned).collect();
        (!duties.is_empty()).then(|| (words.get(phase.text_key()).to_owned(), duties))
    };
    let page = Page {
        gone: newest.until.map(|until| gone(&newest, until.date_naive())),
        facts: facts(&row, &words),
        phases: Phase::ALL.iter().filter_map(phase).collect(),
        chart: chart(&row.stages),
        item: item(&visit, &row),
        others: others(&visit, &row, &words).await?,
        withdraw: (newest.until.is_none() && newest.batch.is_some() && visit.actor.has_role(Role::Standards))
            .then(|| format!("/desk/lists/rows/{asked}")),
        history,
        shell,
        list,
        row,
    };
    Ok(ui::page(page))
}

fn gone(version: &Version, until: chrono::NaiveDate) -> String {
    let reason = version.reason.as_deref().map(|reason| format!("：{reason}")).unwrap_or_default();
    format!("{}已移出清单{reason}", ui::say::day(until))
}

fn facts(row: &Row, words: &Words) -> Vec<(String, String)> {
    let matter = row.matter.map(|matter| words.get(matter.text_key()).to_owned()).unwrap_or_default();
    let level = row.level.map(|level| level.label().to_owned()).unwrap_or_default();
    let facts = [
        ("类型", matter),
        ("实施主体", row.unit.name.clone()),
        ("统一社会信用代码", row.unit.code.clone()),
        ("行使层级", level),
        ("主项", row.main_item.clone()),
        ("事项编码", row.code.clone()),
        ("收费标准", row.charge.clone()),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let other = row.other.iter().map(|(head, value)| (head.clone(), value.clone()));
    said.map(|(label, value)| (label.to_owned(), value)).chain(other).collect()
}

fn item(visit: &Visit, row: &Row) -> Option<(String, String)> {
    let shelf = visit.world.part::<Shelf>();
    let item = shelf.catalog().items.get(row.item.as_deref()?)?;
    Some((format!("/items/{}", item.id), item.name.clone()))
}

/// The power beside its duties and its fees.
async fn others(visit: &Visit, row: &Row, words: &Words) -> Result<Vec<(String, String)>, platform::Fault> {
    let Some(item) = &row.item else { return Ok(Vec::new()) };
    let page = reads::page(visit, &Asked { item: item.clone(), ..Asked::default() }, None).await?;
    let beside = page.rows.into_iter().filter(|other| other.row.list != row.list);
    let said = |list: ListKind, name: &str| match list {
        ListKind::Fee => format!("{}：{name}", words.get(list.text_key())),
        _ => words.get(list.text_key()).to_owned(),
    };
    Ok(beside.map(|other| (format!("/lists/rows/{}", other.id), said(other.row.list, &other.row.name))).collect())
}

fn past(version: &Version, words: &Words, today: chrono::NaiveDate) -> Past {
    let ended = match (&version.until, version.ended.as_deref()) {
        (None, _) => words.get("row.in-force").to_owned(),
        (Some(until), how) => {
            let how = words.get(if how == Some("changed") { "row.changed" } else { "row.withdrawn" });
            format!("{}{how}", ui::say::day(until.date_naive()))
        }
    };
    Past { version: version.version, from: ui::say::moment(version.since, today), ended }
}

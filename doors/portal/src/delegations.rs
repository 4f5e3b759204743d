//! `GET /delegations`: who exercises whose power, as the law asks to be made public (委托公告, 行政许可法 24).

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::response::Response;
use catalog::Catalog;
use catalog::model::{Delegation, DelegationKind, DelegationScope};
use catalog_service::Shelf;
use chrono::NaiveDate;
use themes_service::frame;

/// One delegation, in words.
struct Line {
    kind: &'static str,
    /// In whose name it is exercised.
    names: String,
    from: String,
    to: String,
    /// Item's page and name.
    items: Vec<(String, String)>,
    places: String,
    scope: &'static str,
    period: String,
    document: String,
    basis: String,
    supervisor: String,
}

#[derive(Template)]
#[template(path = "portal_delegations.html")]
struct Page {
    shell: ui::Shell,
    now: Vec<Line>,
    /// Not yet, or no longer in force.
    other: Vec<Line>,
}

/// All delegations of the release, those in force first.
pub async fn show(visit: Visit) -> Result<Response, DoorFault> {
    let shelf = visit.world.part::<Shelf>();
    let (catalog, today) = (shelf.catalog(), visit.today());
    let all = catalog.delegations.values();
    let (now, other): (Vec<_>, Vec<_>) = all.partition(|one| one.in_force_on(today));
    let lines = |list: Vec<&Delegation>| list.into_iter().map(|one| line(one, catalog, today)).collect();
    let shell = frame::portal(&visit, "委托公告").crumb_here("委托公告");
    Ok(ui::page(Page { shell, now: lines(now), other: lines(other) }))
}

fn line(one: &Delegation, catalog: &Catalog, today: NaiveDate) -> Line {
    let name = |id: &catalog::ids::AuthorityId| {
        catalog.authorities.get(id).map_or_else(|| id.to_string(), |authority| authority.name.clone())
    };
    let item = |id: &catalog::ids::ItemId| {
        let known = catalog.items.get(id).map_or_else(|| id.to_string(), |item| item.name.clone());
        (format!("/items/{id}"), known)
    };
    let place = |code: &catalog::ids::RegionKey| {
        catalog.regions.get(code).map_or_else(|| code.to_string(), |one| one.name.clone())
    };
    let places: Vec<String> = one.regions.iter().map(place).collect();
    let in_name_of = if one.kind == DelegationKind::Entrustment { &one.from } else { &one.to };
    let end = |until: NaiveDate| {
        let ended = if until < today { "（已结束）" } else { "" };
        format!("至{}{ended}", ui::say::day(until))
    };
    let begun = if today < one.starts { "（尚未开始）" } else { "" };
    let basis = one.basis.iter().map(|basis| format!("《{}》{}", basis.law, basis.article));
    Line {
        kind: one.kind.label(),
        names: name(in_name_of),
        from: name(&one.from),
        to: name(&one.to),
        items: one.items.iter().map(item).collect(),
        places: if places.is_empty() { "全区".to_owned() } else { places.join("、") },
        scope: match one.scope {
            DelegationScope::Acceptance => "只受理，不审批",
            DelegationScope::Whole => one.scope.label(),
        },
        period: format!(
            "{}起{begun}，{}",
            ui::say::day(one.starts),
            one.until.map_or_else(|| "没有截止日期".to_owned(), end)
        ),
        document: one.document.clone(),
        basis: basis.collect::<Vec<_>>().join("、"),
        supervisor: name(one.supervisor()),
    }
}

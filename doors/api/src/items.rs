//! Items and their guides. Open to everybody: the lists are public by law.

use access::Resource;
use access_service::{DoorFault, Visit};
use axum::Json;
use catalog::Item;
use catalog::model::{Audience, ItemStatus};
use catalog_service::Shelf;
use platform::paging::page_after;
use platform::{Fault, World};
use serde::Deserialize;
use themes_service::{FindKind, ThemeShelf, Wish};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Asked, Id};
use crate::document::OpenFaults;
use crate::views::{Guide, ItemLine, ItemPage};

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(list_items)).routes(routes!(show_item))
}

/// Which items are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ItemFilter {
    /// 用日常说法找，最像的在前
    q: Option<String>,
    /// 服务对象，如 `person`、`company`
    audience: Option<String>,
    /// 主题代码，两位数字
    topic: Option<String>,
    /// 办理部门
    authority: Option<String>,
    /// 上一页的 `next`
    after: Option<String>,
    /// 一页多少行，不超过本站设定的上限（一般为 50）
    #[param(minimum = 1)]
    rows: Option<u32>,
}

/// 在用的事项
#[utoipa::path(get, path = "/items", tag = "items", security(()), params(ItemFilter),
    responses((status = 200, body = ItemPage), OpenFaults))]
async fn list_items(visit: Visit, Asked(filter): Asked<ItemFilter>) -> Result<Json<ItemPage>, DoorFault> {
    visit.allow(catalog::acts::READ, &Resource::of("catalogue"))?;
    let shelf = ThemeShelf::current(&visit.world)?;
    let catalog = shelf.catalogue().catalog();
    let mut items: Vec<&Item> = catalog.items.values().filter(|item| fits(item, &filter)).collect();
    if let Some(query) = filter.q.as_deref().map(str::trim).filter(|query| !query.is_empty()) {
        let most = catalog.items.len() + shelf.themes().len();
        let found = shelf.find(Wish { text: query, most, ..Wish::default() }).found;
        let place = |item: &Item| found.iter().position(|one| one.kind == FindKind::Item && one.id == *item.id);
        items.retain(|item| place(item).is_some());
        items.sort_by_key(|item| place(item));
    }
    let total = items.len();
    let most = visit.world.config.limits.page_rows;
    let rows = filter.rows.unwrap_or(most).clamp(1, most.max(1));
    let page = page_after(items, |item| item.id.as_str(), filter.after.as_deref(), rows).ok_or(Fault::NotFound)?;
    let items = page.rows.iter().map(|item| ItemLine::of(item, catalog)).collect();
    Ok(Json(ItemPage { items, total, next: page.next }))
}

fn fits(item: &Item, filter: &ItemFilter) -> bool {
    let audience = |word: &String| item.audience.iter().any(|one: &Audience| one.word() == word);
    item.status == ItemStatus::Active
        && filter.audience.as_ref().is_none_or(audience)
        && filter.topic.as_ref().is_none_or(|topic| item.topic == *topic)
        && filter.authority.as_ref().is_none_or(|authority| *item.authority == **authority)
}

/// 一个事项的办事指南
#[utoipa::path(get, path = "/items/{id}", tag = "items", security(()), params(("id" = String, Path)),
    responses((status = 200, body = Guide), OpenFaults))]
async fn show_item(visit: Visit, Id(id): Id<String>) -> Result<Json<Guide>, DoorFault> {
    visit.allow(catalog::acts::READ, &Resource::of("catalogue"))?;
    let shelf = visit.world.parts.get::<Shelf>().ok_or_else(|| Fault::unavailable("catalogue"))?;
    let item = shelf.catalog().items.get(id.as_str()).ok_or(Fault::NotFound)?;
    Ok(Json(Guide::of(item, shelf.catalog())))
}

//! Finding a theme or an item by what people say. Open to everybody; what is asked is kept nowhere.

use access_service::{DoorFault, Visit};
use axum::Json;
use platform::World;
use serde::Deserialize;
use themes_service::{ThemeShelf, Wish};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::Asked;
use crate::document::OpenFaults;
use crate::views::SearchAnswer;

/// Hits when no number is asked for.
const HITS: usize = 10;

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(find))
}

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SearchWish {
    /// 想办的事，用日常的话说；也可以是拼音或者拼音首字母。只看前 60 个字
    q: String,
    /// 给谁办：个人，或者企业和其他单位
    #[param(inline)]
    audience: Option<Whom>,
    /// 在哪里交材料：区划代码，到镇（街道）或者村（社区）
    place: Option<String>,
    /// 最多几条，不超过本站设定的上限（一般为 50）
    #[param(minimum = 1)]
    rows: Option<u32>,
}

/// 个人，或者企业和其他单位
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Whom {
    Person,
    Company,
}

/// 用日常的话找主题和事项
///
/// 最贴切的在前，主题和事项排在一起；附上是哪个说法对上的。找不准时用 `meant` 提示可能想找的说法。
#[utoipa::path(get, path = "/search", tag = "themes", security(()), params(SearchWish),
    responses((status = 200, body = SearchAnswer), OpenFaults))]
async fn find(visit: Visit, Asked(wish): Asked<SearchWish>) -> Result<Json<SearchAnswer>, DoorFault> {
    let shelf = ThemeShelf::current(&visit.world)?;
    let most = visit.world.config.limits.page_rows.max(1) as usize;
    let findings = shelf.find(Wish {
        text: wish.q.trim(),
        whom: match wish.audience {
            Some(Whom::Person) => "person",
            Some(Whom::Company) => "company",
            None => "",
        },
        place: wish.place.as_deref().unwrap_or_default(),
        most: wish.rows.map_or(HITS, |rows| rows.max(1) as usize).min(most),
    });
    Ok(Json(SearchAnswer::of(findings, &shelf)))
}

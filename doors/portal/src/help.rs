//! `GET /help`: how it works, where the halls are. `GET /about`: whom the site is for and how it helps everybody in.

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::response::Response;
use catalog::model::Hall;
use catalog_service::Shelf;
use themes_service::frame;

#[derive(Template)]
#[template(path = "portal_help.html")]
struct Help {
    shell: ui::Shell,
    halls: Vec<Hall>,
}

#[derive(Template)]
#[template(path = "portal_about.html")]
struct About {
    shell: ui::Shell,
}

/// Questions people ask about the site, and the halls of the district, the larger first.
pub async fn show(visit: Visit) -> Result<Response, DoorFault> {
    let shelf = visit.world.part::<Shelf>();
    let mut halls: Vec<Hall> = shelf.catalog().halls.values().cloned().collect();
    halls.sort_by(|a, b| a.level.cmp(&b.level).then_with(|| a.region.cmp(&b.region)));
    Ok(ui::page(Help { shell: frame::portal(&visit, "帮助"), halls }))
}

/// The accessibility statement (无障碍声明).
pub async fn about(visit: Visit) -> Result<Response, DoorFault> {
    let shell = frame::portal(&visit, "关于本站和无障碍").crumb("/help", "帮助").crumb_here("关于本站和无障碍");
    Ok(ui::page(About { shell }))
}

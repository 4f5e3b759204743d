//! `GET /desk/papers/{id}/licence`: the licence that stands for a paper (免提交), for the purpose of its case and marked
//! with it. The look is on the holder's record.

use access_service::{DoorFault, StaffVisit, Words};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use casework_service::{PaperId, reads};
use catalog_service::Shelf;
use records_service::acts::show_marked;
use ui::Shell;

use crate::{application, frame};

#[derive(Template)]
#[template(path = "desk_licence.html")]
struct Page {
    shell: Shell,
    document: String,
    /// What it may be looked at for.
    matter: String,
    number: String,
    back: String,
}

/// As printed, with the matter, the officer and the day across it.
pub async fn show(StaffVisit(visit): StaffVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let found = reads::paper_licence(&visit, frame::id::<PaperId>(&id)?).await?;
    let (shelf, words) = (visit.world.part::<Shelf>(), visit.world.part::<Words>());
    let purpose = [("matter".to_owned(), found.matter.clone())].into();
    let watermark = vec![
        words.fill("certificate.mark-case", &purpose),
        found.number.clone(),
        format!("{} {}", visit.actor.name, visit.today()),
    ];
    let shown = show_marked(&visit, shelf.catalog(), found.licence, &found.purpose, watermark).await?;
    let back = application::address(found.application);
    let shell =
        frame::desk(&visit, shown.sheet.title.clone()).crumb("/desk", "待办").crumb(back.clone(), found.matter.clone());
    Ok(ui::page(Page {
        shell: shell.crumb_here(shown.sheet.title.clone()),
        document: documents::certificate_html(&shown.sheet),
        matter: found.matter,
        number: found.number,
        back,
    }))
}

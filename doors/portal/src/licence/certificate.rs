//! `GET /licences/{id}/certificate`: the licence as it is printed. `GET /licences/{id}/pdf`: the file with the authority's seal.

use access_service::door::files::{self, PDF, Wanted};
use access_service::{DoorFault, ResidentVisit, Visit};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog_service::Shelf;
use kernel::id::LicenceId;
use platform::Fault;
use records::{Purpose, Why};
use records_service::acts::{ShownLicence, sealed_file, show_licence};
use themes_service::frame;

use super::name_of;
use crate::hidden;

#[derive(Template)]
#[template(path = "portal_certificate.html")]
struct Page {
    shell: ui::Shell,
    document: String,
    /// Where the file is.
    pdf: String,
    back: String,
}

/// As printed.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: LicenceId = id.parse().map_err(|_| Fault::NotFound)?;
    let shelf = visit.world.part::<Shelf>();
    let shown = show_licence(&visit, shelf.catalog(), id, &Purpose::of(Why::OwnRecord)).await.map_err(hidden)?;
    Ok(page(&visit, &shown, format!("/licences/{id}/pdf")))
}

/// To keep, and to hand on.
pub async fn pdf(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: LicenceId = id.parse().map_err(|_| Fault::NotFound)?;
    let shelf = visit.world.part::<Shelf>();
    let shown = show_licence(&visit, shelf.catalog(), id, &Purpose::of(Why::OwnRecord)).await.map_err(hidden)?;
    Ok(file(&visit, shown).await?)
}

/// The page of what is shown, its file at `pdf`.
pub(super) fn page(visit: &Visit, shown: &ShownLicence, pdf: String) -> Response {
    let shelf = visit.world.part::<Shelf>();
    let name = name_of(&shown.licence, shelf.catalog()).to_owned();
    let back = format!("/licences/{}", shown.licence.id);
    let shell = frame::portal(visit, name.clone()).crumb("/mine", "我的").crumb(back.clone(), name);
    let here = if shown.certificate.copy.is_some() { "授权副本" } else { "证照原样" };
    ui::page(Page { shell: shell.crumb_here(here), document: documents::certificate_html(&shown.sheet), pdf, back })
}

/// The file of what is shown, under the name of the licence and its mark, as such files are called.
pub(super) async fn file(visit: &Visit, shown: ShownLicence) -> Result<Response, Fault> {
    let shelf = visit.world.part::<Shelf>();
    let suffix = if shown.certificate.copy.is_some() { "（授权副本）" } else { "" };
    let name = format!("{}{suffix}_{}.pdf", name_of(&shown.licence, shelf.catalog()), shown.licence.mark);
    let file = sealed_file(visit, shelf.catalog(), shown).await?;
    files::sent(file, PDF, &name, Wanted::Look)
}

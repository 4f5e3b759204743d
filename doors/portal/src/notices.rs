//! Notices (文书): one's own to read, print and keep, and the page where a stranger checks a paper.

mod verify;

use access_service::door::files::{self, PDF, Wanted};
use access_service::{DoorFault, ResidentVisit};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use casework_service::NoticeId;
use casework_service::reads::{self, NoticeLine};
use platform::{Fault, World};
use themes_service::frame;

use crate::hidden;

/// The pages of notices.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/notices/verify", get(verify::show))
        .route("/notices/{id}", get(show))
        .route("/notices/{id}/pdf", get(pdf))
        .layer(Extension(verify::Gate::new()))
}

#[derive(Template)]
#[template(path = "portal_notice.html")]
struct Page {
    shell: ui::Shell,
    document: String,
    line: NoticeLine,
}

/// `GET /notices/{id}`: as printed.
async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: NoticeId = id.parse().map_err(|_| Fault::NotFound)?;
    let notice = reads::notice(&visit, id).await.map_err(hidden)?;
    let title = notice.line.title.clone();
    let shell = frame::portal(&visit, format!("{title} {}", notice.line.number)).crumb("/mine", "我的");
    let matter = format!("/applications/{}", notice.line.application);
    Ok(ui::page(Page {
        shell: shell.crumb(matter, "办件").crumb_here(title),
        document: documents::html(&notice.sheet),
        line: notice.line,
    }))
}

/// `GET /notices/{id}/pdf`: to keep.
async fn pdf(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: NoticeId = id.parse().map_err(|_| Fault::NotFound)?;
    let notice = reads::notice(&visit, id).await.map_err(hidden)?;
    let name = format!("{}（{}）.pdf", notice.line.title, notice.line.number);
    let file = reads::notice_pdf(&visit.world, notice.sheet).await?;
    Ok(files::sent(file, PDF, &name, Wanted::Look)?)
}

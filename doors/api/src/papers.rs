//! Files of papers: handed in with a draft, taken back, looked at.

use access_service::DoorFault;
use access_service::door::files::{self, Wanted};
use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use casework_service::PaperId;
use casework_service::acts::{CompareOriginal, compare_original};
use kernel::id::DraftId;
use platform::{Fault, FieldFault, World};
use serde::Deserialize;
use themes_service::acts::{AddPaper, add_paper, remove_paper};
use themes_service::{ThemeShelf, reads};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::asking::{Asked, Id, PartId, Reading, Writing};
use crate::cases::is_officer;
use crate::document::{ReadFaults, WriteFaults};
use crate::uploads::{receive, unreadable};
use crate::{drafts, views};

/// The part of an upload that holds the file.
const FILE: &str = "file";

pub(crate) fn operations() -> OpenApiRouter<World> {
    // The store cuts off a file that is too large itself, and says so; the general limit would only break it off.
    let uploads = OpenApiRouter::new().routes(routes!(hand_in)).layer(DefaultBodyLimit::disable());
    let others = OpenApiRouter::new()
        .routes(routes!(show_draft_file, take_back))
        .routes(routes!(show_file))
        .routes(routes!(compared));
    others.merge(uploads)
}

/// For which paper of the draft.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ForPaper {
    /// 材料的 `slot`
    paper: String,
}

/// 交一份材料的文件
///
/// 同一份材料可以交几个文件。同一个文件再交一次，得到原来那个。
#[utoipa::path(post, path = "/drafts/{id}/papers", tag = "drafts", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), ForPaper), request_body(content = views::Upload, content_type = "multipart/form-data"),
    responses((status = 201, body = views::DraftFile), WriteFaults))]
async fn hand_in(
    Writing { visit, .. }: Writing,
    Id(id): Id<DraftId>,
    Asked(place): Asked<ForPaper>,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, DoorFault> {
    let mut parts = parts.map_err(|cause| crate::asking::unreadable("api.upload-unreadable", cause.body_text()))?;
    let draft = reads::draft(&visit, id).await?;
    if draft.application.is_some() {
        return Err(Fault::Conflict.into());
    }
    let shelf = ThemeShelf::current(&visit.world)?;
    let filing = drafts::filing(&visit, &draft, &shelf).await?;
    if !filing.slots.iter().any(|slot| slot.key == place.paper && slot.takes_files()) {
        let fault = FieldFault::new("paper", "no-such-paper").fact("given", &place.paper);
        return Err(Fault::Invalid(vec![fault]).into());
    }
    while let Some(part) = parts.next_field().await.map_err(|cause| unreadable(&cause))? {
        if part.name() == Some(FILE) {
            let arrived = receive(&visit, part, FILE).await?;
            let blob = arrived.stored.id.clone();
            let order = AddPaper { draft: id, slot: place.paper.clone(), name: arrived.name, stored: arrived.stored };
            add_paper(&visit, &order).await?;
            let draft = reads::draft(&visit, id).await?;
            let kept = draft.papers.iter().find(|paper| paper.slot == place.paper && paper.blob == blob);
            let kept = views::DraftFile::from(kept.ok_or(Fault::NotFound)?);
            return Ok((StatusCode::CREATED, Json(kept)).into_response());
        }
    }
    Err(Fault::field(FILE, "file-missing").into())
}

/// 撤下草稿的一个文件
#[utoipa::path(delete, path = "/drafts/{id}/papers/{paper}", tag = "drafts", security(("session" = [], "csrf" = [])),
    params(("id" = Uuid, Path), ("paper" = Uuid, Path)), responses((status = 204), WriteFaults))]
async fn take_back(
    Writing { visit, .. }: Writing,
    PartId(id, paper): PartId<DraftId, Uuid>,
) -> Result<StatusCode, DoorFault> {
    remove_paper(&visit, id, paper).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 草稿的一个文件
#[utoipa::path(get, path = "/drafts/{id}/papers/{paper}", tag = "drafts", params(("id" = Uuid, Path), ("paper" = Uuid, Path)),
    responses((status = 200, body = [u8], content_type = "application/octet-stream"), ReadFaults))]
async fn show_draft_file(
    Reading(visit): Reading,
    PartId(id, paper): PartId<DraftId, Uuid>,
) -> Result<Response, DoorFault> {
    let paper = reads::paper(&visit, id, paper).await?;
    Ok(files::uploaded(&visit.world, &paper.blob, (paper.kind.media_type(), &paper.name), Wanted::Keep).await?)
}

/// 申请的一份材料的文件
#[utoipa::path(get, path = "/papers/{id}", tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = [u8], content_type = "application/octet-stream"), ReadFaults))]
async fn show_file(Reading(visit): Reading, Id(id): Id<PaperId>) -> Result<Response, DoorFault> {
    let file = casework_service::reads::paper_file(&visit, id).await?;
    Ok(files::uploaded(&visit.world, &file.blob, (&file.kind, &file.name), Wanted::Keep).await?)
}

/// 已核对原件：与上传的一致，可信等级由 D 升为 C
#[utoipa::path(post, path = "/papers/{id}/compared", tag = "applications",
    security(("session" = [], "csrf" = [])), params(("id" = Uuid, Path)), responses((status = 204), WriteFaults))]
async fn compared(writing: Writing, Id(id): Id<PaperId>) -> Result<StatusCode, DoorFault> {
    is_officer(&writing.visit)?;
    compare_original(&writing.visit, CompareOriginal { paper: id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

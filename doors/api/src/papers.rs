//! Files of papers: handed in with a draft, taken back, looked at.

use access_service::DoorFault;
use axum::Json;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework_service::PaperId;
use futures::stream;
use kernel::id::{BlobId, DraftId};
use platform::{Fault, FieldFault, World};
use serde::Deserialize;
use themes_service::acts::{AddPaper, add_paper, remove_paper};
use themes_service::{ThemeShelf, reads};
use tokio::io::AsyncReadExt;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::asking::{Asked, Id, PartId, Reading, Writing};
use crate::document::{ReadFaults, WriteFaults};
use crate::uploads::{receive, unreadable};
use crate::{drafts, views};

/// The part of an upload that holds the file.
const FILE: &str = "file";
/// Bytes sent at a time.
const PIECE: usize = 64 * 1024;

pub(crate) fn operations() -> OpenApiRouter<World> {
    // The store cuts off a file that is too large itself, and says so; the general limit would only break it off.
    let uploads = OpenApiRouter::new().routes(routes!(hand_in)).layer(DefaultBodyLimit::disable());
    let others = OpenApiRouter::new().routes(routes!(show_draft_file, take_back)).routes(routes!(show_file));
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
    Ok(sent(&visit.world, &paper.blob, paper.kind.media_type(), &paper.name).await?)
}

/// 申请的一份材料的文件
#[utoipa::path(get, path = "/papers/{id}", tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = [u8], content_type = "application/octet-stream"), ReadFaults))]
async fn show_file(Reading(visit): Reading, Id(id): Id<PaperId>) -> Result<Response, DoorFault> {
    let file = casework_service::reads::paper_file(&visit, id).await?;
    Ok(sent(&visit.world, &file.blob, &file.kind, &file.name).await?)
}

/// Streams a file with its true media type, to be kept and never to be run by a browser.
async fn sent(world: &World, blob: &BlobId, kind: &str, name: &str) -> Result<Response, Fault> {
    let length = world.blobs.len(blob).await?;
    let content = world.blobs.get(blob).await?;
    let pieces = stream::try_unfold(content, async |mut content| {
        let mut piece = vec![0; PIECE];
        let read = content.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((piece, content)))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(kind).map_err(Fault::internal)?),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
        (header::CONTENT_DISPOSITION, disposition(name)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// Names are Chinese, so they travel percent-encoded (RFC 6266, RFC 8187).
pub(crate) fn disposition(name: &str) -> Result<HeaderValue, Fault> {
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}")).map_err(Fault::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_the_header() {
        let header = disposition("合同\"; x=1\r\n.pdf").expect("a header");
        assert_eq!(header, "attachment; filename*=UTF-8''%E5%90%88%E5%90%8C%22%3B%20x%3D1%0D%0A.pdf");
    }
}

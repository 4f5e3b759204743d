//! Licences (电子证照): one's own, its sealed file, and the check anybody may make.

use access_service::door::files::{self, PDF, Wanted};
use access_service::{DoorFault, Visit, Words};
use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::response::Response;
use catalog_service::Shelf;
use kernel::id::LicenceId;
use platform::{Fault, FieldFault, World};
use records::{Purpose, Why};
use records_service::acts::{sealed_file, show_licence};
use records_service::verify::{Examined, examine_code, examine_file, to_stranger};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Asked, Id, Reading};
use crate::document::{OpenFaults, ReadFaults, SignInFaults};
use crate::uploads::unreadable;
use crate::views;

/// Ours have about a hundred kilobytes.
const FILE_BYTES: usize = 2 << 20;

pub(crate) fn operations() -> OpenApiRouter<World> {
    // What is too large is told by us; the general limit would only break it off.
    let checks = OpenApiRouter::new().routes(routes!(verify_code, verify_file)).layer(DefaultBodyLimit::disable());
    OpenApiRouter::new()
        .routes(routes!(list_licences))
        .routes(routes!(show_licence_of))
        .routes(routes!(licence_pdf))
        .merge(checks)
}

/// 本人和本人名下单位的证照，新的在前，失效的也在内
#[utoipa::path(get, path = "/licences", tag = "licences",
    responses((status = 200, body = Vec<views::LicenceLine>), ReadFaults))]
async fn list_licences(Reading(visit): Reading) -> Result<Json<Vec<views::LicenceLine>>, DoorFault> {
    let subject = visit.actor.subject().and_then(|subject| subject.parse().ok()).ok_or(Fault::NotAllowed)?;
    let held = records_service::reads::licences_of(&visit, subject, &own()).await?;
    let (shelf, today) = (visit.world.part::<Shelf>(), visit.today());
    Ok(Json(held.iter().map(|one| views::LicenceLine::of(one, shelf.catalog(), today)).collect()))
}

/// 本人的一张证照
#[utoipa::path(get, path = "/licences/{id}", tag = "licences", params(("id" = Uuid, Path)),
    responses((status = 200, body = views::Licence), ReadFaults))]
async fn show_licence_of(Reading(visit): Reading, Id(id): Id<LicenceId>) -> Result<Json<views::Licence>, DoorFault> {
    let shelf = visit.world.part::<Shelf>();
    let shown = show_licence(&visit, shelf.catalog(), id, &own()).await.map_err(hidden)?;
    let words = visit.world.part::<Words>();
    Ok(Json(views::Licence::of(&shown, visit.today(), &words)))
}

/// 本人的一张证照，加盖发证机关电子印章的 PDF
#[utoipa::path(get, path = "/licences/{id}/pdf", tag = "licences", params(("id" = Uuid, Path)),
    responses((status = 200, body = [u8], content_type = "application/pdf"), ReadFaults))]
async fn licence_pdf(Reading(visit): Reading, Id(id): Id<LicenceId>) -> Result<Response, DoorFault> {
    let shelf = visit.world.part::<Shelf>();
    let shown = show_licence(&visit, shelf.catalog(), id, &own()).await.map_err(hidden)?;
    let name = format!("{}.pdf", shown.licence.mark);
    let file = sealed_file(&visit, shelf.catalog(), shown).await?;
    Ok(files::sent(file, PDF, &name, Wanted::Keep)?)
}

/// The code on a licence, and its mark.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ByCode {
    /// 查验码
    code: String,
    /// 电子证照标识；填了就一并核对
    mark: Option<String>,
}

/// 凭查验码核对一张证照，不用登录
#[utoipa::path(get, path = "/licences/verification", tag = "licences", security(()), params(ByCode),
    responses((status = 200, body = views::Verification), OpenFaults))]
async fn verify_code(visit: Visit, Asked(asked): Asked<ByCode>) -> Result<Json<views::Verification>, DoorFault> {
    let found = examine_code(&visit.world, &asked.code, asked.mark.as_deref()).await?.ok_or(Fault::NotFound)?;
    Ok(Json(told(&visit, &found)))
}

/// 核对一个证照文件，不用登录；文件不保存
#[utoipa::path(post, path = "/licences/verification", tag = "licences", security(()),
    request_body(content = views::LicenceUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = views::Verification), SignInFaults))]
async fn verify_file(
    visit: Visit,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Json<views::Verification>, DoorFault> {
    let mut parts = parts.map_err(|cause| crate::asking::unreadable("api.upload-unreadable", cause.body_text()))?;
    while let Some(mut part) = parts.next_field().await.map_err(|cause| unreadable(&cause))? {
        if part.name() != Some("file") {
            continue;
        }
        let mut file = Vec::new();
        while let Some(piece) = part.chunk().await.map_err(|cause| unreadable(&cause))? {
            if file.len() + piece.len() > FILE_BYTES {
                let limit = ui::say::bytes(FILE_BYTES as u64);
                let fault = FieldFault::new("file", "file-too-large").fact("limit", limit);
                return Err(Fault::Invalid(vec![fault]).into());
            }
            file.extend_from_slice(&piece);
        }
        return Ok(Json(told(&visit, &examine_file(&visit.world, file).await?)));
    }
    Err(Fault::field("file", "file-missing").into())
}

fn told(visit: &Visit, found: &Examined) -> views::Verification {
    let (shelf, words) = (visit.world.part::<Shelf>(), visit.world.part::<Words>());
    views::Verification::of(to_stranger(found, shelf.catalog()), &words)
}

fn own() -> Purpose {
    Purpose::of(Why::OwnRecord)
}

/// What one may not see looks like what is not there.
fn hidden(fault: Fault) -> Fault {
    if fault == Fault::NotAllowed { Fault::NotFound } else { fault }
}

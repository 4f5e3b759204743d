//! Notices (文书): those of an application, one as PDF, and the check anybody may make.

use access_service::door::files::{self, PDF, Wanted};
use access_service::{DoorFault, Visit};
use axum::Json;
use axum::response::Response;
use casework_service::{NoticeId, reads};
use kernel::id::ApplicationId;
use platform::World;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Id, Reading};
use crate::document::ReadFaults;
use crate::views;

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(list_notices)).routes(routes!(notice_pdf))
}

/// 一次申请的文书，先制发的在前；作废的也在内
#[utoipa::path(get, path = "/applications/{id}/notices", tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = [views::Notice]), ReadFaults))]
async fn list_notices(
    Reading(visit): Reading,
    Id(id): Id<ApplicationId>,
) -> Result<Json<Vec<views::Notice>>, DoorFault> {
    let lines = reads::notices_of_application(&visit, id).await?;
    // Somebody else's application looks like one that is not there.
    if lines.is_empty() {
        readable(&visit, id).await?;
    }
    Ok(Json(lines.into_iter().map(views::Notice::from).collect()))
}

async fn readable(visit: &Visit, id: ApplicationId) -> Result<(), DoorFault> {
    if visit.actor.is_staff() {
        reads::application_view(visit, id).await?;
    } else {
        reads::my_application(visit, id).await?;
    }
    Ok(())
}

/// 一份文书的 PDF
#[utoipa::path(get, path = "/notices/{id}/pdf", tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = [u8], content_type = "application/pdf"), ReadFaults))]
async fn notice_pdf(Reading(visit): Reading, Id(id): Id<NoticeId>) -> Result<Response, DoorFault> {
    let notice = reads::notice(&visit, id).await?;
    let name = format!("{}（{}）.pdf", notice.line.title, notice.line.number);
    let file = reads::notice_pdf(&visit.world, notice.sheet).await?;
    Ok(files::sent(file, PDF, &name, Wanted::Keep)?)
}

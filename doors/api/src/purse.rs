//! What an application costs and what is on its way: orders to pay (缴款单) and parcels (邮件), to read.

use access_service::{DoorFault, Visit};
use axum::Json;
use casework_service::reads;
use kernel::id::ApplicationId;
use platform::World;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asking::{Id, Reading};
use crate::document::ReadFaults;
use crate::views;

pub(crate) fn operations() -> OpenApiRouter<World> {
    OpenApiRouter::new().routes(routes!(list_orders)).routes(routes!(list_shipments))
}

/// 一次申请的缴款单，先开的在前；看不到的不列
#[utoipa::path(get, path = "/applications/{id}/fees", tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = [views::FeeOrder]), ReadFaults))]
async fn list_orders(
    Reading(visit): Reading,
    Id(id): Id<ApplicationId>,
) -> Result<Json<Vec<views::FeeOrder>>, DoorFault> {
    readable(&visit, id).await?;
    let orders = fees_service::reads::orders(&visit, id).await?;
    Ok(Json(orders.into_iter().map(views::FeeOrder::from).collect()))
}

/// 一次申请的邮件和物流轨迹，先寄的在前
#[utoipa::path(get, path = "/applications/{id}/shipments", tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = [views::Shipment]), ReadFaults))]
async fn list_shipments(
    Reading(visit): Reading,
    Id(id): Id<ApplicationId>,
) -> Result<Json<Vec<views::Shipment>>, DoorFault> {
    readable(&visit, id).await?;
    let parcels = courier_service::reads::shipments(&visit, id).await?;
    Ok(Json(parcels.into_iter().map(views::Shipment::from).collect()))
}

/// Somebody else's application looks like one that is not there.
async fn readable(visit: &Visit, id: ApplicationId) -> Result<(), DoorFault> {
    if visit.actor.is_staff() {
        reads::application_view(visit, id).await?;
    } else {
        reads::my_application(visit, id).await?;
    }
    Ok(())
}

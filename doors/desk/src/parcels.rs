//! Parcels at the desk: results sent from the application's page, the label to print, and `/desk/parcels` with those that
//! came back or were lost.

use access_service::{DoorFault, Posted, StaffVisit, Visit};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use casework_service::acts::SendByMail;
use courier_service::acts::send_again;
use courier_service::reads::{self, ShipmentView};
use kernel::id::ApplicationId;
use platform::Fault;
use serde::Deserialize;
use ui::Shell;

use crate::done::{self, Done};
use crate::{application, frame};

const HOME: &str = "/desk/parcels";

/// The parcels of an application, as its page shows them.
pub struct Parcels {
    pub list: Vec<ShipmentView>,
    /// Whether results may be handed to the courier now.
    pub may_send: bool,
    pub key: String,
}

/// What was sent for this application, and whether more may be: `ready` says that results wait and go by mail.
pub async fn of(visit: &Visit, application: ApplicationId, ready: bool) -> Result<Parcels, Fault> {
    let list = reads::shipments(visit, application).await?;
    let outgoing = list.iter().filter(|one| one.incoming.is_none());
    let under_way = outgoing
        .into_iter()
        .any(|one| matches!(one.state.word(), "ordered" | "collected" | "moving" | "out-for-delivery"));
    Ok(Parcels { may_send: ready && !under_way, list, key: frame::key() })
}

#[derive(Template)]
#[template(path = "desk_parcels.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    list: Vec<(String, ShipmentView)>,
}

#[derive(Template)]
#[template(path = "desk_label.html")]
struct Label {
    shell: Shell,
    parcel: ShipmentView,
}

/// `GET /desk/parcels`
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    let list = reads::troubled(&visit).await?.into_iter().map(|one| (frame::key(), one)).collect();
    Ok(done::shown(&visit, &headers, ui::page(Page { shell: frame::desk(&visit, "异常邮件"), done, list })))
}

/// `GET /desk/parcels/{id}/label`
pub async fn label(StaffVisit(visit): StaffVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let parcel = reads::shipment(&visit, frame::id(&id)?).await?;
    Ok(ui::page(Label { shell: frame::desk(&visit, "寄递面单"), parcel }))
}

/// Nothing is sent but the token and the key.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /desk/parcels/{id}/again`
pub async fn again(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, HOME)?;
    send_again(&visit, Some(&key), frame::id(&id)?).await?;
    Ok(done::redirect(HOME, "sent-again"))
}

/// `POST /desk/applications/{id}/send`
pub async fn send(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, "/desk")?;
    let application: ApplicationId = frame::id(&id)?;
    casework_service::acts::send_by_mail(&visit, Some(&key), SendByMail { application }).await?;
    Ok(done::redirect(&application::address(application), "sent-by-mail"))
}

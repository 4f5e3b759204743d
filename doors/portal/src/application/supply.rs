//! `GET/POST /applications/{id}/supply`: papers that were allowed to follow, and the evidence of commitments.

use access_service::{DoorFault, ResidentVisit, door};
use axum::Extension;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts::{self, SupplyPapers};
use casework_service::reads::MyApplication;
use platform::Fault;

use super::bring::{self, Asked, Given};
use super::files::Seal;
use super::{find, href, received};

/// The page, empty.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    match asked(&matter) {
        Some(asked) => Ok(bring::page(&visit, &seal, &matter, (&asked, &Given::default()), StatusCode::OK)),
        None => Ok(Redirect::to(&href(&matter)).into_response()),
    }
}

/// Takes the papers in.
pub async fn answer(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let Some(asked) = asked(&matter) else { return Ok(Redirect::to(&href(&matter)).into_response()) };
    let (key, mut given) = received::receive(&visit, &seal, &asked.lines, multipart).await?;
    received::judge(&visit, &asked.lines, &mut given);
    if !given.faults.is_empty() {
        return Ok(bring::page(&visit, &seal, &matter, (&asked, &given), StatusCode::UNPROCESSABLE_ENTITY));
    }
    let order = SupplyPapers { application: matter.id, papers: received::papers(&given) };
    match acts::supply_papers(&visit, Some(&key), order).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said=supplied", href(&matter))).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Invalid(_) | Fault::Conflict)) => {
            given.refused = Some(received::refusal(&visit, &fault));
            Ok(bring::page(&visit, &seal, &matter, (&asked, &given), door::status_of(&fault)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What the applicant still owes.
fn asked(matter: &MyApplication) -> Option<Asked> {
    let owed = matter.owed.as_ref().filter(|_| matter.may_supply)?;
    let by = if owed.due.is_some() { format!("请在 {}，", owed.due_words) } else { "请".to_owned() };
    Some(Asked {
        path: "supply",
        here: "补交材料",
        intro: format!("{by}把下面 {} 份材料交齐。其他的不用再交，办理不受影响。", owed.lines.len()),
        button: "交齐了，交给政府",
        lines: owed.lines.clone(),
    })
}

//! `GET/POST /applications/{id}/supply`: papers that were allowed to follow, and the evidence of commitments.

use std::collections::BTreeSet;

use access_service::{DoorFault, ResidentVisit};
use axum::Extension;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use casework_service::acts::{self, SupplyPapers};
use casework_service::reads::MyApplication;

use super::bring::{self, Asked};
use super::files::Seal;
use super::post::{arrived, still_open};
use super::{find, received};

/// The page, empty.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let here = arrived(&visit, &matter).await?;
    Ok(bring::show(&visit, &seal, &matter, asked(&matter, &here)))
}

/// Takes the papers in.
pub async fn answer(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let here = arrived(&visit, &matter).await?;
    let (visit, application) = (&visit, matter.id);
    let act = async |key, papers, _| acts::supply_papers(visit, Some(&key), SupplyPapers { application, papers }).await;
    Ok(received::take(visit, &seal, &matter, asked(&matter, &here), multipart, "supplied", act).await?)
}

/// What the applicant still owes.
fn asked(matter: &MyApplication, here: &BTreeSet<String>) -> Option<Asked> {
    let owed = matter.owed.as_ref().filter(|_| matter.may_supply)?;
    let lines = still_open(&owed.lines, here)?;
    let by = if owed.due.is_some() { format!("请在 {}，", owed.due_words) } else { "请".to_owned() };
    Some(Asked {
        path: "supply",
        here: "补交材料",
        intro: format!("{by}把下面 {} 份材料交齐。其他的不用再交，办理不受影响。", lines.len()),
        button: "交齐了，交给政府",
        lines,
    })
}

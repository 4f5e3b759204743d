//! `GET /desk/papers/{id}`: a paper, to look at or to keep; `POST /desk/papers/{id}/compared`: it is the same as its original.

use access_service::door::files::{self, Wanted};
use access_service::door::place::own_path_or;
use access_service::{DoorFault, Posted, StaffVisit};
use axum::extract::{Path, Query};
use axum::response::Response;
use casework_service::acts::{CompareOriginal, compare_original};
use casework_service::{PaperId, reads};
use serde::Deserialize;

use crate::{done, frame};

/// Whether the file is wanted as a file.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    keep: bool,
}

/// Streams the file with its true media type; who may read the application may see its papers.
pub async fn show(
    StaffVisit(visit): StaffVisit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, DoorFault> {
    let file = reads::paper_file(&visit, frame::id::<PaperId>(&id)?).await?;
    let wanted = if asked.keep { Wanted::Keep } else { Wanted::Look };
    Ok(files::uploaded(&visit.world, &file.blob, (&file.kind, &file.name), wanted).await?)
}

/// Which page the button stood on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Compared {
    from: String,
}

/// `POST /desk/papers/{id}/compared`
pub async fn compared(
    Path(id): Path<String>,
    Posted { visit, form, .. }: Posted<Compared>,
) -> Result<Response, DoorFault> {
    let back = own_path_or(&form.from, "/desk");
    frame::staff_only(&visit, back)?;
    compare_original(&visit, CompareOriginal { paper: frame::id::<PaperId>(&id)? }).await?;
    Ok(done::redirect(back, "paper-compared"))
}

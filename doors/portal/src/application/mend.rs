//! `GET/POST /applications/{id}/mend`: what the pre-review advised, brought in one go. `POST …/receive` goes on to receipt
//! without it.

use access_service::{DoorFault, Posted, ResidentVisit, Visit};
use axum::Extension;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts::{self, MendPreReview, SkipPreReview};
use casework_service::reads::MyApplication;
use platform::Fault;
use serde::Deserialize;
use uuid::Uuid;

use super::bring::{self, Asked};
use super::files::Seal;
use super::{find, href, received};

/// The page, empty.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    Ok(bring::show(&visit, &seal, &matter, asked(&matter)))
}

/// Takes in what was mended.
pub async fn answer(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let (visit, application) = (&visit, matter.id);
    let act = async |key, papers, fields| {
        acts::mend_pre_review(visit, Some(&key), MendPreReview { application, papers, fields }).await
    };
    Ok(received::take(visit, &seal, &matter, asked(&matter), multipart, "mended", act).await?)
}

/// The form of [`receive`] has nothing to fill in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Nothing {}

/// Goes on to receipt with what was filed.
pub async fn receive(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let visit: Visit = posted.visit;
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let matter = find(&visit, &id).await?;
    let order = SkipPreReview { application: matter.id };
    match acts::skip_pre_review(&visit, Some(&posted.key), order).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said=received-as-filed", href(&matter))).into_response()),
        // It went on meanwhile: its own page says how it stands now.
        Err(Fault::Refusal(_) | Fault::Conflict) => Ok(Redirect::to(&href(&matter)).into_response()),
        Err(fault) => Err(fault.into()),
    }
}

/// A key for the button that goes on to receipt, where the applicant has it.
pub fn receive_key(matter: &MyApplication) -> Option<String> {
    matter.may_skip.then(|| Uuid::new_v4().to_string())
}

/// The advice that waits for the applicant.
fn asked(matter: &MyApplication) -> Option<Asked> {
    let advice = matter.advice.as_ref().filter(|_| matter.may_skip)?;
    let by = if advice.due_words.is_empty() { "请".to_owned() } else { format!("请在 {}，", advice.due_words) };
    Some(Asked {
        path: "mend",
        here: "完善申请",
        intro: format!("{by}把下面 {} 项一次完善。交上来就正式收件。", advice.lines.len()),
        button: "完善好了，正式提交",
        lines: advice.lines.clone(),
    })
}

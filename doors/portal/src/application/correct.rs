//! `GET/POST /applications/{id}/correct`: what the one correction notice asks for, brought in one go.

use access_service::{DoorFault, ResidentVisit, door};
use axum::Extension;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts::{self, AnswerCorrection};
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

/// Takes the answer in.
pub async fn answer(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let Some(asked) = asked(&matter) else { return Ok(Redirect::to(&href(&matter)).into_response()) };
    let (key, mut given) = received::receive(&visit, &seal, &asked.lines, multipart).await?;
    let fields = received::judge(&visit, &asked.lines, &mut given);
    if !given.faults.is_empty() {
        return Ok(bring::page(&visit, &seal, &matter, (&asked, &given), StatusCode::UNPROCESSABLE_ENTITY));
    }
    let order = AnswerCorrection { application: matter.id, papers: received::papers(&given), fields };
    match acts::answer_correction(&visit, Some(&key), order).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said=corrected", href(&matter))).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Invalid(_) | Fault::Conflict)) => {
            given.refused = Some(received::refusal(&visit, &fault));
            Ok(bring::page(&visit, &seal, &matter, (&asked, &given), door::status_of(&fault)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The notice that waits for the applicant.
fn asked(matter: &MyApplication) -> Option<Asked> {
    let notice = matter.correction.as_ref().filter(|notice| matter.may_answer && !notice.answered)?;
    let by = if notice.due_words.is_empty() { "请".to_owned() } else { format!("请在 {}，", notice.due_words) };
    Some(Asked {
        path: "correct",
        here: "补正",
        intro: format!("{by}把下面 {} 项一次补齐。交上来就接着办，不会再要别的。", notice.lines.len()),
        button: "补好了，交给政府接着办",
        lines: notice.lines.clone(),
    })
}

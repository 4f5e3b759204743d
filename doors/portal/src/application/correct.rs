//! `GET/POST /applications/{id}/correct`: what the one correction notice asks for, brought in one go.

use std::collections::BTreeSet;

use access_service::{DoorFault, ResidentVisit};
use axum::Extension;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use casework_service::acts::{self, AnswerCorrection};
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

/// Takes the answer in.
pub async fn answer(
    ResidentVisit(visit): ResidentVisit,
    Extension(seal): Extension<Seal>,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let here = arrived(&visit, &matter).await?;
    let (visit, application) = (&visit, matter.id);
    let act = async |key, papers, fields| {
        acts::answer_correction(visit, Some(&key), AnswerCorrection { application, papers, fields }).await
    };
    Ok(received::take(visit, &seal, &matter, asked(&matter, &here), multipart, "corrected", act).await?)
}

/// The notice that waits for the applicant.
fn asked(matter: &MyApplication, here: &BTreeSet<String>) -> Option<Asked> {
    let notice = matter.correction.as_ref().filter(|notice| matter.may_answer && !notice.answered)?;
    let lines = still_open(&notice.lines, here)?;
    let by = if notice.due_words.is_empty() { "请".to_owned() } else { format!("请在 {}，", notice.due_words) };
    Some(Asked {
        path: "correct",
        here: "补正",
        intro: format!("{by}把下面 {} 项一次补齐。交上来就接着办，不会再要别的。", lines.len()),
        button: "补好了，交给政府接着办",
        lines,
    })
}

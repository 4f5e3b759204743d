//! `GET/POST /applications/{id}/hearing`: a hearing is offered; the applicant asks for it or does without.

use access_service::{DoorFault, Posted, ResidentVisit, Visit, door};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework::HearingAnswer;
use casework_service::acts::{self, AnswerHearing};
use casework_service::reads::{HearingOffer, MyApplication};
use kernel::id::CaseId;
use platform::Fault;
use serde::Deserialize;
use uuid::Uuid;

use super::{find, href, received, shell};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Wish {
    case: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "portal_hearing.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    title: String,
    /// Each with a key of its own: two offers are two answers.
    offers: Vec<(HearingOffer, String)>,
    refused: Option<(String, String)>,
}

/// The page that asks.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    if matter.hearings.is_empty() {
        return Ok(Redirect::to(&href(&matter)).into_response());
    }
    Ok(page(&visit, &matter, None))
}

/// Takes the answer.
pub async fn answer(Path(id): Path<String>, posted: Posted<Wish>) -> Result<Response, DoorFault> {
    let (visit, wish) = (posted.visit, posted.form);
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let matter = find(&visit, &id).await?;
    let case: CaseId = wish.case.parse().map_err(|_| Fault::NotFound)?;
    let answer = HearingAnswer::parse(&wish.answer).ok_or_else(|| Fault::field("answer", "choose"))?;
    if !matter.cases.iter().any(|one| one.id == case) {
        return Err(Fault::NotFound.into());
    }
    match acts::answer_hearing(&visit, Some(&posted.key), AnswerHearing { case, answer }).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said=hearing-{}", href(&matter), answer.code())).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Conflict)) => Ok(page(&visit, &matter, Some(&fault))),
        Err(fault) => Err(fault.into()),
    }
}

fn page(visit: &Visit, matter: &MyApplication, fault: Option<&Fault>) -> Response {
    let page = Page {
        shell: shell(visit, matter, Some("听证")),
        href: href(matter),
        title: matter.title.clone(),
        offers: matter.hearings.iter().map(|offer| (offer.clone(), Uuid::new_v4().to_string())).collect(),
        refused: fault.map(|fault| received::refusal(visit, fault)),
    };
    ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page)
}

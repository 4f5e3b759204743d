//! `GET/POST /applications/{id}/commitment`: taking a commitment back before the decision. Says what follows, asks once.

use access_service::{DoorFault, Posted, ResidentVisit, Visit, door};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts::{self, WithdrawCommitment};
use casework_service::reads::MyApplication;
use kernel::id::CaseId;
use platform::Fault;
use serde::Deserialize;
use ui::{Field, Opt};
use uuid::Uuid;

use super::{find, href, received, shell};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Wish {
    case: String,
}

#[derive(Template)]
#[template(path = "portal_commitment.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    key: String,
    title: String,
    which: Field,
    refused: Option<(String, String)>,
}

/// The page that asks.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    if !may(&matter) {
        return Ok(Redirect::to(&href(&matter)).into_response());
    }
    Ok(page(&visit, &matter, None))
}

/// Takes it back.
pub async fn withdraw(Path(id): Path<String>, posted: Posted<Wish>) -> Result<Response, DoorFault> {
    let (visit, wish) = (posted.visit, posted.form);
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let matter = find(&visit, &id).await?;
    let case: CaseId = wish.case.parse().map_err(|_| Fault::NotFound)?;
    if !matter.cases.iter().any(|one| one.id == case) {
        return Err(Fault::NotFound.into());
    }
    match acts::withdraw_commitment(&visit, Some(&posted.key), WithdrawCommitment { case }).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said=commitment-withdrawn", href(&matter))).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Conflict)) => Ok(page(&visit, &matter, Some(&fault))),
        Err(fault) => Err(fault.into()),
    }
}

/// Whether any case rests on a commitment that can still be taken back.
pub fn may(matter: &MyApplication) -> bool {
    matter.cases.iter().any(|case| case.may_withdraw_commitment)
}

fn page(visit: &Visit, matter: &MyApplication, fault: Option<&Fault>) -> Response {
    let open = matter.cases.iter().filter(|case| case.may_withdraw_commitment);
    let options: Vec<Opt> = open.map(|case| Opt::new(case.id.to_string(), case.name.clone())).collect();
    let first = options.first().map_or_else(String::new, |option| option.value.clone());
    let page = Page {
        shell: shell(visit, matter, Some("撤回承诺")),
        href: href(matter),
        key: Uuid::new_v4().to_string(),
        title: matter.title.clone(),
        which: Field::choice("case", "撤回哪一件的承诺", options).value(first).cards(),
        refused: fault.map(|fault| received::refusal(visit, fault)),
    };
    ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page)
}

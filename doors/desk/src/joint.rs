//! `GET/POST /desk/applications/{id}/joint`: the people's government extends what several authorities share (42.2).

use access_service::{DoorFault, Posted, StaffVisit, Visit, door};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts::{self, ExtendJoint};
use casework_service::reads::{self, ApplicationView};
use kernel::id::ApplicationId;
use platform::Fault;
use serde::Deserialize;
use ui::{Field, FieldKind, Shell};

use crate::{application, frame};

/// Most characters of a reason.
const REASON_CHARS: u32 = 1000;

/// How long, and why.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    days: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "desk_joint.html")]
struct Page {
    shell: Shell,
    action: String,
    back: String,
    key: String,
    days: Field,
    reason: Field,
    /// What was refused, and what to do.
    refused: Option<(String, String)>,
    view: ApplicationView,
}

/// The form.
pub async fn show(StaffVisit(visit): StaffVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: ApplicationId = frame::id(&id)?;
    let view = reads::application_view(&visit, id).await?;
    if !view.may_extend_joint {
        return Ok(Redirect::to(&application::address(id)).into_response());
    }
    Ok(page(&visit, view, &Wish::default(), None))
}

/// Extends it.
pub async fn extend(Path(id): Path<String>, posted: Posted<Wish>) -> Result<Response, DoorFault> {
    let (visit, wish) = (posted.visit, posted.form);
    let id: ApplicationId = frame::id(&id)?;
    frame::staff_only(&visit, &application::address(id))?;
    // A number that is none is too short, which the rules say in words.
    let days = wish.days.trim().parse().unwrap_or(0);
    let order = ExtendJoint { application: id, days, reason: wish.reason.clone() };
    match acts::extend_joint(&visit, Some(&posted.key), order).await {
        Ok(_) => Ok(Redirect::to(&application::address(id)).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Conflict)) => {
            let view = reads::application_view(&visit, id).await?;
            Ok(page(&visit, view, &wish, Some(&fault)))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn page(visit: &Visit, view: ApplicationView, wish: &Wish, fault: Option<&Fault>) -> Response {
    let words = visit.world.part::<access_service::Words>();
    let told = |fault: &Fault| {
        let problem = door::problem(fault, &words);
        (problem.title, problem.said.join(""))
    };
    let back = application::address(view.id);
    let shell = frame::desk(visit, "延长联合办理期限").crumb("/desk", "待办");
    let page = Page {
        shell: shell.crumb(back.clone(), view.number.as_str()).crumb_here("延长联合办理期限"),
        action: format!("{back}/joint"),
        back,
        key: frame::key(),
        days: Field::number("days", "延长", "个工作日")
            .value(wish.days.as_str())
            .help("最多十五个工作日，只能延长一次"),
        reason: Field::new("reason", "延长的理由", FieldKind::Long { max: Some(REASON_CHARS) })
            .value(wish.reason.as_str())
            .help("原文写进告知书，发给申请人"),
        refused: fault.map(told),
        view,
    };
    ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page)
}

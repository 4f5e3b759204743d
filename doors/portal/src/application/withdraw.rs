//! `GET/POST /applications/{id}/withdraw`: says what withdrawing means, asks once, and does it.

use access_service::{DoorFault, Posted, ResidentVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework_service::acts;
use casework_service::reads::MyApplication;
use kernel::id::CaseId;
use platform::Fault;
use serde::Deserialize;
use ui::{Field, FieldKind, Opt};
use uuid::Uuid;

use super::{find, href, shell};

/// Longest reason, in characters.
const REASON: u32 = 200;
/// The answer that withdraws everything that is not decided.
const ALL: &str = "all";

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Wish {
    case: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "portal_withdraw.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    key: String,
    title: String,
    which: Option<Field>,
    reason: Field,
    /// What is decided already and stands.
    stands: Vec<String>,
    refused: Option<(String, String)>,
}

/// The page that asks.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    if !matter.may_withdraw {
        return Ok(Redirect::to(&href(&matter)).into_response());
    }
    Ok(page(&visit, &matter, &Wish::default(), None))
}

/// Withdraws.
pub async fn withdraw(Path(id): Path<String>, posted: Posted<Wish>) -> Result<Response, DoorFault> {
    let (visit, wish) = (posted.visit, posted.form);
    if visit.actor.subject().is_none() {
        return Err(Fault::NotAllowed.into());
    }
    let matter = find(&visit, &id).await?;
    let case: Option<CaseId> = match wish.case.as_str() {
        "" | ALL => None,
        one => Some(one.parse().map_err(|_| Fault::NotFound)?),
    };
    let reason: String = wish.reason.chars().take(REASON as usize).collect();
    let order = acts::Withdraw { application: matter.id, case, reason };
    match acts::withdraw(&visit, Some(&posted.key), order).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?said=withdrawn", href(&matter))).into_response()),
        Err(fault @ (Fault::Refusal(_) | Fault::Conflict)) => Ok(page(&visit, &matter, &wish, Some(&fault))),
        Err(fault) => Err(fault.into()),
    }
}

fn page(visit: &Visit, matter: &MyApplication, wish: &Wish, fault: Option<&Fault>) -> Response {
    let open: Vec<_> = matter.cases.iter().filter(|case| case.may_withdraw).collect();
    let which = (open.len() > 1).then(|| {
        let all = Opt::new(ALL, format!("{} 件全部撤回", open.len()));
        let options =
            std::iter::once(all).chain(open.iter().map(|case| Opt::new(case.id.to_string(), case.name.clone())));
        let chosen = if wish.case.is_empty() { ALL } else { &wish.case };
        Field::choice("case", "撤回哪一件", options.collect()).value(chosen).cards()
    });
    let problem = fault.map(|fault| door::problem(fault, &visit.world.part::<Words>()));
    let page = Page {
        shell: shell(visit, matter, Some("撤回申请")),
        href: href(matter),
        key: Uuid::new_v4().to_string(),
        title: matter.title.clone(),
        which,
        reason: Field::new("reason", "为什么撤回", FieldKind::Long { max: Some(REASON) })
            .optional()
            .value(wish.reason.clone())
            .help("写一句，帮我们改进。"),
        stands: matter.cases.iter().filter(|case| case.status.is_decided()).map(|case| case.name.clone()).collect(),
        refused: problem.map(|problem| (problem.title, problem.said.join(""))),
    };
    ui::page_with(fault.map_or(StatusCode::OK, door::status_of), page)
}

//! `GET /desk/supervision`: the decisions other authorities took that this one supervises (待监管接收, 审管分离).

use access_service::{DoorFault, StaffVisit};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use casework_service::reads::{self, SupervisionRow};
use kernel::id::CaseId;
use serde::Deserialize;
use ui::Shell;

use crate::{case, frame};

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
}

#[derive(Template)]
#[template(path = "desk_supervision.html")]
struct Page {
    shell: Shell,
    rows: Vec<Line>,
    /// The next page.
    next: Option<String>,
}

/// One decision.
struct Line {
    href: String,
    /// Where it is received, and the key of that.
    action: String,
    key: String,
    decided: String,
    row: SupervisionRow,
}

/// The list, oldest first; each is received on its row or on its case's page.
pub async fn show(StaffVisit(visit): StaffVisit, Query(asked): Query<Asked>) -> Result<Response, DoorFault> {
    let after: Option<CaseId> = if asked.after.is_empty() { None } else { Some(frame::id(&asked.after)?) };
    let page = reads::to_supervise(&visit, after).await?;
    let today = visit.today();
    let line = |row: SupervisionRow| Line {
        href: case::address(row.case),
        action: format!("{}/orders/{}", case::address(row.case), casework::OrderKind::ReceiveSupervision.code()),
        key: frame::key(),
        decided: ui::say::day_short(row.decided_on, today),
        row,
    };
    Ok(ui::page(Page {
        shell: frame::desk(&visit, "待监管接收").crumb("/desk", "待办").crumb_here("待监管接收"),
        next: page.next.map(|next| format!("/desk/supervision?after={next}")),
        rows: page.rows.into_iter().map(line).collect(),
    }))
}

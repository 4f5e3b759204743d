//! `GET /applications/{id}/receipt`: the receipt (收件回执, once everything is accepted 受理回执), made for paper.

use access_service::{DoorFault, ResidentVisit};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use casework_service::PaperStatus;
use casework_service::reads::MyApplication;

use super::{find, href, shell};

/// One case on the receipt.
struct Line {
    name: String,
    authority: String,
    phone: String,
    state: String,
    due: String,
}

#[derive(Template)]
#[template(path = "portal_receipt.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    /// 收件回执 or 受理回执.
    kind: &'static str,
    /// What it means in law.
    means: &'static str,
    matter: MyApplication,
    received: String,
    lines: Vec<Line>,
    handed_in: Vec<String>,
    exempt: usize,
    printed: String,
}

/// The receipt.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let accepted = matter.cases.iter().all(|case| case.status.is_accepted());
    let lines = matter.cases.iter().map(|case| Line {
        name: case.name.clone(),
        authority: case.authority.clone(),
        phone: case.phone.clone(),
        state: case.status_word.clone(),
        due: if case.clock.due.is_some() { case.clock.due_words.clone() } else { String::new() },
    });
    let named = |paper: &casework_service::reads::PaperView| match paper.holder.as_str() {
        "" => paper.name.clone(),
        holder => format!("{}（{holder}）", paper.name),
    };
    let page = Page {
        shell: shell(&visit, &matter, Some("回执")),
        href: href(&matter),
        kind: if accepted { "受理回执" } else { "收件回执" },
        means: if accepted {
            "您的申请已经受理，办理时限自受理之日起计算。"
        } else {
            "我们已收到您的申请。五个工作日内没有告诉您要补正的，自收到之日起就是受理（行政许可法第三十二条）。"
        },
        lines: lines.collect(),
        handed_in: matter.papers.iter().filter(|paper| paper.status == PaperStatus::HandIn).map(named).collect(),
        exempt: matter.papers.iter().filter(|paper| paper.status == PaperStatus::Exempt).count(),
        received: ui::say::day(matter.received_on),
        printed: ui::say::day(visit.today()),
        matter,
    };
    Ok(ui::page(page))
}

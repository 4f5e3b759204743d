//! `GET /mine`: drafts to go on with, matters under way with one sentence each, matters done, licences held.

use access_service::{DoorFault, ResidentVisit, Visit};
use askama::Template;
use axum::response::Response;
use casework_service::reads::{self, MyApplicationLine};
use catalog_service::Shelf;
use kernel::id::SubjectId;
use platform::Fault;
use records::{Purpose, Why};
use themes_service::frame;

use crate::licence::LicenceLine;

/// One matter of one's own: a draft or an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MineLine {
    pub href: String,
    pub title: String,
    pub needs_you: bool,
    /// How it stands, in one sentence.
    pub sentence: String,
    /// The day it began, or how far it is.
    pub side: String,
}

#[derive(Template)]
#[template(path = "portal_mine.html")]
struct Page {
    shell: ui::Shell,
    drafts: Vec<MineLine>,
    open: Vec<MineLine>,
    done: Vec<MineLine>,
    licences: Vec<LicenceLine>,
    ended_licences: Vec<LicenceLine>,
}

/// Who the resident is; visitors and staff are nobody here.
pub fn subject(visit: &Visit) -> Option<SubjectId> {
    visit.actor.subject().and_then(|subject| subject.parse().ok())
}

/// What waits for the person first, then what others work on, then drafts; empty for visitors.
pub async fn under_way(visit: &Visit) -> Result<Vec<MineLine>, Fault> {
    let Some(subject) = subject(visit) else { return Ok(Vec::new()) };
    let mut lines: Vec<MineLine> =
        reads::my_applications(visit).await?.iter().filter(|one| !one.done).map(|one| line(visit, one)).collect();
    lines.extend(drafts(visit, subject).await?);
    lines.sort_by_key(|line| !line.needs_you);
    Ok(lines)
}

/// The page.
pub async fn show(ResidentVisit(visit): ResidentVisit) -> Result<Response, DoorFault> {
    let subject = subject(&visit).ok_or(Fault::NotAllowed)?;
    let shelf = visit.world.part::<Shelf>();
    let applications = reads::my_applications(&visit).await?;
    let of = |done: bool| -> Vec<MineLine> {
        applications.iter().filter(|one| one.done == done).map(|one| line(&visit, one)).collect()
    };
    let mut open = of(false);
    open.sort_by_key(|line| !line.needs_you);
    let held = records_service::reads::licences_of(&visit, subject, &Purpose::of(Why::OwnRecord)).await?;
    let lines = held.iter().map(|one| LicenceLine::of(one, shelf.catalog(), visit.today()));
    let (licences, ended_licences) = lines.partition(|line: &LicenceLine| line.in_force);
    let page = Page {
        shell: frame::portal(&visit, "我的"),
        drafts: drafts(&visit, subject).await?,
        done: of(true),
        open,
        licences,
        ended_licences,
    };
    Ok(ui::page(page))
}

async fn drafts(visit: &Visit, subject: SubjectId) -> Result<Vec<MineLine>, Fault> {
    let today = visit.today();
    let open = themes_service::reads::open_drafts(visit, subject).await?;
    Ok(open
        .into_iter()
        .map(|draft| MineLine {
            href: draft.href,
            title: draft.theme_name,
            needs_you: false,
            sentence: if draft.by_clerk {
                "窗口工作人员正在帮您填，还没有提交。".to_owned()
            } else {
                "还没有提交，填过的都留着，可以接着填。".to_owned()
            },
            side: format!("{} 保存", ui::say::moment(draft.saved_at, today)),
        })
        .collect())
}

fn line(visit: &Visit, one: &MyApplicationLine) -> MineLine {
    let side = match one.done {
        true => ui::say::day_short(one.received_on, visit.today()),
        false if one.total > 1 => format!("办好 {}/{} 件", one.settled, one.total),
        false => one.next_word.clone(),
    };
    MineLine {
        href: format!("/applications/{}", one.id),
        title: one.title.clone(),
        needs_you: one.needs_you,
        sentence: one.sentence.clone(),
        side,
    }
}

//! `POST /records/export`: everything the platform keeps about the person, as one file (个人信息保护法第四十五条: 查阅、复制).
//!
//! Made while it is asked for: one person's rows are few. It is a look like any other, by the person at themselves, and
//! nobody takes more than a few a day.

use access_service::{DoorFault, Posted, Visit, Words};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use catalog_service::Shelf;
use chrono::TimeDelta;
use kernel::id::SubjectId;
use platform::Fault;
use platform::limits::Throttle;
use records::{Purpose, Why};
use records_service::looks::looks;
use records_service::reads;
use serde::Deserialize;
use serde_json::{Value, json};

use super::looks::line;
use crate::mine::subject;

/// Files one person takes in a day.
const A_DAY: u32 = 3;
/// Looks of one page, and pages, that go into the file.
const LOOKS: (u32, usize) = (500, 20);

struct Taken(Throttle);

/// The form has nothing but its key.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wish {}

/// The file.
///
/// # Errors
/// [`Fault::TooMany`] after the third of a day.
pub async fn take(posted: Posted<Wish>) -> Result<Response, DoorFault> {
    let visit = posted.visit;
    let subject = subject(&visit).ok_or(Fault::NotAllowed)?;
    let taken = visit.world.parts.get_or_install(|| Taken(Throttle::new(A_DAY, TimeDelta::days(1))));
    taken.0.count(&subject.to_string(), visit.world.clock.now_utc())?;
    let text = serde_json::to_string_pretty(&everything(&visit, subject).await?).map_err(Fault::from)?;
    let name = format!("attachment; filename=\"my-data-{}.json\"", visit.today());
    let headers = [
        (CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}

async fn everything(visit: &Visit, subject: SubjectId) -> Result<Value, Fault> {
    let purpose = Purpose::of(Why::Export);
    let shelf = visit.world.part::<Shelf>();
    let person = reads::person(visit, subject, &purpose).await?;
    let known = reads::known(visit, shelf.catalog(), subject, None, &purpose).await?;
    let facts = known.facts.iter().map(|fact| {
        json!({ "element": fact.element, "value": fact.value, "register": fact.source.register.code(), "as_of": fact.source.as_of })
    });
    let mut applications = Vec::new();
    for one in casework_service::reads::my_applications(visit).await? {
        applications.push(casework_service::reads::my_application(visit, one.id).await?);
    }
    let mut drafts = Vec::new();
    for one in themes_service::reads::open_drafts(visit, subject).await? {
        let draft = themes_service::reads::draft(visit, one.id).await?;
        let files: Vec<&str> = draft.papers.iter().map(|paper| paper.name.as_str()).collect();
        drafts.push(json!({
            "theme": one.theme_name, "saved_at": draft.updated_at, "answers": draft.answers, "form": draft.form, "files": files,
        }));
    }
    Ok(json!({
        "format": "yimen my-data 1",
        "made_at": visit.world.clock.now_utc(),
        "person": person,
        "facts": facts.collect::<Vec<_>>(),
        "organisations": reads::organisations_of(visit, subject, &purpose).await?,
        "licences": reads::licences_of(visit, subject, &purpose).await?,
        "applications": applications,
        "drafts": drafts,
        "looks": all_looks(visit, subject).await?,
    }))
}

/// As the page tells them: authority and post, reason and matter.
async fn all_looks(visit: &Visit, subject: SubjectId) -> Result<Vec<Value>, Fault> {
    let words = visit.world.part::<Words>();
    let (mut all, mut after) = (Vec::new(), None);
    for _ in 0..LOOKS.1 {
        let page = looks(visit, subject, None, after.as_deref(), LOOKS.0).await?;
        all.extend(page.rows.iter().map(|(look, said)| {
            let told = line(visit, look, said.as_ref(), &words);
            json!({ "at": look.at, "who": told.who, "why": told.why, "matter": told.matter, "objection": told.said })
        }));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(all)
}

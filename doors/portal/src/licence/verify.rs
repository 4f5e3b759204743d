//! `GET /licences/verify`: is this licence genuine, and does it still hold? Anybody may ask: by the code on it, by the QR
//! code, or with the file, which is read and not kept. The answer shows no more than the licence does, and masks people.

use std::sync::Arc;

use access_service::door::form;
use access_service::{DoorFault, Visit, Words};
use askama::Template;
use axum::Extension;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Query};
use axum::response::Response;
use catalog_service::Shelf;
use chrono::{DateTime, TimeDelta, Utc};
use platform::Fault;
use platform::clock::china_day;
use platform::limits::Throttle;
use records::Verdict;
use records_service::verify::{Examined, VerifiedLicence, examine_code, examine_file, to_stranger};
use serde::Deserialize;
use themes_service::frame;

use crate::values;

/// Wrong codes and files, and all files, in each minute, for everybody together. A genuine licence is refused only where
/// more files come than one machine should read.
const WRONG: u32 = 120;
const FILES: u32 = 600;
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// What is much longer than a mark or a code is none.
const TYPED_MAX: usize = 128;
/// Ours have about a hundred kilobytes.
const FILE_BYTES: usize = 2 << 20;
/// The file with what stands around it in the form.
pub const FORM_BYTES: usize = FILE_BYTES + (64 << 10);

/// Counts, in this process.
#[derive(Clone)]
pub struct Gate(Arc<(Throttle, Throttle)>);

impl Gate {
    pub fn new() -> Self {
        Self(Arc::new((Throttle::new(WRONG, WINDOW), Throttle::new(FILES, WINDOW))))
    }

    fn wrong(&self, now: DateTime<Utc>) -> Result<(), Fault> {
        self.0.0.count("wrong", now)
    }

    fn file(&self, now: DateTime<Utc>) -> Result<(), Fault> {
        self.0.1.count("file", now)
    }
}

/// What was typed, or came with the QR code.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    code: String,
    mark: String,
}

/// The answer in words.
struct Answer {
    /// How the notice is drawn.
    tone: &'static str,
    title: String,
    said: String,
    rows: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "portal_licence_verify.html")]
struct Page {
    shell: ui::Shell,
    code: String,
    mark: String,
    answer: Option<Answer>,
    /// A code was typed that nothing has.
    wrong: bool,
    limit: String,
}

/// By code, or nothing yet.
pub async fn show(
    visit: Visit,
    Extension(gate): Extension<Gate>,
    Query(asked): Query<Asked>,
) -> Result<Response, DoorFault> {
    let short = |text: &str| -> String { text.trim().chars().take(TYPED_MAX).collect() };
    let (code, mark) = (short(&asked.code), short(&asked.mark));
    let found = if code.is_empty() { None } else { examine_code(&visit.world, &code, Some(&mark)).await? };
    let wrong = found.is_none() && !(code.is_empty() && mark.is_empty());
    if wrong {
        gate.wrong(visit.world.clock.now_utc())?;
    }
    Ok(page(&visit, (code, mark), found.as_ref(), wrong))
}

/// With the file.
pub async fn take(
    visit: Visit,
    Extension(gate): Extension<Gate>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, DoorFault> {
    let now = visit.world.clock.now_utc();
    gate.file(now)?;
    let form = form.map_err(|_| form::unreadable())?;
    let sent = form::file_form(&visit, form, FILE_BYTES, &[]).await?;
    let found = examine_file(&visit.world, sent.file).await?;
    if matches!(found.judgement.verdict, Verdict::Foreign | Verdict::Changed) {
        gate.wrong(now)?;
    }
    Ok(page(&visit, Default::default(), Some(&found), false))
}

fn page(visit: &Visit, (code, mark): (String, String), found: Option<&Examined>, wrong: bool) -> Response {
    let shelf = visit.world.part::<Shelf>();
    let answer = found.map(|found| answer(visit, &to_stranger(found, shelf.catalog())));
    let shell = frame::portal(visit, "证照查验").crumb("/", "首页").crumb_here("证照查验");
    ui::page(Page { shell, code, mark, answer, wrong, limit: ui::say::bytes(FILE_BYTES as u64) })
}

fn answer(visit: &Visit, told: &VerifiedLicence) -> Answer {
    let words = visit.world.part::<Words>();
    let verdict = told.judgement.verdict;
    let day = told.judgement.since.map(values::day).unwrap_or_default();
    let mut rows = Vec::new();
    if let Some(shown) = &told.shown {
        rows.push(("证照名称", shown.name.clone()));
        rows.push(("编号", shown.number.clone()));
        rows.push(("持证人", shown.holder.clone()));
        rows.push(("发证机关", shown.issuer.clone()));
        rows.push(("发证日期", values::day(shown.issued_on)));
        rows.push(("有效期至", shown.valid_to.map_or_else(|| "长期".to_owned(), values::day)));
        rows.push(("电子证照标识", shown.mark.clone()));
        rows.push(("版本", format!("第 {} 版", shown.version)));
    }
    if let Some(newer) = &told.judgement.newer {
        rows.push(("新证的标识", newer.masked()));
    }
    if let Some(copy) = &told.copy {
        rows.push(("授权用途", copy.purpose.clone()));
        rows.push(("授权给", copy.recipient.clone()));
        rows.push(("授权至", values::day(copy.until)));
    }
    if let Some(at) = told.sealed_at {
        rows.push(("加盖电子印章", values::day(china_day(at))));
    }
    let reason = told.revoked.as_ref().map(|revoked| revoked.reason.clone()).unwrap_or_default();
    let facts = [("day".to_owned(), day), ("reason".to_owned(), reason)].into();
    Answer {
        tone: match verdict {
            Verdict::Genuine => "good",
            Verdict::Changed | Verdict::Foreign | Verdict::RevokedKey | Verdict::NotOnRecord => "bad",
            _ => "warn",
        },
        title: words.get(verdict.text_key()).to_owned(),
        said: words.fill(&format!("verified.{}", verdict.code()), &facts),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_slowed_down_before_reading_is() {
        let gate = Gate::new();
        let now: DateTime<Utc> = "2026-11-22T01:00:00Z".parse().unwrap();
        for _ in 0..WRONG {
            assert_eq!(gate.wrong(now), Ok(()));
        }
        assert_eq!(gate.wrong(now), Err(Fault::TooMany));
        assert_eq!(gate.file(now), Ok(()), "who brings a genuine file is still served");
        assert_eq!(gate.wrong(now + WINDOW), Ok(()));
    }
}

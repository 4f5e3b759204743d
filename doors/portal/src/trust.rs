//! `GET /trust/roots`: the signed root of each day, for anybody to keep; `GET /trust/keys`: the public keys. As a page, or as
//! JSON by `Accept`. What others kept is what finds somebody who wrote everything anew.

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use platform::roots::{self, Root, RootsFile};
use platform::vault::{self, KeysFile, PublicKeyRecord, Purpose};
use platform::{Fault, World};
use serde::{Deserialize, Serialize};
use themes_service::frame;
use ui::Pager;

/// Days on one page, and in one answer of JSON: a month, and a little more than a year.
const PAGE_DAYS: u64 = 31;
const FILE_DAYS: u64 = 400;

/// Roots before a day.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Before {
    before: String,
}

/// One day in words.
struct Line {
    iso: String,
    day: String,
    chains: String,
    rows: String,
    root: String,
    signature: String,
    key: String,
}

/// One key in words.
struct KeyLine {
    id: String,
    version: u32,
    made: String,
    revoked: Option<(String, String)>,
    pem: String,
}

#[derive(Template)]
#[template(path = "portal_roots.html")]
struct Page {
    shell: ui::Shell,
    lines: Vec<Line>,
    keys: Vec<KeyLine>,
    pager: Pager,
}

/// The roots, the newest first.
pub async fn roots(visit: Visit, Query(query): Query<Before>, headers: HeaderMap) -> Result<Response, DoorFault> {
    let before: Option<NaiveDate> = query.before.parse().ok();
    let as_json = wants_json(&headers);
    let days = if as_json { FILE_DAYS } else { PAGE_DAYS };
    let mut roots = roots::list(visit.world.db.reader(), before, days + 1).await?;
    let is_more = roots.len() as u64 > days;
    roots.truncate(days as usize);
    let older = roots.last().filter(|_| is_more).map(|root| format!("/trust/roots?before={}", root.day));
    let keys = keys_of(&visit.world)?;
    if as_json {
        return Ok(json(&RootsFile::of(keys, roots, older))?);
    }
    let shown = format!("本页 {} 天", roots.len());
    let page = Page {
        shell: frame::portal(&visit, "每日留痕公示").crumb("/help", "帮助").crumb_here("每日留痕公示"),
        lines: roots.iter().map(line).collect(),
        keys: keys.into_iter().filter(|key| key.purpose == Purpose::JournalRoot).map(key_line).collect(),
        pager: Pager { back: before.map(|_| "/trust/roots".to_owned()), on: older, shown },
    };
    Ok(ui::page(page))
}

/// All public keys, those of the authorities' seals too. Always JSON.
pub async fn keys(State(world): State<World>) -> Result<Response, DoorFault> {
    Ok(json(&KeysFile::of(keys_of(&world)?))?)
}

fn keys_of(world: &World) -> Result<Vec<PublicKeyRecord>, Fault> {
    Ok(vault::list(&world.config.key_folder())?)
}

fn line(root: &Root) -> Line {
    Line {
        iso: root.day.to_string(),
        day: ui::say::day(root.day),
        chains: ui::say::count(root.chains),
        rows: ui::say::count(root.rows),
        root: hex::encode(root.root),
        signature: hex::encode(&root.signature),
        key: root.key.to_string(),
    }
}

fn key_line(key: PublicKeyRecord) -> KeyLine {
    KeyLine {
        id: key.id.to_string(),
        version: key.version,
        made: ui::say::day(platform::clock::china_day(key.made)),
        revoked: key.revoked.map(|revoked| (ui::say::day(revoked.day), revoked.reason)),
        pem: key.pem.unwrap_or_default(),
    }
}

/// Whether the asker is a program that wants JSON; a browser says that it takes pages.
pub fn wants_json(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepts.contains("application/json") && !accepts.contains("text/html")
}

fn json(value: &impl Serialize) -> Result<Response, Fault> {
    let mut answer = serde_json::to_string_pretty(value)?.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    Ok(answer)
}

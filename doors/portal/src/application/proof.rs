//! `GET /applications/{id}/proof`: the inclusion receipt (留痕凭证), to read and print; `?as=json` or `Accept: application/json`
//! gives the file that anybody can check without us.

use access_service::{DoorFault, ResidentVisit};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use casework_service::reads::MyApplication;
use platform::Fault;
use platform::roots::{self, Receipt};
use serde::Deserialize;

use super::{find, href, shell};
use crate::trust::wants_json;

/// What the file is saved as.
const FILE: HeaderValue = HeaderValue::from_static(
    "attachment; filename=\"receipt.json\"; filename*=UTF-8''%E7%95%99%E7%97%95%E5%87%AD%E8%AF%81.json",
);

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Form {
    r#as: String,
}

/// What the receipt says, in words.
struct Proof {
    day: String,
    rows: String,
    chains: String,
    place: String,
    root: String,
    key: String,
    hashes: Vec<(i64, String)>,
}

#[derive(Template)]
#[template(path = "portal_proof.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    matter: MyApplication,
    proof: Option<Proof>,
}

/// The receipt for the newest closed day, or when there will be one.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Path(id): Path<String>,
    Query(form): Query<Form>,
    headers: HeaderMap,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let receipt = roots::receipt(visit.world.db.reader(), matter.id.into(), &matter.number).await?;
    if let Some(receipt) = receipt.as_ref().filter(|_| form.r#as == "json" || wants_json(&headers)) {
        return Ok(file(receipt)?);
    }
    let page = Page {
        shell: shell(&visit, &matter, Some("留痕凭证")),
        href: href(&matter),
        proof: receipt.map(proof),
        matter,
    };
    Ok(ui::page(page))
}

fn file(receipt: &Receipt) -> Result<Response, Fault> {
    let mut answer = serde_json::to_string_pretty(receipt)?.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_DISPOSITION, FILE);
    Ok(answer)
}

fn proof(receipt: Receipt) -> Proof {
    Proof {
        day: ui::say::day(receipt.root.day),
        rows: ui::say::count(receipt.rows.len() as u64),
        chains: ui::say::count(receipt.root.chains),
        place: ui::say::count(receipt.place + 1),
        root: hex::encode(receipt.root.root),
        key: receipt.root.key.to_string(),
        hashes: receipt.rows.iter().map(|row| (row.seq, hex::encode(row.hash))).collect(),
    }
}

//! `GET /messages`: what one was told, the newest first.

use access_service::{DoorFault, Posted, ResidentVisit, Visit, Words};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use themes_service::frame;
use ui::{Pager, Shell};
use uuid::Uuid;

use super::residents_only;
use crate::acts::mark_all_read;
use crate::reads::{self, Message};

/// Messages on a page.
const ROWS: u32 = 20;

/// The query of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// The message the page begins after.
    after: String,
}

/// One message as a line.
struct Line {
    href: String,
    title: String,
    group: String,
    at: String,
    iso: String,
    is_read: bool,
}

#[derive(Template)]
#[template(path = "messages_list.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    unread: u64,
    newest: String,
    pager: Pager,
}

/// The page.
pub async fn show(ResidentVisit(visit): ResidentVisit, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    let after = key(&address.after);
    let inbox = reads::inbox(&visit, after, ROWS).await?;
    let words = visit.world.part::<Words>();
    let page = Page {
        shell: frame::portal(&visit, words.get("messages.page.title")),
        lines: inbox.messages.iter().map(|one| line(one, &visit, &words)).collect(),
        unread: inbox.unread,
        newest: inbox.messages.first().map_or_else(String::new, |newest| newest.id.to_string()),
        pager: Pager {
            back: after.map(|_| "/messages".to_owned()),
            on: inbox.next.map(|next| format!("/messages?after={}-{}", next.0.timestamp_micros(), next.1)),
            shown: String::new(),
        },
    };
    Ok(ui::page(page))
}

/// The moment in microseconds and the id of the message a page begins after.
fn key(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (micros, id) = text.split_once('-')?;
    Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

fn line(message: &Message, visit: &Visit, words: &Words) -> Line {
    Line {
        href: format!("/messages/{}", message.id),
        title: message.title.clone(),
        group: words.get(message.kind.group().text_key()).to_owned(),
        at: ui::say::moment(message.at, visit.today()),
        iso: message.at.to_rfc3339(),
        is_read: message.is_read,
    }
}

/// The newest message that was on the page.
#[derive(Deserialize)]
pub struct Seen {
    #[serde(default)]
    newest: String,
}

/// `POST /messages/read`
pub async fn read_all(posted: Posted<Seen>) -> Result<Response, DoorFault> {
    let Posted { visit, form, .. } = posted;
    residents_only(&visit)?;
    if let Ok(newest) = form.newest.parse() {
        mark_all_read(&visit, newest).await?;
    }
    Ok(Redirect::to("/messages").into_response())
}

//! `/desk/messages`: what became of the messages that went out, for the system administrator. Neither their words nor
//! where they went is shown.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use messages_service::acts::send_again;
use messages_service::reads::{self, SendingLine};
use platform::Fault;
use serde::Deserialize;
use ui::{Pager, Shell};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;

/// Rows on a page.
const ROWS: u32 = 50;
const HOME: &str = "/desk/messages";

/// The query of the list's address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// `all`, or what somebody should look at.
    which: String,
    after: String,
}

/// One sending as the page prints it.
struct Row {
    at: String,
    channel: String,
    kind: String,
    state: String,
    fault: String,
    tries: String,
    number: String,
    /// Where to send it again, with a fresh key.
    again: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk_sendings.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    title: String,
    about: String,
    troubles: String,
    /// The two lists: words, address, whether this is it.
    lists: Vec<(String, String, bool)>,
    heads: [String; 7],
    again: String,
    empty: (String, String),
    rows: Vec<Row>,
    pager: Pager,
}

/// `GET /desk/messages`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let all = address.which == "all";
    let after: Option<Uuid> = address.after.parse().ok();
    let found = reads::sendings(&visit, !all, after, ROWS).await?;
    let words = visit.world.part::<Words>();
    let word = |key: &str| words.get(&format!("desk.sendings.{key}")).to_owned();
    let here = if all { format!("{HOME}?which=all") } else { HOME.to_owned() };
    let joint = if all { '&' } else { '?' };
    let done = done::of(&visit, &headers, HOME).await?;
    let which = if all { "all" } else { "trouble" };
    let page = Page {
        shell: frame::desk(&visit, word("title")),
        done,
        title: word("title"),
        about: word("about"),
        troubles: match found.troubles {
            0 => word("no-troubles"),
            n => words.fill("desk.sendings.troubles", &[("n".to_owned(), ui::say::count(n))].into()),
        },
        lists: vec![(word("trouble"), HOME.to_owned(), !all), (word("all"), format!("{HOME}?which=all"), all)],
        heads: ["when", "channel", "kind", "state", "fault", "tries", "number"].map(word),
        again: word("again"),
        empty: (word(&format!("none-{which}")), word(&format!("none-{which}-next"))),
        rows: found.lines.iter().map(|line| row(line, &visit, &words)).collect(),
        pager: Pager {
            back: after.map(|_| here.clone()),
            on: found.next.map(|next| format!("{here}{joint}after={next}")),
            shown: String::new(),
        },
    };
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

fn row(line: &SendingLine, visit: &Visit, words: &Words) -> Row {
    Row {
        at: ui::say::moment(line.at, visit.today()),
        channel: words.get(line.channel.text_key()).to_owned(),
        kind: words.get(line.kind.text_key()).to_owned(),
        state: words.get(line.state.text_key()).to_owned(),
        fault: line.fault.map_or_else(String::new, |fault| words.get(fault.text_key()).to_owned()),
        tries: words.fill("desk.sendings.tries-n", &[("n".to_owned(), line.tries.to_string())].into()),
        number: line.id.to_string(),
        again: line.may_send_again.then(|| (format!("{HOME}/{}/again", line.id), frame::key())),
    }
}

/// Nothing is sent but the token and the key.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /desk/messages/{id}/again`
pub async fn again(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, HOME)?;
    match send_again(&visit, Some(&key), frame::id(&id)?).await {
        Ok(()) => Ok(done::redirect(HOME, "send-again")),
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(fault) => Err(fault.into()),
    }
}

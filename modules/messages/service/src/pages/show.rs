//! `GET /messages/{id}`: one message. Opening it is reading it.

use access_service::{DoorFault, ResidentVisit, Visit, Words};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use casework_service::reads::notices_of_application;
use messages::Kind;
use platform::Fault;
use platform::clock::china_day;
use themes_service::frame;
use ui::Shell;
use uuid::Uuid;

use crate::acts::mark_read;
use crate::reads::{self, Message, WayLine};

#[derive(Template)]
#[template(path = "messages_show.html")]
struct Page {
    shell: Shell,
    title: String,
    words: String,
    at: String,
    iso: String,
    application: String,
    /// What is still to be paid for the case: the page of the order, and the sum in 元.
    to_pay: Option<(String, String)>,
    /// Notices issued that day for the same case: title and address.
    notices: Vec<(String, String)>,
    /// 短信：已送达 · 3月2日 09:31
    ways: Vec<String>,
}

/// The page.
pub async fn show(ResidentVisit(visit): ResidentVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: Uuid = id.parse().map_err(|_| Fault::NotFound)?;
    let (message, ways) = reads::message(&visit, id).await?;
    let mut visit = visit;
    if !message.is_read {
        mark_read(&visit, id).await?;
        visit.unread = visit.unread.saturating_sub(1);
    }
    let words = visit.world.part::<Words>();
    let page = Page {
        shell: frame::portal(&visit, message.title.as_str())
            .crumb("/messages", words.get("messages.page.title"))
            .crumb_here(message.title.as_str()),
        to_pay: to_pay(&visit, &message).await?,
        notices: notices(&visit, &message).await?,
        ways: ways.iter().map(|way| way_line(way, &visit, &words)).collect(),
        at: ui::say::moment(message.at, visit.today()),
        iso: message.at.to_rfc3339(),
        application: format!("/applications/{}", message.application),
        title: message.title,
        words: message.words,
    };
    Ok(ui::page(page))
}

/// Where to pay, while it is owed.
async fn to_pay(visit: &Visit, message: &Message) -> Result<Option<(String, String)>, Fault> {
    if message.kind != Kind::FeeDue {
        return Ok(None);
    }
    let orders = fees_service::reads::orders(visit, message.application).await?;
    let open = orders.into_iter().find(|order| Some(order.case) == message.case && order.is_open());
    Ok(open.map(|order| (format!("/applications/{}/fees/{}", message.application, order.id), order.yuan)))
}

/// The papers that came with it.
async fn notices(visit: &Visit, message: &Message) -> Result<Vec<(String, String)>, Fault> {
    let all = match notices_of_application(visit, message.application).await {
        Ok(all) => all,
        // Somebody who acted for the applicant and does so no longer keeps the message, not the papers.
        Err(Fault::NotFound | Fault::NotAllowed) => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    };
    let day = china_day(message.at);
    let of_it = all.into_iter().filter(|one| one.case == message.case && one.issued_on == day && one.void.is_none());
    Ok(of_it.map(|one| (format!("{} {}", one.title, one.number), format!("/notices/{}", one.id))).collect())
}

fn way_line(way: &WayLine, visit: &Visit, words: &Words) -> String {
    let (channel, state) = (words.get(way.channel.text_key()), words.get(way.state.text_key()));
    format!("{channel}：{state} · {}", ui::say::moment(way.at, visit.today()))
}

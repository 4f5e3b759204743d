//! `/desk/webhooks`: who is told of what, and what became of each delivery. Systems subscribe over the interface; here the
//! administrator looks, tries out, has sent again, and pauses.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use connect_service::acts::{end, pause, ping, replay, resume};
use connect_service::reads::{self, DeliveryLine, Subscription};
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Pager, Shell};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;

/// Rows on a page.
const ROWS: u32 = 50;
const HOME: &str = "/desk/webhooks";

/// One subscription in the list.
struct Line {
    href: String,
    url: String,
    owner: String,
    state: String,
    topics: usize,
    at: String,
}

#[derive(Template)]
#[template(path = "desk_webhooks.html")]
struct ListPage {
    shell: Shell,
    done: Option<Done>,
    title: String,
    about: String,
    heads: [String; 5],
    empty: (String, String),
    lines: Vec<Line>,
}

/// One delivery.
struct Row {
    order: i64,
    at: String,
    topic: String,
    state: String,
    last: String,
    tries: String,
}

#[derive(Template)]
#[template(path = "desk_webhook.html")]
struct OnePage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    url: String,
    state: String,
    facts: Vec<(String, String)>,
    /// Orders without a field: what, its word, the key.
    orders: Vec<(&'static str, String, String)>,
    from: Field,
    replay: String,
    replay_then: String,
    key: String,
    log: String,
    empty: (String, String),
    heads: [String; 6],
    rows: Vec<Row>,
    pager: Pager,
    home: String,
}

/// `GET /desk/webhooks`
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let all = reads::subscriptions(&visit).await?;
    let words = visit.world.part::<Words>();
    let word = |key: &str| words.get(&format!("desk.webhooks.{key}")).to_owned();
    let done = done::of(&visit, &headers, HOME).await?;
    let line = |one: &Subscription| Line {
        href: format!("{HOME}/{}", one.id),
        url: one.url.clone(),
        owner: one.owner.clone(),
        state: state(one, &words),
        topics: one.topics.len(),
        at: ui::say::moment(one.made_at, visit.today()),
    };
    let page = ListPage {
        shell: frame::desk(&visit, word("title")),
        done,
        title: word("title"),
        about: word("about"),
        heads: ["url", "state", "owner", "topics", "made"].map(word),
        empty: (word("none"), word("none-next")),
        lines: all.iter().map(line).collect(),
    };
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// Where the log begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    after: String,
}

/// `GET /desk/webhooks/{id}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let id: Uuid = frame::id(&id)?;
    let done = done::of(&visit, &headers, HOME).await?;
    let page = page(&visit, id, address.after.parse().ok(), done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

async fn page(
    visit: &Visit,
    id: Uuid,
    before: Option<i64>,
    done: Option<Done>,
    kept: Option<(String, Fault)>,
) -> Result<OnePage, Fault> {
    let one = reads::one(visit, id).await?;
    let (lines, next) = reads::deliveries(visit, id, before, ROWS).await?;
    let words = visit.world.part::<Words>();
    let word = |key: &str| words.get(&format!("desk.webhooks.{key}")).to_owned();
    let order = |what: &'static str| (what, word(what), frame::key());
    let orders = match one.paused_at {
        Some(_) => vec![order("resume"), order("end")],
        None => vec![order("ping"), order("pause"), order("end")],
    };
    let from = from_field(&words, kept);
    let errors = ErrorSummary::of([&from]);
    let home = format!("{HOME}/{id}");
    let shelf = visit.world.part::<catalog_service::Shelf>();
    let authority = one.authority.as_deref().map_or_else(|| word("all"), |id| shelf.authority_short(id).to_owned());
    Ok(OnePage {
        shell: frame::desk(visit, one.url.as_str())
            .crumb(HOME, word("title"))
            .crumb_here(one.owner.as_str())
            .faulty(!errors.is_empty()),
        done,
        errors,
        state: state(&one, &words),
        facts: vec![
            (word("owner"), one.owner.clone()),
            (word("topics"), one.topics.join("、")),
            (word("region"), shelf.region_name(&one.region).to_owned()),
            (word("authority"), authority),
            (word("made"), ui::say::moment(one.made_at, visit.today())),
        ],
        url: one.url,
        orders,
        from,
        replay: word("replay"),
        replay_then: word("replay-then"),
        key: frame::key(),
        log: word("log"),
        empty: (word("log-none"), word("log-none-next")),
        heads: ["order", "at", "topic", "state", "last", "tries"].map(word),
        rows: lines.iter().map(|line| row(line, visit, &words)).collect(),
        pager: Pager {
            back: before.map(|_| home.clone()),
            on: next.map(|next| format!("{home}?after={next}")),
            shown: String::new(),
        },
        home,
    })
}

fn state(one: &Subscription, words: &Words) -> String {
    match &one.pause_reason {
        Some(reason) => words.get(&format!("webhook.pause.{reason}")).to_owned(),
        None => words.get("desk.webhooks.on").to_owned(),
    }
}

fn row(line: &DeliveryLine, visit: &Visit, words: &Words) -> Row {
    let outcome = line.outcome.as_deref().map(|code| words.get(&format!("webhook.outcome.{code}")).to_owned());
    let status = line.status.map(|status| format!("（{status}）")).unwrap_or_default();
    Row {
        order: line.order,
        at: ui::say::moment(line.at, visit.today()),
        topic: line.topic.clone(),
        state: words.get(&format!("webhook.state.{}", line.state.code())).to_owned(),
        last: outcome.map(|outcome| format!("{outcome}{status}")).unwrap_or_default(),
        tries: line.tries.to_string(),
    }
}

fn from_field(words: &Words, kept: Option<(String, Fault)>) -> Field {
    let label = words.get("desk.webhooks.from").to_owned();
    let field = Field::new("from", label.as_str(), FieldKind::Number { unit: None });
    let Some((typed, Fault::Invalid(faults))) = kept else { return field };
    let said = faults.into_iter().map(|fault| door::field_fault(&fault.fact("label", &label), words));
    said.fold(field.value(typed), |field, said| field.error(said))
}

/// What the form of an order sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    from: String,
}

/// `POST /desk/webhooks/{id}/orders/{order}`
pub async fn give(Path((id, order)): Path<(String, String)>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let id: Uuid = frame::id(&id)?;
    let (key, home) = (Some(&key), format!("{HOME}/{id}"));
    let outcome = match order.as_str() {
        "pause" => pause(&visit, key, id).await,
        "resume" => resume(&visit, key, id).await,
        "ping" => ping(&visit, key, id).await.map(|_| ()),
        "end" => end(&visit, key, id).await,
        "replay" => match form.from.trim().parse::<i64>() {
            Ok(from) => replay(&visit, key, id, from).await.map(|_| ()),
            Err(_) => Err(Fault::field("from", "webhook-from")),
        },
        _ => Err(Fault::NotFound),
    };
    match outcome {
        Ok(()) if order == "end" => Ok(done::redirect(HOME, "webhook-end")),
        Ok(()) => Ok(done::redirect(&home, &format!("webhook-{order}"))),
        Err(Fault::Repeated(_)) => Ok(done::redirect(&home, "repeated")),
        Err(fault @ Fault::Invalid(_)) => {
            let page = page(&visit, id, None, None, Some((form.from, fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

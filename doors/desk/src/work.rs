//! `/desk/work`: events and jobs that wait, failed or were given up, for the system administrator. What is in them is not
//! shown: it is what the acts were about, and may hold personal data.

use access_service::acts::{REASON_CHARS_MAX, give_up_delivery, retry_delivery};
use access_service::door::pair;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, work};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::{DateTime, Utc};
use platform::Fault;
use platform::queue::{Item, Load, Place, Trouble};
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Pager, Shell};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;

/// Rows on a page.
const ROWS: usize = 50;
const HOME: &str = "/desk/work";

/// The query of the list's address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// `dead`, or what waits.
    place: String,
    /// The row the page begins after: its moment in microseconds and its id.
    after: String,
}

/// One figure over the list.
struct Count {
    n: String,
    label: String,
    href: String,
    here: bool,
}

/// One row as both pages print it.
struct Row {
    href: String,
    lane: String,
    topic: String,
    subject: String,
    at: String,
    when: String,
    tries: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "desk_work.html")]
struct WorkPage {
    shell: Shell,
    done: Option<Done>,
    heads: Heads,
    oldest: String,
    counts: Vec<Count>,
    dead: bool,
    rows: Vec<Row>,
    pager: Pager,
}

/// Words of the page's fixed places.
struct Heads {
    title: String,
    about: String,
    list: String,
    lane: String,
    topic: String,
    subject: String,
    at: String,
    when: String,
    tries: String,
    reason: String,
    empty: String,
    empty_next: String,
}

#[derive(Template)]
#[template(path = "desk_work_item.html")]
struct ItemPage {
    shell: Shell,
    errors: ErrorSummary,
    head: String,
    lines: Vec<(String, String)>,
    go: String,
    history: String,
    none: String,
    columns: [String; 3],
    troubles: Vec<(i32, String, String)>,
    orders: Vec<Order>,
}

/// A form beside the item.
struct Order {
    title: String,
    action: String,
    key: String,
    field: Option<Field>,
    then: String,
    button: String,
}

/// `GET /desk/work`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let place = if address.place == "dead" { Place::Dead } else { Place::Waiting };
    let loads = work::loads(&visit).await?;
    let after = after(&address.after);
    let mut items = work::items(&visit, place, after, ROWS as u64 + 1).await?;
    let more = items.len() > ROWS;
    items.truncate(ROWS);
    let words = visit.world.part::<Words>();
    let way = |after: &str| {
        let pairs = [("place", address.place.as_str()), ("after", after)];
        let pairs: Vec<String> = pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| pair(n, v)).collect();
        if pairs.is_empty() { HOME.to_owned() } else { format!("{HOME}?{}", pairs.join("&")) }
    };
    let last = items.last().filter(|_| more).map(|last| format!("{}-{}", last.when.timestamp_micros(), last.id));
    let pager = Pager {
        back: after.map(|_| way("")),
        on: last.map(|last| way(&last)),
        shown: words.fill("desk.work.shown", &[("n".to_owned(), ui::say::count(items.len() as u64))].into()),
    };
    let done = done::of(&visit, &headers, HOME).await?;
    let heads = heads(&words, place);
    let page = WorkPage {
        shell: frame::desk(&visit, heads.title.as_str()),
        done,
        oldest: oldest(&loads, &visit, &words),
        counts: counts(&loads, place, &words),
        dead: place == Place::Dead,
        rows: items.iter().map(|item| row(item, &visit, &words)).collect(),
        heads,
        pager,
    };
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `GET /desk/work/{id}`
pub async fn show(StaffVisit(visit): StaffVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let found = work::item(&visit, frame::id(&id)?).await?;
    Ok(ui::page(page(&visit, &found, None)))
}

/// Nothing is sent but the token and the key.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /desk/work/{id}/retry`
pub async fn retry(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, HOME)?;
    match retry_delivery(&visit, Some(&key), frame::id(&id)?).await {
        Ok(()) => Ok(done::redirect(HOME, "retry-delivery")),
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(fault) => Err(fault.into()),
    }
}

/// Why it is given up.
#[derive(Deserialize)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

/// `POST /desk/work/{id}/give-up`
pub async fn give_up(Path(id): Path<String>, posted: Posted<Reason>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let id = frame::id(&id)?;
    match give_up_delivery(&visit, Some(&key), id, &form.reason).await {
        Ok(()) => Ok(done::redirect("/desk/work?place=dead", "give-up-delivery")),
        Err(Fault::Repeated(_)) => Ok(done::redirect("/desk/work?place=dead", "repeated")),
        Err(fault @ Fault::Invalid(_)) => {
            let found = work::item(&visit, id).await?;
            let page = page(&visit, &found, Some((form.reason, fault)));
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn after(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (micros, id) = text.split_once('-')?;
    Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

fn heads(words: &Words, place: Place) -> Heads {
    let word = |key: &str| words.get(&format!("desk.work.{key}")).to_owned();
    let which = if place == Place::Dead { "dead" } else { "waiting" };
    Heads {
        title: word("title"),
        about: word("about"),
        list: word(&format!("list-{which}")),
        lane: word("lane"),
        topic: word("topic"),
        subject: word("subject"),
        at: word("at"),
        when: word(&format!("when-{which}")),
        tries: word("tries"),
        reason: word("reason"),
        empty: word(&format!("empty-{which}")),
        empty_next: word(&format!("empty-{which}-next")),
    }
}

fn counts(loads: &[Load], here: Place, words: &Words) -> Vec<Count> {
    let mut counts = Vec::new();
    for (place, code, href) in [(Place::Waiting, "waiting", HOME), (Place::Dead, "dead", "/desk/work?place=dead")] {
        for load in loads {
            let n = if place == Place::Dead { load.dead } else { load.waiting };
            let label = words.get(&format!("desk.work.{code}-{}", load.lane.word())).to_owned();
            counts.push(Count { n: ui::say::count(n), label, href: href.to_owned(), here: place == here });
        }
    }
    counts
}

/// What is overdue, and since when.
fn oldest(loads: &[Load], visit: &Visit, words: &Words) -> String {
    let due: u64 = loads.iter().map(|load| load.due).sum();
    let Some(since) = loads.iter().filter_map(|load| load.oldest_due).min() else {
        return words.get("desk.work.nothing-due").to_owned();
    };
    let facts = [("n".to_owned(), ui::say::count(due)), ("since".to_owned(), moment(since, visit))];
    words.fill("desk.work.due", &facts.into())
}

fn moment(at: DateTime<Utc>, visit: &Visit) -> String {
    ui::say::moment(at, visit.today())
}

fn row(item: &Item, visit: &Visit, words: &Words) -> Row {
    Row {
        href: format!("{HOME}/{}", item.id),
        lane: words.get(&format!("desk.work.{}", item.lane.word())).to_owned(),
        topic: item.topic.clone(),
        subject: subject(item),
        at: moment(item.at, visit),
        when: moment(item.when, visit),
        tries: words.fill("desk.work.tries-n", &[("n".to_owned(), item.tries.to_string())].into()),
        reason: item.reason.as_deref().map(|reason| why(reason, words)).unwrap_or_default(),
    }
}

/// How the queue writes down what went wrong, and under which key the words for it stand.
const WHY: [(&str, &str); 8] = [
    ("took too long", "too-long"),
    ("panicked", "panicked"),
    ("nobody does this kind of job", "nobody"),
    ("unavailable: ", "unavailable"),
    ("internal error, reference ", "internal"),
    ("refused: ", "refused"),
    ("not found", "not-found"),
    ("changed by someone else", "conflict"),
];

/// What went wrong in words; who listened stands before it, the particulars behind it.
fn why(reason: &str, words: &Words) -> String {
    let found = WHY.iter().find_map(|(said, key)| Some((reason.split_once(said)?, key)));
    match found {
        Some(((before, after), key)) => {
            let said = words.fill(&format!("desk.work.why-{key}"), &[("what".to_owned(), after.to_owned())].into());
            format!("{before}{said}")
        }
        None => reason.to_owned(),
    }
}

/// The id it is about. Anything else could be a name or a number of somebody.
fn subject(item: &Item) -> String {
    item.subject.parse::<Uuid>().map_or_else(|_| "—".to_owned(), |id| id.to_string())
}

fn page(visit: &Visit, (item, troubles): &(Item, Vec<Trouble>), kept: Option<(String, Fault)>) -> ItemPage {
    let words = visit.world.part::<Words>();
    let word = |key: &str| words.get(&format!("desk.work.{key}")).to_owned();
    let row = row(item, visit, &words);
    let dead = item.place == Place::Dead;
    let when = word(if dead { "when-dead" } else { "when-waiting" });
    let lines = vec![
        (word("lane"), row.lane),
        (word("topic"), row.topic.clone()),
        (word("subject"), row.subject),
        (word("number"), item.id.to_string()),
        (word("at"), row.at),
        (when, row.when),
        (word("tries"), row.tries),
    ];
    let order = |code: &str, field| Order {
        title: word(code),
        action: format!("{HOME}/{}/{code}", item.id),
        key: frame::key(),
        field,
        then: word(&format!("{code}-then")),
        button: word(&format!("{code}-button")),
    };
    // One that has not failed since it was last due is on its way already.
    let can_retry = dead || troubles.first().is_some_and(|last| last.tries == item.tries);
    let reason = reason(&words, kept);
    let errors = ErrorSummary::of([&reason]);
    let title = format!("{} · {}", word("title"), row.topic);
    ItemPage {
        shell: frame::desk(visit, title.as_str())
            .crumb(HOME, word("title"))
            .crumb_here(row.topic.as_str())
            .faulty(!errors.is_empty()),
        errors,
        head: row.topic,
        lines,
        go: word("go"),
        history: word("history"),
        none: word("history-none"),
        columns: [word("try"), word("try-at"), word("reason")],
        troubles: troubles.iter().map(|one| (one.tries, moment(one.at, visit), why(&one.reason, &words))).collect(),
        orders: [can_retry.then(|| order("retry", None)), dead.then(|| order("give-up", Some(reason)))]
            .into_iter()
            .flatten()
            .collect(),
    }
}

/// The field for the reason, with what was written and what is wrong with it.
fn reason(words: &Words, kept: Option<(String, Fault)>) -> Field {
    let label = words.get("desk.work.give-up-reason").to_owned();
    let field = Field::new("reason", label.as_str(), FieldKind::Long { max: Some(REASON_CHARS_MAX) });
    let Some((text, fault)) = kept else { return field };
    let field = field.value(text);
    match fault {
        Fault::Invalid(faults) => faults.into_iter().fold(field, |field, fault| {
            let said = access_service::door::field_fault(&fault.fact("label", &label), words);
            field.error(said)
        }),
        _ => field,
    }
}

//! `/desk/exchange`: batches for the national platform, what is kept back, and the button that makes the next one. Who answers
//! for the data makes and takes them; the administrator only sees how it stands.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use connect::exchange::Why;
use connect_service::acts::{BatchOutcome, make_batch, take_batch, write_batch};
use connect_service::reads::exchange::{self as reads, BatchLine, HeldCase};
use platform::Fault;
use serde::Deserialize;
use ui::{Lamp, Shell, Signal};

use crate::done::{self, Done};
use crate::frame;

const HOME: &str = "/desk/exchange";

/// One batch in the list.
struct Line {
    number: String,
    closed: String,
    by: String,
    cases: String,
    held: String,
    /// 受理信息 新增 3、变更 1
    rows: Vec<String>,
    lamp: Signal,
    /// Where its file is.
    file: Option<String>,
}

/// One case that is kept back: number, what is wrong, and what to do.
struct Held {
    number: String,
    cells: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk_exchange.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    title: String,
    about: String,
    /// Said where the district has no dictionary: title and next step.
    lacks: Option<(String, String)>,
    facts: Vec<(String, String)>,
    /// A fresh key and the words of the button.
    make: Option<(String, String, String)>,
    held_title: String,
    held_none: (String, String),
    held_heads: [String; 3],
    held: Vec<Held>,
    batches_title: String,
    batches_none: (String, String),
    heads: [String; 8],
    download: String,
    lines: Vec<Line>,
}

/// Only a press.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// `GET /desk/exchange`
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let view = reads::exchange(&visit).await?;
    let words = visit.world.part::<Words>();
    let word = |key: &str| words.get(&format!("desk.exchange.{key}")).to_owned();
    let page = Page {
        shell: frame::desk(&visit, word("title")),
        done: done::of(&visit, &headers, HOME).await?,
        title: word("title"),
        about: word("about"),
        lacks: (!view.is_ready).then(|| (word("lacks"), word("lacks-next"))),
        facts: vec![
            (word("waiting"), ui::say::count(view.waiting)),
            (word("held-cases"), ui::say::count(view.held_cases)),
        ],
        make: (view.may_make && view.is_ready).then(|| (frame::key(), word("make"), word("make-then"))),
        held_title: word("held"),
        held_none: (word("held-none"), word("held-none-next")),
        held_heads: ["case", "cell", "way-on"].map(word),
        held: view.held.iter().map(|one| held(one, &word)).collect(),
        batches_title: word("batches"),
        batches_none: (word("batches-none"), word("batches-none-next")),
        heads: ["number", "closed", "rows", "cases", "held-back", "by", "state", "file"].map(word),
        download: word("download"),
        lines: view.batches.iter().map(|one| line(one, view.may_take, &visit, &word)).collect(),
    };
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `POST /desk/exchange`
pub async fn make(posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, HOME)?;
    match make_batch(&visit, Some(&key)).await {
        Ok(BatchOutcome::Made { .. }) => Ok(done::redirect(HOME, "exchange-made")),
        Ok(BatchOutcome::Nothing { .. }) => Ok(done::redirect(HOME, "exchange-nothing")),
        Ok(BatchOutcome::UnderWay) => Ok(done::redirect(HOME, "exchange-under-way")),
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(fault) => Err(fault.into()),
    }
}

/// `GET /desk/exchange/{batch}/file`
pub async fn file(StaffVisit(visit): StaffVisit, Path(batch): Path<String>) -> Result<Response, DoorFault> {
    let written = write_batch(&visit, &batch, std::io::Cursor::new(Vec::new())).await?;
    take_batch(&visit, None, &batch).await?;
    let name = format!("{batch}.zip");
    Ok(door::attached(&name, &name, "application/zip", written.into_inner()))
}

fn line(one: &BatchLine, may_take: bool, visit: &Visit, word: &impl Fn(&str) -> String) -> Line {
    let rows = one.rows.iter().map(|(table, many)| {
        let named = ["added", "changed", "removed"].iter().zip(many).filter(|(_, many)| **many > 0);
        let said: Vec<String> = named.map(|(key, many)| format!("{} {many}", word(key))).collect();
        format!("{}：{}", table.label(), said.join("、"))
    });
    Line {
        number: one.number.clone(),
        closed: ui::say::moment(one.closed_at, visit.today()),
        by: one.made_by.clone(),
        cases: one.cases.to_string(),
        held: one.held.to_string(),
        rows: rows.collect(),
        lamp: match one.handed_at {
            Some(at) => Lamp::Green.saying(format!("{} {}", word("handed"), ui::say::moment(at, visit.today()))),
            None => Lamp::Yellow.saying(word("not-handed")),
        },
        file: may_take.then(|| format!("{HOME}/{}/file", one.number)),
    }
}

fn held(one: &HeldCase, word: &impl Fn(&str) -> String) -> Held {
    let cells = one.cells.iter().map(|cell| {
        let what = format!("{} {}（{}.{}）", cell.why.label(), cell.table.label(), cell.table, cell.column);
        let next = match cell.why {
            Why::Empty => word("fill"),
            Why::TooLong => word("shorten"),
        };
        (what, next)
    });
    Held { number: one.project_no.clone(), cells: cells.collect() }
}

//! `/desk/revisions/{id}/{subject}/{record}/{section}`: one part of a record as a form. A section of rows shows them in a table, in
//! an order that can be changed, and opens one at a time; nobody needs to know the file behind it.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use authoring::State;
use authoring::form::{self, Column, Kind, Row, Section};
use authoring_service::acts::{Part, edit_section, stamp};
use authoring_service::reads::revisions as reads;
use authoring_service::saying;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Field, Shell};

use super::record::Place;
use super::{REVISIONS, REVISIONS_NAME, cells, trouble};
use crate::done::{self, Done};
use crate::form::Sheet;
use crate::frame;

/// A row in the table of its section.
struct RowLine {
    href: String,
    /// What tells it from the others, so that no other is moved in its place.
    seen: String,
    cells: Vec<String>,
    /// Where its condition is put together, if it has one to put together.
    when: Option<String>,
}

#[derive(Template)]
#[template(path = "desk_section.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    name: String,
    record: String,
    /// Heads and rows; nothing where the section has no rows or one is open.
    heads: Vec<String>,
    rows: Vec<RowLine>,
    add: Option<String>,
    fields: Vec<Field>,
    row: String,
    seen: String,
    /// What the section was when the page was made.
    base: String,
    may_remove: bool,
    when: Option<String>,
    is_drafting: bool,
    key: String,
}

/// Which row is open: its place, or `new`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Open {
    row: String,
}

/// A section of a record, as its address says.
pub struct Here {
    pub place: Place,
    pub section: &'static Section,
}

impl Here {
    /// Of the parts of an address.
    pub fn of(revision: &str, subject: &str, record: &str, section: &str) -> Result<Self, Fault> {
        let place = Place::of(revision, subject, record)?;
        let section = place.subject.section(section).ok_or(Fault::NotFound)?;
        Ok(Self { place, section })
    }

    /// The address of the section.
    pub fn home(&self) -> String {
        format!("{}/{}", self.place.home(), self.section.code)
    }

    /// The same for an act, with what the editor saw of it.
    pub fn part<'p>(&'p self, seen: Option<&'p str>) -> Part<'p> {
        Part { subject: self.place.subject, id: &self.place.id, section: self.section, seen }
    }
}

/// `GET`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path((id, subject, record, section)): Path<(String, String, String, String)>,
    Query(open): Query<Open>,
) -> Result<Response, DoorFault> {
    let here = Here::of(&id, &subject, &record, &section)?;
    let done = done::of(&visit, &headers, REVISIONS).await?;
    let page = page(&visit, &here, &open.row, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `POST`
pub async fn save(
    Path((id, subject, record, section)): Path<(String, String, String, String)>,
    posted: Posted<Sheet>,
) -> Result<Response, DoorFault> {
    let Posted { visit, key, form: sheet } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let here = Here::of(&id, &subject, &record, &section)?;
    let record = reads::record(&visit, here.place.revision, here.place.subject, &here.place.id).await?;
    let rows = form::rows(here.section, &record.value);
    let sent = cells::sent(here.section.columns.iter(), &sheet);
    // What was changed meanwhile the act refuses; nothing is made of it here.
    let base = base(&sheet);
    let rows = match (base.is_none_or(|base| base == stamp(&rows)), sheet.has("move")) {
        (false, _) => rows,
        (true, true) => moved(here.section, rows, &sheet)?,
        (true, false) => with_sent(here.section, rows, &sheet, &sent)?,
    };
    let outcome = edit_section(&visit, Some(&key), here.place.revision, here.part(base), &rows).await;
    let next = |_| if here.section.rows.is_some() { here.home() } else { here.place.home() };
    match done::settled(outcome, next, "revision-edited") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let kept = Kept { row: sent, seen: sheet.one("seen").to_owned(), fault: cells::on_one_row(fault) };
            let page = page(&visit, &here, sheet.one("row"), None, Some(kept)).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What the section was when the page was made.
pub fn base(sheet: &Sheet) -> Option<&str> {
    Some(sheet.one("base")).filter(|base| !base.is_empty())
}

/// What was sent in vain: the row, what it was when it was opened, and why.
struct Kept {
    row: Row,
    seen: String,
    fault: Fault,
}

/// The rows with the one that was sent in its place, at the end, or gone.
fn with_sent(section: &Section, mut rows: Vec<Row>, sheet: &Sheet, sent: &Row) -> Result<Vec<Row>, Fault> {
    let number = match (section.rows, sheet.one("row").parse::<usize>()) {
        (None, _) => 0,
        (Some(_), Ok(number)) if number < rows.len() => number,
        (Some(_), _) => rows.len(),
    };
    if number < rows.len() && section.rows.is_some() {
        is_same(section, &rows[number], sheet.one("seen"))?;
    }
    if sheet.has("gone") {
        if number < rows.len() {
            rows.remove(number);
        }
        return Ok(rows);
    }
    let at = rows.get(number).and_then(|row| row.at);
    let row = Row { at, ..sent.clone() };
    if number < rows.len() {
        rows[number] = row
    } else {
        rows.push(row)
    }
    Ok(rows)
}

/// The rows with one of them before or behind its neighbour: `up-3`, `down-3`.
fn moved(section: &Section, mut rows: Vec<Row>, sheet: &Sheet) -> Result<Vec<Row>, Fault> {
    let (way, number) = sheet.one("move").split_once('-').ok_or(Fault::NotFound)?;
    let number: usize = frame::id(number)?;
    let other = match way {
        "up" => number.checked_sub(1),
        "down" => number.checked_add(1),
        _ => None,
    };
    let other = other.filter(|other| *other < rows.len() && number < rows.len()).ok_or(Fault::Conflict)?;
    is_same(section, &rows[number], sheet.one(&format!("seen-{number}")))?;
    rows.swap(number, other);
    Ok(rows)
}

/// Somebody may have added or taken away rows since the page was made.
fn is_same(section: &Section, row: &Row, seen: &str) -> Result<(), Fault> {
    // Browsers end lines in their own way.
    if row.key(section).trim() == seen.replace("\r\n", "\n") { Ok(()) } else { Err(Fault::Conflict) }
}

async fn page(visit: &Visit, here: &Here, open: &str, done: Option<Done>, kept: Option<Kept>) -> Result<Page, Fault> {
    let (place, section) = (&here.place, here.section);
    let view = reads::one(visit, place.revision).await?;
    let record = reads::record(visit, place.revision, place.subject, &place.id).await?;
    let known = reads::known(visit, place.revision).await?;
    let words = visit.world.part::<Words>();
    let naming = (&known, &*words);
    let rows = form::rows(section, &record.value);
    let name = words.get(&format!("form-section.{}", section.code)).to_owned();
    let home = here.home();
    let number = match section.rows {
        None => Some(0),
        Some(_) => open.parse::<usize>().ok().filter(|number| *number < rows.len()),
    };
    let is_open = section.rows.is_none() || number.is_some() || open == "new";
    let blank = Row::default();
    let shown = kept.as_ref().map(|kept| &kept.row).or_else(|| rows.get(number?)).unwrap_or(&blank);
    let fault = kept.as_ref().map(|kept| &kept.fault);
    // The row that is saved again has to be the one that was opened, wherever it stands now.
    let seen = kept.as_ref().filter(|_| section.rows.is_some()).map(|kept| kept.seen.clone());
    let seen = seen.or_else(|| Some(rows.get(number?)?.key(section))).unwrap_or_default();
    let fields: Vec<Field> = match is_open {
        true => section.columns.iter().map(|column| cells::field(section, column, shown, fault, naming)).collect(),
        false => Vec::new(),
    };
    let has_when = section.columns.iter().any(|column| column.kind == Kind::Condition);
    let when = |number: usize| format!("{home}/{number}/when");
    let heads = || section.columns.iter().filter(|column: &&Column| cells::is_head(column));
    let line = |(number, row): (usize, &Row)| RowLine {
        href: format!("{home}?row={number}"),
        seen: row.key(section),
        cells: heads().map(|column| saying::cell(column, row, &words, &known)).collect(),
        when: has_when.then(|| when(number)),
    };
    let shell = frame::desk(visit, name.clone())
        .crumb(REVISIONS, REVISIONS_NAME)
        .crumb(place.revision(), view.line.title.clone())
        .crumb(place.home(), record.name().to_owned());
    let shell = match (section.rows, is_open) {
        (Some(_), true) => shell.crumb(home.clone(), name.clone()).crumb_here("一条"),
        _ => shell.crumb_here(name.clone()),
    };
    Ok(Page {
        shell,
        done,
        errors: ErrorSummary::of(&fields),
        trouble: fault.and_then(|fault| trouble(fault, &words)),
        heads: heads().map(|column| words.get(&section.label_key(column)).to_owned()).collect(),
        rows: if is_open { Vec::new() } else { rows.iter().enumerate().map(line).collect() },
        add: (!is_open).then(|| format!("{home}?row=new")),
        row: number.map_or_else(|| "new".to_owned(), |number| number.to_string()),
        seen,
        base: stamp(&rows),
        may_remove: section.rows.is_some() && number.is_some(),
        when: number.filter(|_| has_when && section.rows.is_some()).map(when),
        is_drafting: view.line.state == State::Drafting,
        record: record.name().to_owned(),
        fields,
        name,
        home,
        key: frame::key(),
    })
}

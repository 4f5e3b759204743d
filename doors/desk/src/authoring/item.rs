//! `/desk/revisions/{id}/items/{item}`: an item as a form, section by section. A section of rows shows them in a table and opens one
//! at a time; nobody needs to know the file behind it.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use authoring::form::{self, Column, Kind, Row, SECTIONS, Section};
use authoring::yaml::{self, Value};
use authoring_service::acts::edit_section;
use authoring_service::reads::revisions as reads;
use authoring_service::saying;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use catalog_service::Shelf;
use platform::{Fault, FieldFault};
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Opt, Shell};
use uuid::Uuid;

use super::{REVISIONS, REVISIONS_NAME, told, trouble};
use crate::done::{self, Done};
use crate::form::Sheet;
use crate::frame;

/// A link to a section, with what it holds.
struct SectionLine {
    href: String,
    name: String,
    holds: String,
}

#[derive(Template)]
#[template(path = "desk_item.html")]
struct ItemPage {
    shell: Shell,
    done: Option<Done>,
    revision: String,
    name: String,
    facts: Vec<(String, String)>,
    sections: Vec<SectionLine>,
    split: String,
    file: String,
    is_drafting: bool,
}

/// A row in the table of its section.
struct RowLine {
    href: String,
    cells: Vec<String>,
    /// Where its condition is put together, if it has one to put together.
    when: Option<String>,
}

#[derive(Template)]
#[template(path = "desk_item_section.html")]
struct SectionPage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    name: String,
    item: String,
    /// Heads and rows; nothing where the section has no rows or one is open.
    heads: Vec<String>,
    rows: Vec<RowLine>,
    add: Option<String>,
    fields: Vec<Field>,
    row: String,
    seen: String,
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

/// The item that was chosen on the page of the revision.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Picked {
    item: String,
}

/// `GET /desk/revisions/{id}/items`: on to the item that was chosen.
pub async fn pick(
    StaffVisit(visit): StaffVisit,
    Path(id): Path<String>,
    Query(picked): Query<Picked>,
) -> Result<Response, DoorFault> {
    let revision: Uuid = frame::id(&id)?;
    reads::item(&visit, revision, &picked.item).await?;
    Ok(Redirect::to(&format!("{REVISIONS}/{id}/items/{}", picked.item)).into_response())
}

/// `GET /desk/revisions/{id}/items/{item}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path((id, item)): Path<(String, String)>,
) -> Result<Response, DoorFault> {
    let revision: Uuid = frame::id(&id)?;
    let done = done::of(&visit, &headers, REVISIONS).await?;
    let view = reads::one(&visit, revision).await?;
    let (path, text) = reads::item(&visit, revision, &item).await?;
    let words = visit.world.part::<Words>();
    let value = yaml::read(&text).unwrap_or(Value::Null);
    let home = format!("{REVISIONS}/{id}");
    let section = |section: &Section| SectionLine {
        href: format!("{home}/items/{item}/{}", section.code),
        name: words.get(&format!("form-section.{}", section.code)).to_owned(),
        holds: match section.rows {
            Some(_) => format!("{} 条", form::rows(section, &value).len()),
            None => String::new(),
        },
    };
    let one = |key: &str| value.at(key).and_then(Value::as_text).unwrap_or_default().to_owned();
    let name = one("name");
    let page = ItemPage {
        shell: frame::desk(&visit, name.clone())
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(home.clone(), view.line.title.clone())
            .crumb_here("事项"),
        done,
        facts: vec![
            ("业务办理项编码".to_owned(), one("code")),
            ("版本".to_owned(), format!("第 {} 版", one("version"))),
            ("生效".to_owned(), one("effective")),
        ],
        sections: SECTIONS.iter().map(section).collect(),
        split: format!("{home}/items/{item}/split"),
        file: format!("{home}/files?{}", access_service::door::pair("path", &path)),
        revision: home,
        name,
        is_drafting: view.line.state == authoring::State::Drafting,
    };
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `GET /desk/revisions/{id}/items/{item}/{section}`
pub async fn section(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path((id, item, section)): Path<(String, String, String)>,
    Query(open): Query<Open>,
) -> Result<Response, DoorFault> {
    let place = Place::of(&id, &item, &section)?;
    let done = done::of(&visit, &headers, REVISIONS).await?;
    let page = page(&visit, &place, &open.row, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// A section of an item of a revision.
struct Place {
    revision: Uuid,
    item: String,
    section: &'static Section,
}

impl Place {
    fn of(id: &str, item: &str, section: &str) -> Result<Self, Fault> {
        let section = Section::of(section).ok_or(Fault::NotFound)?;
        Ok(Self { revision: frame::id(id)?, item: item.to_owned(), section })
    }

    fn home(&self) -> String {
        format!("{REVISIONS}/{}/items/{}/{}", self.revision, self.item, self.section.code)
    }
}

/// `POST /desk/revisions/{id}/items/{item}/{section}`
pub async fn save(
    Path((id, item, section)): Path<(String, String, String)>,
    posted: Posted<Sheet>,
) -> Result<Response, DoorFault> {
    let Posted { visit, key, form: sheet } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let place = Place::of(&id, &item, &section)?;
    let (_, text) = reads::item(&visit, place.revision, &place.item).await?;
    let value = yaml::read(&text).unwrap_or(Value::Null);
    let mut rows = form::rows(place.section, &value);
    let sent = sent(place.section, &sheet);
    let number = match (place.section.rows, sheet.one("row").parse::<usize>()) {
        (None, _) => 0,
        (Some(_), Ok(number)) if number < rows.len() => number,
        (Some(_), _) => rows.len(),
    };
    // Somebody may have added or taken away rows since this one was opened.
    if number < rows.len() && place.section.rows.is_some() && rows[number].key(place.section) != sheet.one("seen") {
        return Err(Fault::Conflict.into());
    }
    if sheet.has("gone") {
        if number < rows.len() {
            rows.remove(number);
        }
    } else {
        let at = rows.get(number).and_then(|row| row.at);
        let row = Row { at, ..sent.clone() };
        if number < rows.len() { rows[number] = row } else { rows.push(row) }
    }
    let outcome = edit_section(&visit, Some(&key), place.revision, (&place.item, place.section), &rows).await;
    let next = |_| match place.section.rows {
        Some(_) => place.home(),
        None => format!("{REVISIONS}/{}/items/{}", place.revision, place.item),
    };
    match done::settled(outcome, next, "revision-edited") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            // Faults are named by row and path; on this page there is one row.
            let fault = match fault {
                Fault::Invalid(faults) => Fault::Invalid(faults.into_iter().map(here).collect()),
                fault => fault,
            };
            let page = page(&visit, &place, sheet.one("row"), None, Some((sent, fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn here(fault: FieldFault) -> FieldFault {
    let path = fault.field.split_once('-').map_or(fault.field.clone(), |(_, path)| path.to_owned());
    FieldFault { field: path, ..fault }
}

fn sent(section: &Section, sheet: &Sheet) -> Row {
    let cell = |column: &Column| {
        let texts: Vec<String> = match column.kind {
            Kind::Words(_) => sheet.all(column.path).into_iter().map(str::to_owned).collect(),
            _ => Some(sheet.one(column.path).to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
        };
        (column.path, texts)
    };
    Row { at: None, cells: section.columns.iter().map(cell).collect() }
}

async fn page(
    visit: &Visit,
    place: &Place,
    open: &str,
    done: Option<Done>,
    kept: Option<(Row, Fault)>,
) -> Result<SectionPage, Fault> {
    let view = reads::one(visit, place.revision).await?;
    let (_, text) = reads::item(visit, place.revision, &place.item).await?;
    let value = yaml::read(&text).unwrap_or(Value::Null);
    let (words, section) = (visit.world.part::<Words>(), place.section);
    let rows = form::rows(section, &value);
    let item = value.at("name").and_then(Value::as_text).unwrap_or(&place.item).to_owned();
    let name = words.get(&format!("form-section.{}", section.code)).to_owned();
    let home = place.home();
    let number = match section.rows {
        None => Some(0),
        Some(_) => open.parse::<usize>().ok().filter(|number| *number < rows.len()),
    };
    let is_open = section.rows.is_none() || number.is_some() || open == "new";
    let blank = Row::default();
    let shown = match (&kept, number) {
        (Some((row, _)), _) => row,
        (None, Some(number)) => rows.get(number).unwrap_or(&blank),
        (None, None) => &blank,
    };
    let fault = kept.as_ref().map(|(_, fault)| fault);
    let fields: Vec<Field> = match is_open {
        true => section.columns.iter().map(|column| field(section, column, shown, fault, visit)).collect(),
        false => Vec::new(),
    };
    let has_when = section.columns.iter().any(|column| column.kind == Kind::Condition);
    let when = |number: usize| format!("{home}/{number}/when");
    let heads = section.columns.iter().filter(|column| is_head(column));
    let line = |(number, row): (usize, &Row)| RowLine {
        href: format!("{home}?row={number}"),
        cells: section.columns.iter().filter(|column| is_head(column)).map(|column| cell(column, row, visit)).collect(),
        when: has_when.then(|| when(number)),
    };
    let item_home = format!("{REVISIONS}/{}/items/{}", place.revision, place.item);
    let shell = frame::desk(visit, name.clone())
        .crumb(REVISIONS, REVISIONS_NAME)
        .crumb(format!("{REVISIONS}/{}", place.revision), view.line.title.clone())
        .crumb(item_home, item.clone());
    let shell = match (section.rows, is_open) {
        (Some(_), true) => shell.crumb(home.clone(), name.clone()).crumb_here("一条"),
        _ => shell.crumb_here(name.clone()),
    };
    Ok(SectionPage {
        shell,
        done,
        errors: ErrorSummary::of(&fields),
        trouble: fault.and_then(|fault| trouble(fault, &words)),
        heads: heads.map(|column| words.get(&section.label_key(column)).to_owned()).collect(),
        rows: if is_open { Vec::new() } else { rows.iter().enumerate().map(line).collect() },
        add: (!is_open).then(|| format!("{home}?row=new")),
        row: number.map_or_else(|| "new".to_owned(), |number| number.to_string()),
        seen: number.and_then(|number| rows.get(number)).map_or_else(String::new, |row| row.key(section)),
        may_remove: section.rows.is_some() && number.is_some(),
        when: number.filter(|_| has_when && section.rows.is_some()).map(when),
        is_drafting: view.line.state == authoring::State::Drafting,
        fields,
        name,
        item,
        home,
        key: frame::key(),
    })
}

/// Columns that stand in the table.
fn is_head(column: &Column) -> bool {
    !matches!(column.path, "id" | "basis.law" | "basis.article" | "copy" | "media" | "copies" | "waive" | "standard")
        && !matches!(column.kind, Kind::YesNo)
}

/// A cell in words.
pub fn cell(column: &Column, row: &Row, visit: &Visit) -> String {
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    saying::cell(column, row, &words, shelf.catalog())
}

fn field(section: &Section, column: &Column, row: &Row, fault: Option<&Fault>, visit: &Visit) -> Field {
    let (words, shelf) = (visit.world.part::<Words>(), visit.world.part::<Shelf>());
    let catalog = shelf.catalog();
    let options =
        |pairs: Vec<(String, String)>| pairs.into_iter().map(|(value, label)| Opt::new(value, label)).collect();
    let kind = match column.kind {
        Kind::Line | Kind::Condition => FieldKind::Text { max: None },
        Kind::Long | Kind::Waivers => FieldKind::Long { max: None },
        Kind::Day => FieldKind::Date,
        Kind::Count => FieldKind::Number { unit: None },
        Kind::Money => FieldKind::Number { unit: Some("元".to_owned()) },
        Kind::YesNo => FieldKind::Bool,
        Kind::Word(vocabulary) => FieldKind::Choice(options(vocabulary.options(|key| words.get(key).to_owned()))),
        Kind::Words(vocabulary) => FieldKind::Multi(options(vocabulary.options(|key| words.get(key).to_owned()))),
        Kind::Element => FieldKind::Choice(
            catalog
                .elements
                .values()
                .map(|one| Opt::new(one.code.as_str(), format!("{}（{}）", one.name, one.code)))
                .collect(),
        ),
        Kind::Material => FieldKind::Choice(
            catalog.materials.values().map(|one| Opt::new(one.id.as_str(), one.name.as_str())).collect(),
        ),
        Kind::Licence => FieldKind::Choice(
            catalog.licences.values().map(|one| Opt::new(one.id.as_str(), one.name.as_str())).collect(),
        ),
        Kind::Law => {
            FieldKind::Choice(catalog.laws.values().map(|one| Opt::new(one.name.as_str(), one.name.as_str())).collect())
        }
    };
    let texts = row.cells.get(column.path).cloned().unwrap_or_default();
    let mut field = Field::new(column.path, words.get(&section.label_key(column)), kind).values(texts);
    if !column.required {
        field = field.optional();
    }
    if let Some(help) = help(column) {
        field = field.help(help);
    }
    told(field, fault, &words)
}

fn help(column: &Column) -> Option<&'static str> {
    match (column.kind, column.path) {
        (Kind::Condition, _) => Some("表达式；保存以后可以在“用选项组成条件”里选"),
        (Kind::Waivers, _) => Some(
            "一行一种，从上往下第一个用得上的算数：form 并进一张表单，licence 电子证照，check 核验接口，product 事项代号，commitment 告知承诺，element 数据元",
        ),
        (Kind::Day, "effective") => Some("版本号自动加一；晚于今天的，到那一天才能办"),
        (_, "id") => Some("本事项内不重复，如 c1、B5"),
        _ => None,
    }
}

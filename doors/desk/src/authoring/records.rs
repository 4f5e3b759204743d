//! `/desk/revisions/{id}/{subject}`: the items, themes, elements or materials of a revision, and a new one.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use authoring::form::{Column, Row};
use authoring::{Known, State, Subject};
use authoring_service::acts::{NewRecord, add_record, copy_item, first_section};
use authoring_service::reads::revisions as reads;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Opt, Shell};
use uuid::Uuid;

use super::{REVISIONS, REVISIONS_NAME, cells, told, trouble};
use crate::done;
use crate::form::Sheet;
use crate::frame;

/// Records shown at once; who looks for one of many types a part of its name.
const SHOWN: usize = 200;

/// A record in the list.
struct Line {
    href: String,
    name: String,
    id: String,
}

#[derive(Template)]
#[template(path = "desk_records.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    name: String,
    said: String,
    lines: Vec<Line>,
    more: usize,
    fields: Vec<Field>,
    is_drafting: bool,
    key: String,
}

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    q: String,
}

/// `GET`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    Path((id, subject)): Path<(String, String)>,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let subject = Subject::parse(&subject).ok_or(Fault::NotFound)?;
    let revision: Uuid = frame::id(&id)?;
    Ok(ui::page(page(&visit, revision, subject, address.q.trim(), None).await?))
}

/// `POST`: a new one.
pub async fn add(Path((id, subject)): Path<(String, String)>, posted: Posted<Sheet>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form: sheet } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let subject = Subject::parse(&subject).ok_or(Fault::NotFound)?;
    let (revision, new): (Uuid, &str) = (frame::id(&id)?, sheet.one("id"));
    let outcome = match subject {
        Subject::Item => copy_item(&visit, Some(&key), revision, (sheet.one("from"), new, sheet.one("name"))).await,
        Subject::Theme | Subject::Element | Subject::Material => {
            let row = cells::sent(first_columns(subject), &sheet);
            let record = NewRecord { id: new.to_owned(), path: sheet.one("path").to_owned(), row };
            add_record(&visit, Some(&key), revision, subject, &record).await
        }
    };
    let next = |_| format!("{REVISIONS}/{revision}/{}/{new}", subject.code());
    match done::settled(outcome, next, "revision-edited") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, revision, subject, "", Some((&sheet, cells::on_one_row(fault)))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What a new record must say at once.
fn first_columns(subject: Subject) -> impl Iterator<Item = &'static Column> {
    first_section(subject).columns.iter().filter(|column| column.required)
}

async fn page(
    visit: &Visit,
    revision: Uuid,
    subject: Subject,
    said: &str,
    kept: Option<(&Sheet, Fault)>,
) -> Result<Page, Fault> {
    let view = reads::one(visit, revision).await?;
    let (all, files) = reads::records(visit, revision, subject).await?;
    let known = reads::known(visit, revision).await?;
    let words = visit.world.part::<Words>();
    let home = format!("{REVISIONS}/{revision}/{}", subject.code());
    let name = words.get(subject.text_key()).to_owned();
    let found: Vec<&(String, String)> =
        all.iter().filter(|(id, name)| said.is_empty() || name.contains(said) || id.contains(said)).collect();
    let is_drafting = view.line.state == State::Drafting;
    let fields = if is_drafting { fields(subject, (&all, &files), &known, kept.as_ref(), visit) } else { Vec::new() };
    let line =
        |(id, name): &&(String, String)| Line { href: format!("{home}/{id}"), name: name.clone(), id: id.clone() };
    Ok(Page {
        shell: frame::desk(visit, name.clone())
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(format!("{REVISIONS}/{revision}"), view.line.title.clone())
            .crumb_here(name.clone()),
        errors: ErrorSummary::of(&fields),
        trouble: kept.as_ref().and_then(|(_, fault)| trouble(fault, &words)),
        lines: found.iter().take(SHOWN).map(line).collect(),
        more: found.len().saturating_sub(SHOWN),
        said: said.to_owned(),
        fields,
        is_drafting,
        home,
        name,
        key: frame::key(),
    })
}

fn fields(
    subject: Subject,
    (all, files): (&[(String, String)], &[String]),
    known: &Known,
    kept: Option<&(&Sheet, Fault)>,
    visit: &Visit,
) -> Vec<Field> {
    let words = visit.world.part::<Words>();
    let (sheet, fault) = (kept.map(|(sheet, _)| *sheet), kept.map(|(_, fault)| fault));
    let said = |name: &str| sheet.map_or_else(String::new, |sheet| sheet.one(name).to_owned());
    let choice = |name: &str, label: &str, options: Vec<Opt>| {
        let field = Field::new(name.to_owned(), label, FieldKind::Choice(options)).value(said(name));
        told(field, fault, &words)
    };
    let id = Field::new("id", "代号", FieldKind::Text { max: Some(64) }).value(said("id"));
    let id = id.help("小写字母、数字、连字符和下划线，字母开头；发布以后不能再改");
    let mut fields = vec![told(id, fault, &words)];
    if subject == Subject::Item {
        let items = all.iter().map(|(id, name)| Opt::new(id.as_str(), name.as_str())).collect();
        fields.push(choice("from", "照着哪个事项", items));
        let name = Field::new("name", "事项名称", FieldKind::Text { max: None }).value(said("name"));
        fields.push(told(name, fault, &words));
        return fields;
    }
    if subject.is_listed() {
        let options = files.iter().map(|path| Opt::new(path.as_str(), path.as_str())).collect();
        fields.push(choice("path", "放在哪个文件", options));
    }
    let section = first_section(subject);
    let row = sheet.map_or_else(Row::default, |sheet| cells::sent(first_columns(subject), sheet));
    fields.extend(first_columns(subject).map(|column| cells::field(section, column, &row, fault, (known, &words))));
    fields
}

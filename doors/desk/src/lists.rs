//! `/desk/lists`: what offices bring in for the four lists. A file is looked at, its columns are named, its defects are told and
//! go back with it, and the standards office publishes what is sound.

use std::collections::BTreeMap;

use access::Role;
use access_service::door::form::file_form;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::{Multipart, Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use platform::{Fault, FieldFault, RequestKey};
use serde::Deserialize;
use standards::ListKind;
use standards::column::Column;
use standards::defect::{DefectKind, Weight};
use standards_service::acts::{BringIn, bring_in, drop_batch, map_columns, publish_list};
use standards_service::reads::batches::{self as reads, BatchView, Counts, Line};
use ui::{ErrorSummary, Field, FieldKind, Opt, Pager, Shell};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;

const HOME: &str = "/desk/lists";
/// Largest file: three times what 40,000 rows need.
const FILE_BYTES: usize = 32 << 20;
/// The whole form.
pub const BODY_BYTES: usize = FILE_BYTES + (64 << 10);
/// Rows on a page.
const ROWS: usize = 50;

/// One file in the list.
struct FileLine {
    href: String,
    file: String,
    rows: String,
    by: String,
    at: String,
    state: String,
}

#[derive(Template)]
#[template(path = "desk_lists.html")]
struct ListPage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    list: Field,
    file_fault: Option<String>,
    limit: String,
    key: String,
    lines: Vec<FileLine>,
}

/// `GET /desk/lists`
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    Ok(done::shown(&visit, &headers, ui::page(list_page(&visit, done, None, ListKind::Power).await?)))
}

async fn list_page(
    visit: &Visit,
    done: Option<Done>,
    fault: Option<FieldFault>,
    chosen: ListKind,
) -> Result<ListPage, Fault> {
    let words = visit.world.part::<Words>();
    let options = ListKind::ALL.iter().map(|list| Opt::new(list.code(), words.get(list.text_key())));
    let list = Field::new("list", "哪张清单", FieldKind::Choice(options.collect()))
        .value(chosen.code())
        .help("表格里写了事项类型或者清单名称的，以表格为准");
    let file_fault = fault.map(|fault| door::field_fault(&fault, &words));
    let line = |line: &Line| FileLine {
        href: format!("{HOME}/{}", line.id),
        file: line.file.clone(),
        rows: ui::say::count(line.rows),
        by: line.brought_by.clone(),
        at: ui::say::moment(line.brought_at, visit.today()),
        state: state(line),
    };
    Ok(ListPage {
        shell: frame::desk(visit, "清单导入"),
        done,
        errors: ErrorSummary { errors: file_fault.iter().map(|said| ("file".to_owned(), said.clone())).collect() },
        list,
        file_fault,
        limit: ui::say::bytes(FILE_BYTES as u64),
        key: frame::key(),
        lines: reads::list(visit).await?.iter().map(line).collect(),
    })
}

fn state(line: &Line) -> String {
    let number = |count: Option<i32>| ui::say::count(count.unwrap_or_default());
    match (line.published_at, line.dropped_at) {
        (Some(_), _) => {
            let left = line.left_out.filter(|left| *left > 0).map(|left| format!("，留下 {} 行", ui::say::count(left)));
            let (added, changed) = (number(line.added), number(line.changed));
            format!("已发布：新增 {added} 行，更新 {changed} 行{}", left.unwrap_or_default())
        }
        (None, Some(_)) => "已作废".to_owned(),
        (None, None) => "待发布".to_owned(),
    }
}

/// `POST /desk/lists`: takes a file in.
pub async fn take(visit: Visit, form: Multipart) -> Result<Response, DoorFault> {
    frame::staff_only(&visit, HOME)?;
    let received = receive(&visit, form).await;
    let (key, order) = match received {
        Ok(received) => received,
        Err(Fault::Invalid(faults)) => return refused(&visit, faults, ListKind::Power).await,
        Err(fault) => return Err(fault.into()),
    };
    let list = order.list;
    match bring_in(&visit, Some(&key), order).await {
        Ok(batch) => Ok(done::redirect(&format!("{HOME}/{batch}"), "list-brought")),
        Err(Fault::Repeated(first)) => Ok(done::redirect(&format!("{HOME}/{}", first.subject), "repeated")),
        Err(Fault::Invalid(faults)) => refused(&visit, faults, list).await,
        Err(fault) => Err(fault.into()),
    }
}

async fn refused(visit: &Visit, faults: Vec<FieldFault>, list: ListKind) -> Result<Response, DoorFault> {
    let page = list_page(visit, None, faults.into_iter().next(), list).await?;
    Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// The form as an order.
async fn receive(visit: &Visit, form: Multipart) -> Result<(RequestKey, BringIn), Fault> {
    let sent = file_form(visit, form, FILE_BYTES, &["list"]).await?;
    let list = sent.fields.get("list").and_then(|code| ListKind::parse(code)).unwrap_or(ListKind::Power);
    Ok((door::request_key(visit, &sent.key)?, BringIn { file: sent.name, bytes: sent.file, list }))
}

/// A defect with how many rows have it.
struct DefectLine {
    href: String,
    weight: &'static str,
    word: String,
    name: String,
    rows: String,
    mend: String,
    chosen: bool,
}

/// A row of the file, as it is understood.
struct RowLine {
    line: usize,
    name: String,
    unit: String,
    list: String,
    code: String,
    /// Weight, its word, what is wrong: in a sentence where one defect was chosen, by name otherwise.
    defects: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "desk_list.html")]
struct OnePage {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    home: String,
    file: String,
    state: String,
    is_open: bool,
    may_publish: bool,
    facts: Vec<(String, String)>,
    /// What publishing would do, in figures: label, rows.
    would: Vec<(&'static str, String)>,
    list: Field,
    columns: Vec<Field>,
    needs_columns: bool,
    unused: Vec<String>,
    defects: Vec<DefectLine>,
    rows: Vec<RowLine>,
    shown: String,
    /// Only rows with one defect are shown.
    some: bool,
    pager: Pager,
    key: String,
}

/// Which rows are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Only rows with this defect.
    defect: String,
    /// Lines up to this one are left out.
    after: usize,
}

/// `GET /desk/lists/{batch}`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Path(batch): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let batch: Uuid = frame::id(&batch)?;
    let done = done::of(&visit, &headers, HOME).await?;
    let page = one_page(&visit, batch, &address, done, None).await?;
    Ok(done::shown(&visit, &headers, ui::page(page)))
}

/// `GET /desk/lists/{batch}/sent-back`: the file with its defects, to go back to the office.
pub async fn sent_back(StaffVisit(visit): StaffVisit, Path(batch): Path<String>) -> Result<Response, DoorFault> {
    let (name, bytes) = reads::sent_back(&visit, frame::id(&batch)?).await?;
    Ok(door::attached("defects.xlsx", &name, standards_service::sheets::media_type(true), bytes))
}

/// What the forms send: the list, and under `map-…` the head of each column.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

/// `POST /desk/lists/{batch}/orders/{order}`, where `order` is `map`, `publish` or `drop`.
pub async fn give(Path((batch, order)): Path<(String, String)>, posted: Posted<Sent>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let batch: Uuid = frame::id(&batch)?;
    let key = Some(&key);
    let outcome = match order.as_str() {
        "map" => {
            let (list, columns) = mapping(&form.fields);
            map_columns(&visit, key, batch, list, columns).await
        }
        "publish" => publish_list(&visit, key, batch).await.map(|_| ()),
        "drop" => drop_batch(&visit, key, batch).await,
        _ => Err(Fault::NotFound),
    };
    let here = format!("{HOME}/{batch}");
    match outcome {
        Ok(()) => Ok(done::redirect(&here, &format!("list-{order}"))),
        Err(Fault::Repeated(_)) => Ok(done::redirect(&here, "repeated")),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = one_page(&visit, batch, &Address::default(), None, Some(fault)).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn mapping(fields: &BTreeMap<String, String>) -> (ListKind, BTreeMap<Column, usize>) {
    let list = fields.get("list").and_then(|code| ListKind::parse(code)).unwrap_or(ListKind::Power);
    let place = |column: &Column| {
        let place = fields.get(&format!("map-{}", column.code()))?.parse().ok()?;
        Some((*column, place))
    };
    (list, Column::ALL.iter().filter_map(place).collect())
}

async fn one_page(
    visit: &Visit,
    batch: Uuid,
    address: &Address,
    done: Option<Done>,
    fault: Option<Fault>,
) -> Result<OnePage, Fault> {
    let view = reads::one(visit, batch).await?;
    let words = visit.world.part::<Words>();
    let home = format!("{HOME}/{batch}");
    let faults = match &fault {
        Some(Fault::Invalid(faults)) => faults.as_slice(),
        _ => &[],
    };
    let columns: Vec<Field> = Column::ALL.iter().map(|column| column_field(*column, &view, faults, &words)).collect();
    let trouble = match &fault {
        Some(Fault::Refusal(refusal)) => Some((words.refusal(refusal), words.next(refusal))),
        _ => None,
    };
    let (rows, shown, pager) = shown(&view, address, &home, &words);
    let options = ListKind::ALL.iter().map(|list| Opt::new(list.code(), words.get(list.text_key())));
    let is_open = view.would.is_some();
    Ok(OnePage {
        shell: frame::desk(visit, view.line.file.clone()).crumb(HOME, "清单导入").crumb_here(view.line.file.clone()),
        done,
        errors: ErrorSummary::of(columns.iter()),
        trouble,
        file: view.line.file.clone(),
        state: state(&view.line),
        is_open,
        may_publish: is_open && view.missing.is_empty() && visit.actor.has_role(Role::Standards),
        facts: vec![
            (
                "导入".to_owned(),
                format!("{}，{}", view.line.brought_by, ui::say::moment(view.line.brought_at, visit.today())),
            ),
            ("行数".to_owned(), ui::say::count(view.line.rows)),
        ],
        would: view.would.map(figures).unwrap_or_default(),
        list: Field::new("list", "哪张清单", FieldKind::Choice(options.collect())).value(view.mapping.list.code()),
        needs_columns: !view.missing.is_empty(),
        unused: view.mapping.unused(&view.sheet).into_iter().map(|place| view.sheet.heads[place].clone()).collect(),
        columns,
        defects: defects(&view, address, &home, &words),
        rows,
        shown,
        some: !address.defect.is_empty(),
        pager,
        key: frame::key(),
        home,
    })
}

fn figures(counts: Counts) -> Vec<(&'static str, String)> {
    let figures =
        [("新增", counts.added), ("更新", counts.changed), ("不变", counts.unchanged), ("有错误", counts.left_out)];
    figures.into_iter().map(|(label, rows)| (label, ui::say::count(rows as u64))).collect()
}

/// Which column of theirs one of ours is.
fn column_field(column: Column, view: &BatchView, faults: &[FieldFault], words: &Words) -> Field {
    let name = format!("map-{}", column.code());
    let heads = view.sheet.heads.iter().enumerate().map(|(place, head)| Opt::new(place.to_string(), head.clone()));
    let options = std::iter::once(Opt::new("", "没有这一列")).chain(heads).collect();
    let chosen = view.mapping.columns.get(&column).map(ToString::to_string).unwrap_or_default();
    let error = faults.iter().find(|fault| *fault.field == name).map(|fault| {
        let label = fault.clone().fact("label", column.head());
        door::field_fault(&label, words)
    });
    let field = Field::new(name, column.head(), FieldKind::Choice(options)).value(chosen);
    let field = if matches!(column, Column::Name | Column::Unit) { field } else { field.optional() };
    match error {
        Some(error) => field.error(error),
        None => field,
    }
}

fn defects(view: &BatchView, address: &Address, home: &str, words: &Words) -> Vec<DefectLine> {
    let line = |(kind, rows): &(DefectKind, usize)| DefectLine {
        href: format!("{home}?{}", door::pair("defect", kind.code())),
        weight: kind.weight().code(),
        word: words.get(kind.weight().text_key()).to_owned(),
        name: words.get(&format!("defect-name.{}", kind.code())).to_owned(),
        rows: ui::say::count(*rows as u64),
        mend: reads::mend(words, *kind),
        chosen: address.defect == kind.code(),
    };
    view.defects.iter().map(line).collect()
}

/// The rows of a page: all, or those with the defect that was chosen.
fn shown(view: &BatchView, address: &Address, home: &str, words: &Words) -> (Vec<RowLine>, String, Pager) {
    let kind = DefectKind::parse(&address.defect);
    let fits =
        |row: &&standards::reading::ReadRow| kind.is_none_or(|kind| row.defects.iter().any(|one| one.kind == kind));
    let all: Vec<_> = view.rows.iter().filter(fits).collect();
    let from = all.iter().position(|row| row.line > address.after).unwrap_or(all.len());
    let page: Vec<_> = all.iter().skip(from).take(ROWS).collect();
    let to = |after: usize| {
        let after = if after == 0 { String::new() } else { after.to_string() };
        format!("{home}{}", door::query([("defect", address.defect.as_str()), ("after", &after)]))
    };
    let on = (from + page.len() < all.len()).then(|| page.last().map(|row| to(row.line))).flatten();
    let back = (from > 0).then(|| to(from.checked_sub(ROWS + 1).map_or(0, |place| all[place].line)));
    let shown = format!("本页 {} 行，共 {} 行", page.len(), ui::say::count(all.len() as u64));
    let line = |read: &standards::reading::ReadRow| RowLine {
        line: read.line,
        name: read.row.name.clone(),
        unit: read.row.unit.name.clone(),
        list: words.get(read.row.list.text_key()).to_owned(),
        code: read.row.code.clone(),
        defects: reads::by_weight(&read.defects)
            .into_iter()
            .filter(|defect| kind.map_or(defect.weight() != Weight::Note, |kind| defect.kind == kind))
            .map(|defect| {
                let weight = defect.weight();
                let said = match kind {
                    Some(_) => reads::sentence(words, defect),
                    None => words.get(&format!("defect-name.{}", defect.kind.code())).to_owned(),
                };
                (weight.code(), words.get(weight.text_key()).to_owned(), said)
            })
            .collect(),
    };
    (page.into_iter().map(|row| line(row)).collect(), shown.clone(), Pager { back, on, shown })
}

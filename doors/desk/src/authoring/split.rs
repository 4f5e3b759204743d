//! `/desk/revisions/{id}/items/{record}/split`: one item into several, each of one situation.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use authoring::form;
use authoring::split::{LEAVES_MAX, Leaf, themes_naming};
use authoring::yaml::Value;
use authoring::{Known, Subject};
use authoring_service::acts::split_item;
use authoring_service::reads::revisions as reads;
use authoring_service::saying;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use platform::Fault;
use ui::{Field, FieldKind, Opt, Shell};

use super::record::Place;
use super::{REVISIONS, REVISIONS_NAME, trouble};
use crate::done;
use crate::form::Sheet;
use crate::frame;

/// Leaves the page offers.
const OFFERED: usize = 3;

#[derive(Template)]
#[template(path = "desk_split.html")]
struct Page {
    shell: Shell,
    trouble: Option<(String, String)>,
    home: String,
    back: String,
    name: String,
    themes: Vec<String>,
    leaves: Vec<Vec<Field>>,
    is_drafting: bool,
    key: String,
}

/// `GET`
pub async fn show(
    StaffVisit(visit): StaffVisit,
    Path((id, subject, item)): Path<(String, String, String)>,
) -> Result<Response, DoorFault> {
    let place = item_of(&id, &subject, &item)?;
    Ok(ui::page(page(&visit, &place, None).await?))
}

/// `POST`
pub async fn give(
    Path((id, subject, item)): Path<(String, String, String)>,
    posted: Posted<Sheet>,
) -> Result<Response, DoorFault> {
    let Posted { visit, key, form: sheet } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let place = item_of(&id, &subject, &item)?;
    let leaves: Vec<Leaf> = (0..LEAVES_MAX).filter_map(|number| leaf(&sheet, number)).collect();
    let outcome = split_item(&visit, Some(&key), place.revision, &place.id, &leaves).await;
    match done::settled(outcome, |_| place.revision(), "revision-split") {
        Ok(answer) => Ok(answer),
        Err(fault @ Fault::Refusal(_)) => {
            let page = page(&visit, &place, Some((&sheet, &fault))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Only items are split.
fn item_of(id: &str, subject: &str, item: &str) -> Result<Place, Fault> {
    let place = Place::of(id, subject, item)?;
    if place.subject == Subject::Item { Ok(place) } else { Err(Fault::NotFound) }
}

/// A leaf as it was typed; none where nothing was.
fn leaf(sheet: &Sheet, number: usize) -> Option<Leaf> {
    let [id, name, situation, when] =
        ["id", "name", "situation", "when"].map(|field| sheet.one(&format!("{field}-{number}")).to_owned());
    if [&id, &name, &situation, &when].iter().all(|text| text.is_empty()) {
        return None;
    }
    let chosen = |field: &str| sheet.all(&format!("{field}-{number}")).into_iter().map(str::to_owned).collect();
    Some(Leaf { id, name, situation, when, materials: chosen("materials"), fields: chosen("fields") })
}

async fn page(visit: &Visit, place: &Place, kept: Option<(&Sheet, &Fault)>) -> Result<Page, Fault> {
    let view = reads::one(visit, place.revision).await?;
    let item = reads::record(visit, place.revision, Subject::Item, &place.id).await?;
    let known = reads::known(visit, place.revision).await?;
    let words = visit.world.part::<Words>();
    let naming = (&known, &*words);
    let (name, home) = (item.name().to_owned(), place.home());
    let files = reads::files(visit, place.revision).await?;
    let count = kept.map_or(OFFERED, |_| LEAVES_MAX);
    Ok(Page {
        shell: frame::desk(visit, "拆分事项")
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(place.revision(), view.line.title.clone())
            .crumb(home.clone(), name.clone())
            .crumb_here("拆分"),
        trouble: kept.and_then(|(_, fault)| trouble(fault, &words)),
        home: format!("{home}/split"),
        back: home,
        themes: themes_naming(&files, &place.id).into_keys().collect(),
        leaves: (0..count)
            .map(|number| fields((&item.value, &name), number, kept.map(|(sheet, _)| sheet), naming))
            .collect(),
        name,
        is_drafting: view.line.state == authoring::State::Drafting,
        key: frame::key(),
    })
}

fn fields(
    (item, name): (&Value, &str),
    number: usize,
    kept: Option<&Sheet>,
    (known, words): (&Known, &Words),
) -> Vec<Field> {
    let said = |field: &str| kept.map_or_else(String::new, |sheet| sheet.one(&format!("{field}-{number}")).to_owned());
    let text = |field: &str, label: &str, help: &str| {
        Field::new(format!("{field}-{number}"), label, FieldKind::Text { max: None }).value(said(field)).help(help)
    };
    let rows = |section: &str, path: &'static str| {
        let section = Subject::Item.section(section)?;
        let options = form::rows(section, item).into_iter().map(|row| {
            let shown = section.columns.iter().filter(|column| matches!(column.path, "name" | "material" | "element"));
            let said = shown.map(|column| saying::cell(column, &row, words, known)).find(|text| !text.is_empty());
            Opt::new(row.one(path), said.unwrap_or_default())
        });
        Some(options.collect::<Vec<_>>())
    };
    let multi = |field: &str, label: &str, options: Vec<Opt>| {
        let all = options.iter().map(|option| option.value.clone()).collect();
        let chosen =
            kept.map_or(all, |sheet| sheet.all(&format!("{field}-{number}")).into_iter().map(str::to_owned).collect());
        Field::multi(format!("{field}-{number}"), label, options).optional().values(chosen)
    };
    let sample = format!("如：{name}（自有场所）");
    let mut fields = vec![
        text("id", "代号", "小写字母、数字和连字符，如 sign-filing-own；发布以后不能再改"),
        text("name", "事项名称", &sample),
        text("situation", "适用情形", "写进受理条件，如：场所为申请人自有"),
        text("when", "判断条件", "表达式，如 site_source == 'own'；之后可以用选项改"),
    ];
    fields.extend(rows("materials", "id").map(|options| multi("materials", "申请材料", options)));
    fields.extend(rows("fields", "element").map(|options| multi("fields", "表单项", options)));
    fields
}

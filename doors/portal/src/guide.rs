//! `GET /items/{id}`: the guide (办事指南) of one item with all the elements a catalogue must state
//! (实施清单要素, GB/T 39046-2020), printable.

mod course;
mod law;
mod papers;
mod when;

use access_service::{DoorFault, Visit, Words};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::model::{Authority, Faq, Hall, ItemStatus, Need, Risk, WindowThemes};
use catalog::{Catalog, Item};
use catalog_service::Shelf;
use platform::Fault;
use themes_service::{ThemeShelf, frame};

use crate::items::{called, topic_name};
use crate::limits;

/// A theme that contains the item: where it is done together with others.
struct Together {
    href: String,
    name: String,
    items: usize,
}

#[derive(Template)]
#[template(path = "portal_guide.html")]
struct Page {
    shell: ui::Shell,
    name: String,
    official: String,
    authority: Authority,
    /// Why it cannot be applied for now.
    closed: Option<&'static str>,
    themes: Vec<Together>,
    figures: Vec<ui::Figure>,
    conditions: Vec<law::Condition>,
    papers: Vec<papers::Paper>,
    fields: Vec<papers::FieldGroup>,
    field_count: usize,
    stops: Vec<course::Stop>,
    flow: Option<String>,
    limits: Vec<(&'static str, String)>,
    specials: Vec<course::Special>,
    commitment: Option<String>,
    fees: Vec<course::FeeLine>,
    results: Vec<(&'static str, String)>,
    basis: Vec<law::Clause>,
    remedies: Vec<(&'static str, String)>,
    faqs: Vec<Faq>,
    risks: Vec<Risk>,
    contact: Vec<(&'static str, String)>,
    halls: Vec<Hall>,
    elements: Vec<(&'static str, String)>,
}

/// The guide.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let shelf = visit.world.part::<Shelf>();
    let catalog = shelf.catalog();
    let item = catalog.items.get(id.as_str()).filter(|item| item.status != ItemStatus::Draft).ok_or(Fault::NotFound)?;
    let authority = catalog.authorities.get(&item.authority).ok_or(Fault::NotFound)?.clone();
    let words = visit.world.part::<Words>();
    let themes = ThemeShelf::current(&visit.world)?;
    let name = called(item, catalog).to_owned();
    let fields = papers::fields(item, catalog, &words);
    let page = Page {
        shell: frame::portal(&visit, format!("{name}办事指南")).crumb("/items", "办事指南").crumb_here(name.clone()),
        official: if name == item.name { String::new() } else { item.name.clone() },
        closed: closed(item, &visit),
        themes: together(item, themes.themes()),
        figures: course::figures(item),
        conditions: law::conditions(item, catalog),
        papers: papers::papers(item, catalog),
        field_count: fields.iter().map(|group| group.fields.len()).sum(),
        fields,
        stops: course::stops(item, &words),
        flow: item.flow.clone(),
        limits: vec![("承诺办结", limits::whole(item.promise)), ("法定办结", limits::whole(item.statutory))],
        specials: course::specials(item, catalog),
        commitment: commitment(item),
        fees: course::fees(item, catalog),
        results: course::results(item, catalog),
        basis: law::basis(item, catalog),
        remedies: law::remedies(item),
        faqs: item.faqs.clone(),
        risks: item.risks.clone(),
        contact: contact(item, &authority),
        halls: halls(item, catalog, themes.themes()),
        elements: elements(item, &authority),
        name,
        authority,
    };
    Ok(ui::page(page))
}

fn closed(item: &Item, visit: &Visit) -> Option<&'static str> {
    match item.status {
        ItemStatus::Suspended => Some("这个事项暂停办理。"),
        ItemStatus::Cancelled => Some("这个事项已经取消，不用再办。"),
        _ if !item.open_on(visit.today()) => Some("这个事项还没有开始办理。"),
        _ => None,
    }
}

fn together(item: &Item, all: &[themes::Theme]) -> Vec<Together> {
    let with = all.iter().filter(|theme| theme.items.iter().any(|one| one.id == item.id));
    with.map(|theme| Together {
        href: format!("/matters/{}", theme.id),
        name: theme.name.clone(),
        items: theme.items.len(),
    })
    .collect()
}

/// 容缺和告知承诺, in one paragraph.
fn commitment(item: &Item) -> Option<String> {
    let mut said = Vec::new();
    if let Some(rule) = item.commitment.as_ref().filter(|rule| rule.allowed) {
        let due =
            rule.evidence_due.map(|due| format!("，领证后{}内备齐", themes::words::limit(due))).unwrap_or_default();
        said.push(format!("可以选择告知承诺：{}{due}。", rule.clauses.join("；")));
    }
    if let Some(tolerance) = item.tolerance.as_ref().filter(|tolerance| tolerance.allowed) {
        let which = match item.materials.iter().any(|row| row.need == Need::Deferrable) {
            true => "标明“容缺后补”的材料",
            false => "主要材料齐了就收，次要材料",
        };
        said.push(format!("可以容缺受理：{which}，受理后{}个工作日内补齐。", tolerance.days));
    }
    (!said.is_empty()).then(|| said.concat())
}

fn contact(item: &Item, authority: &Authority) -> Vec<(&'static str, String)> {
    match &item.contact {
        Some(contact) => vec![("咨询", contact.consult.clone()), ("投诉", contact.complain.clone())],
        None => authority.phone.iter().map(|phone| ("咨询", phone.clone())).collect(),
    }
}

/// The halls whose windows take it: every window that takes all, or one of its themes.
fn halls(item: &Item, catalog: &Catalog, all: &[themes::Theme]) -> Vec<Hall> {
    let ours: Vec<&str> = all
        .iter()
        .filter(|theme| theme.items.iter().any(|one| one.id == item.id))
        .map(|theme| theme.id.as_str())
        .collect();
    let takes = |hall: &&Hall| {
        hall.windows.iter().any(|window| match &window.themes {
            WindowThemes::All => true,
            WindowThemes::Only(some) => some.iter().any(|theme| ours.contains(&theme.as_str())),
        })
    };
    catalog.halls.values().filter(takes).cloned().collect()
}

/// The rest of the elements every guide must state, as the standard names them.
fn elements(item: &Item, authority: &Authority) -> Vec<(&'static str, String)> {
    let joined = |labels: Vec<&'static str>| labels.join("、");
    vec![
        ("事项名称", item.name.clone()),
        ("业务办理项编码", item.code.clone()),
        ("事项类型", item.kind.label().to_owned()),
        ("办件类型", item.handling.label().to_owned()),
        ("实施主体", format!("{}（{}）", authority.name, authority.kind.label())),
        ("行使层级", item.level.label().to_owned()),
        ("权力来源", item.power.label().to_owned()),
        ("服务对象", joined(item.audience.iter().map(|one| one.label()).collect())),
        ("主题", topic_name(&item.topic).to_owned()),
        ("通办范围", item.scope.label().to_owned()),
        ("办理形式", joined(item.apply_via.iter().map(|one| one.label()).collect())),
        ("版本", format!("第 {} 版，{}起施行", item.version, ui::say::day(item.effective))),
    ]
}

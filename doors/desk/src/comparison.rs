//! `/desk/comparison`: 各地比对. The same matters in other places: which are missing, bundled, renamed or made up, what each place asks
//! beyond the common standard, and why the counts differ.

mod matter;
mod report;

use access::Role;
use access_service::door::form::file_form;
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::{Multipart, Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalog_service::Shelf;
use platform::{Fault, FieldFault};
use serde::Deserialize;
use standards::comparison::{Account, Aspect, Cell, Comparison, Standing, Strand};
use standards::proposal::effect::Effect;
use standards_service::acts::{drop_place, keep_place};
use standards_service::reads::comparison::{self as reads, Asked, OURS, PlaceLine, Spread};
use standards_service::{places, sheets};
use ui::{ErrorSummary, Field, FieldKind, Lamp, Opt, Pager, Select, Shell, Signal};

use crate::done::{self, Done};
use crate::frame;
use crate::reason::Reasoned;

pub use matter::show as matter;
pub use report::show as report;

const HOME: &str = "/desk/comparison";
const TITLE: &str = "各地比对";
/// Largest file: 40,000 matters with all they ask.
const FILE_BYTES: usize = 64 << 20;
/// The whole form.
pub const BODY_BYTES: usize = FILE_BYTES + (64 << 10);
/// Matters on a page.
const ROWS: usize = 50;
/// Longest name of a place.
const NAME_CHARS: u32 = 40;

/// How a place's count comes about.
struct PlaceRow {
    name: String,
    /// Matters, common, missing, bundled, twice, own; then renamed and those that ask more.
    figures: [String; 8],
    beyond: String,
    /// Where it came from; nothing for our own.
    file: String,
    /// The form that takes it away.
    drop: Option<String>,
}

impl PlaceRow {
    /// The figures, each with the head it stands under.
    fn labelled(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let heads = ["列出", "共同标准", "缺项", "合并少计", "重复多计", "自设", "更名", "要求更多"];
        heads.into_iter().zip(&self.figures)
    }
}

/// A matter in the list.
struct MatterRow {
    href: String,
    name: String,
    code: String,
    cells: Vec<CellView>,
}

/// How a place stands to it.
struct CellView {
    place: String,
    lamp: Signal,
    beyond: String,
}

#[derive(Template)]
#[template(path = "desk_comparison.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    may_keep: bool,
    alone: bool,
    places: Vec<PlaceRow>,
    spread: Option<(String, Vec<String>)>,
    heads: Vec<String>,
    selects: Vec<Select>,
    words: String,
    filtered: bool,
    matters: Vec<MatterRow>,
    pager: Pager,
    fields: [Field; 2],
    file_fault: Option<String>,
    limit: String,
    key: String,
}

/// Which matters are shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    standing: String,
    aspect: String,
    q: String,
    after: String,
}

impl Address {
    fn asked(&self) -> Asked {
        Asked { standing: Standing::parse(&self.standing), aspect: Aspect::parse(&self.aspect), words: self.q.clone() }
    }

    fn to(&self, after: &str) -> String {
        let pairs = [("standing", self.standing.as_str()), ("aspect", &self.aspect), ("q", &self.q), ("after", after)];
        format!("{HOME}{}", door::query(pairs))
    }
}

/// `GET /desk/comparison`
pub async fn list(
    StaffVisit(visit): StaffVisit,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    Ok(done::shown(&visit, &headers, ui::page(page(&visit, &address, done, None).await?)))
}

/// What was typed of a file that was turned away, and why.
struct Kept {
    code: String,
    name: String,
    faults: Vec<FieldFault>,
}

async fn page(visit: &Visit, address: &Address, done: Option<Done>, kept: Option<Kept>) -> Result<Page, Fault> {
    let (compared, lines) = reads::current(visit).await?;
    let (comparison, words) = (&compared.comparison, visit.world.part::<Words>());
    let may_keep = visit.actor.has_role(Role::Standards);
    let asked = address.asked();
    let (matters, pager) = shown(comparison, &asked, address, &words);
    let file_fault = kept.as_ref().and_then(|kept| kept.faults.iter().find(|fault| fault.field == "file"));
    let file_fault = file_fault.map(|fault| door::field_fault(fault, &words));
    let fields = fields(kept.as_ref(), &words);
    let mut errors = ErrorSummary::of(fields.iter());
    errors.errors.extend(file_fault.iter().map(|said| ("file".to_owned(), said.clone())));
    Ok(Page {
        shell: frame::desk(visit, TITLE),
        done,
        errors,
        may_keep,
        alone: lines.is_empty(),
        places: places_of(comparison, &lines, may_keep, &words),
        spread: reads::spread(comparison).map(|spread| told(comparison, &spread, &words)),
        heads: comparison.places.iter().map(|place| place.name.clone()).collect(),
        selects: selects(address, &words),
        words: address.q.clone(),
        filtered: asked != Asked::default(),
        matters,
        pager,
        fields,
        file_fault,
        limit: ui::say::bytes(FILE_BYTES as u64),
        key: frame::key(),
    })
}

fn fields(kept: Option<&Kept>, words: &Words) -> [Field; 2] {
    let typed = |name: &str| match (kept, name) {
        (Some(kept), "code") => kept.code.clone(),
        (Some(kept), _) => kept.name.clone(),
        (None, _) => String::new(),
    };
    let field = |name: &'static str, label: &'static str, help: &'static str, kind: FieldKind| {
        let field = Field::new(name, label, kind).optional().help(help).value(typed(name));
        let fault = kept.and_then(|kept| kept.faults.iter().find(|fault| fault.field == name));
        match fault.map(|fault| fault.clone().fact("label", label)) {
            Some(fault) => field.error(door::field_fault(&fault, words)),
            None => field,
        }
    };
    let line = |max| FieldKind::Text { max: Some(max) };
    [
        field("code", "区划代码", "6 位数字；一门导出的文件里已有，表格文件要填", line(6)),
        field("name", "地区名称", "例如 佛山市南海区", line(NAME_CHARS)),
    ]
}

fn places_of(comparison: &Comparison, lines: &[PlaceLine], may_keep: bool, words: &Words) -> Vec<PlaceRow> {
    let row = |(at, account): (usize, &Account)| {
        let line = at.checked_sub(OURS + 1).and_then(|at| lines.get(at));
        PlaceRow {
            name: comparison.places[at].name.clone(),
            figures: figures(account),
            beyond: reads::burden(words, account.beyond),
            file: line.map(|line| line.file.clone()).unwrap_or_default(),
            drop: line.filter(|_| may_keep).map(|line| format!("{HOME}/places/{}/drop", line.code)),
        }
    };
    comparison.accounts.iter().enumerate().map(row).collect()
}

fn figures(account: &Account) -> [String; 8] {
    let Account { matters, common, missing, bundled, twice, own, renamed, heavier, .. } = *account;
    [matters, common, missing, bundled, twice, own, renamed, heavier].map(|figure| ui::say::count(figure as u64))
}

/// Why one place counts more than another: the sentence, and one line for each cause.
fn told(comparison: &Comparison, spread: &Spread, words: &Words) -> (String, Vec<String>) {
    let name = |place: usize| comparison.places[place].name.as_str();
    let (most, least) = (name(spread.most), name(spread.least));
    let sentence = format!("{most}比{least}多列 {} 项", ui::say::count(spread.more as u64));
    let cause = |(cause, more): &(standards::comparison::Cause, i64)| {
        let (who, count) = if *more > 0 { (most, *more) } else { (least, -*more) };
        format!("{}：{who}因此多 {} 项", words.get(cause.text_key()), ui::say::count(count.unsigned_abs()))
    };
    (sentence, spread.causes.iter().filter(|(_, more)| *more != 0).map(cause).collect())
}

fn selects(address: &Address, words: &Words) -> Vec<Select> {
    let standings = Standing::ALL.iter().filter(|standing| **standing != Standing::Without);
    let standings = standings.map(|standing| Opt::new(standing.code(), words.get(standing.text_key())));
    let aspects = Aspect::ALL.iter().map(|aspect| Opt::new(aspect.code(), words.get(aspect.text_key())));
    vec![
        Select::new(("comparison", "standing"), "有没有", "全部事项", standings, &address.standing),
        Select::new(("comparison", "aspect"), "差在哪里", "不限", aspects, &address.aspect),
    ]
}

fn shown(comparison: &Comparison, asked: &Asked, address: &Address, words: &Words) -> (Vec<MatterRow>, Pager) {
    let all: Vec<&Strand> = comparison.strands.iter().filter(|strand| asked.fits(strand)).collect();
    let from = all.iter().position(|strand| strand.key.as_str() > address.after.as_str()).unwrap_or(all.len());
    let page: Vec<&Strand> = all.iter().copied().skip(from).take(ROWS).collect();
    let on = (from + page.len() < all.len()).then(|| page.last().map(|last| address.to(&last.key))).flatten();
    let back = (from > 0).then(|| address.to(from.checked_sub(ROWS + 1).map_or("", |at| &all[at].key)));
    let shown = format!("本页 {} 项，共 {} 项", page.len(), ui::say::count(all.len() as u64));
    (page.into_iter().map(|strand| row(comparison, strand, words)).collect(), Pager { back, on, shown })
}

fn row(comparison: &Comparison, strand: &Strand, words: &Words) -> MatterRow {
    let cell = |(place, cell): (usize, &Cell)| CellView {
        place: comparison.places[place].name.clone(),
        lamp: lamp(cell, words),
        beyond: reads::burden(words, cell.beyond),
    };
    MatterRow {
        href: address_of(strand),
        name: strand.standard.name.clone(),
        code: strand.standard.code.clone().unwrap_or_default(),
        cells: strand.cells.iter().enumerate().map(cell).collect(),
    }
}

fn address_of(strand: &Strand) -> String {
    format!("{HOME}/matter?{}", door::pair("key", &strand.key))
}

fn lamp(cell: &Cell, words: &Words) -> Signal {
    let asks_more = cell.beyond != Effect::default();
    let differs = cell.differences.iter().any(|all| !all.is_empty());
    let lamp = match cell.standing {
        Standing::Missing => Lamp::Red,
        Standing::Bundled | Standing::Twice | Standing::Renamed | Standing::Own => Lamp::Yellow,
        Standing::Same if differs => Lamp::Yellow,
        Standing::Same => Lamp::Green,
        Standing::Without => Lamp::Idle,
    };
    match cell.standing {
        Standing::Same if asks_more => lamp.saying("要求更多"),
        Standing::Same if differs => lamp.saying("有差异"),
        standing => lamp.saying(words.get(standing.text_key())),
    }
}

/// `POST /desk/comparison`: takes a place in.
pub async fn take(visit: Visit, form: Multipart) -> Result<Response, DoorFault> {
    frame::staff_only(&visit, HOME)?;
    let (mut code, mut name) = (String::new(), String::new());
    let outcome = async {
        let sent = file_form(&visit, form, FILE_BYTES, &["code", "name"]).await?;
        let field = |name: &str| sent.fields.get(name).map(|said| said.trim().to_owned()).unwrap_or_default();
        (code, name) = (field("code"), field("name"));
        let key = door::request_key(&visit, &sent.key)?;
        let shelf = visit.world.part::<Shelf>();
        let place = places::read_file(&sent.file, &code, &name, shelf.catalog())?;
        keep_place(&visit, Some(&key), &place, &sent.name).await
    };
    match done::settled(outcome.await, |_| HOME.to_owned(), "place-kept") {
        Ok(answer) => Ok(answer),
        Err(Fault::Invalid(faults)) => {
            let kept = Kept { code, name, faults };
            Ok(ui::page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                page(&visit, &Address::default(), None, Some(kept)).await?,
            ))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /desk/comparison/places/{code}/drop`
pub async fn drop(Path(code): Path<String>, posted: Posted<Reasoned>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, HOME)?;
    let outcome = drop_place(&visit, Some(&key), &code).await;
    Ok(done::settled(outcome, |_| HOME.to_owned(), "place-dropped")?)
}

/// `GET /desk/comparison/file/{kind}`, where `kind` is `xlsx`, the whole comparison, or `json`, what our own place offers, for others to
/// compare with.
pub async fn file(StaffVisit(visit): StaffVisit, Path(kind): Path<String>) -> Result<Response, DoorFault> {
    let district = visit.world.part::<Shelf>().catalog().district.name.clone();
    match kind.as_str() {
        "xlsx" => {
            let bytes = reads::workbook(&visit).await?;
            Ok(door::attached("comparison.xlsx", &format!("{district}比对.xlsx"), sheets::media_type(true), bytes))
        }
        "json" => {
            let bytes = reads::own_file(&visit)?;
            Ok(door::attached("place.json", &format!("{district}事项.json"), "application/json", bytes))
        }
        _ => Err(Fault::NotFound.into()),
    }
}

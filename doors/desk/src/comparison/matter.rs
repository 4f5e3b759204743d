//! `/desk/comparison/matter`: one matter side by side: the common standard, and what every implementer asks.

use access_service::{DoorFault, StaffVisit, Visit, Words};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use standards::comparison::offer::Guide;
use standards::comparison::{Cell, Comparison, Offer, Standing, Strand};
use standards_service::reads::comparison as reads;
use ui::{Shell, Signal};

use super::{HOME, TITLE, lamp};
use crate::frame;

/// A line of the table: its head, the standard, and one entry for each column.
struct Line {
    head: &'static str,
    standard: Vec<String>,
    /// Entries; those beyond the standard are marked.
    entries: Vec<Vec<(String, bool)>>,
}

/// An implementer's column.
struct Column {
    place: String,
    unit: String,
    lamp: Signal,
    /// What differs, in sentences.
    differences: Vec<String>,
    beyond: String,
}

#[derive(Template)]
#[template(path = "desk_comparison_matter.html")]
struct Page {
    shell: Shell,
    name: String,
    code: String,
    common: bool,
    columns: Vec<Column>,
    lines: Vec<Line>,
    dispensable: Vec<String>,
    guides: usize,
}

/// Which matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    key: String,
}

/// `GET /desk/comparison/matter?key=…`
pub async fn show(StaffVisit(visit): StaffVisit, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    Ok(ui::page(page(&visit, &address.key).await?))
}

async fn page(visit: &Visit, key: &str) -> Result<Page, Fault> {
    let (compared, _) = reads::current(visit).await?;
    let (comparison, words) = (&compared.comparison, visit.world.part::<Words>());
    let strand = comparison.strand(key).ok_or(Fault::NotFound)?;
    let standard = &strand.standard;
    let dispensable = standard
        .dispensable
        .iter()
        .map(|(paper, times)| format!("{}（{} 家里有 {times} 家要）", paper.name, standard.guides));
    let offers: Vec<Option<&Offer>> = implementers(comparison, strand).map(|(_, _, offer)| offer).collect();
    Ok(Page {
        shell: frame::desk(visit, standard.name.clone()).crumb(HOME, TITLE).crumb_here(standard.name.clone()),
        name: standard.name.clone(),
        code: standard.code.clone().unwrap_or_default(),
        common: strand.common,
        columns: columns(comparison, strand, &words),
        lines: lines(strand, &offers),
        dispensable: dispensable.collect(),
        guides: standard.guides,
    })
}

/// Every place with its implementers; a place without any stands once.
fn implementers<'c>(
    comparison: &'c Comparison,
    strand: &'c Strand,
) -> impl Iterator<Item = (usize, &'c Cell, Option<&'c Offer>)> {
    strand.cells.iter().enumerate().flat_map(move |(place, cell)| {
        let some = comparison.offers(place, cell).map(Some);
        let none = cell.offers.is_empty().then_some(None);
        some.chain(none).map(move |offer| (place, cell, offer))
    })
}

fn columns(comparison: &Comparison, strand: &Strand, words: &Words) -> Vec<Column> {
    let mut columns = Vec::new();
    for (place, cell) in strand.cells.iter().enumerate() {
        for at in 0..cell.offers.len().max(1) {
            let offer = cell.offers.get(at).map(|offer| &comparison.places[place].offers[*offer]);
            let mut differences: Vec<String> =
                cell.differences.get(at).into_iter().flatten().map(|one| reads::sentence(words, one)).collect();
            if let (Standing::Bundled, Some(offer)) = (cell.standing, offer) {
                differences.push(format!("与其他事项合在“{}”里办理", offer.name));
            }
            let more = cell.differences.get(at).map(|all| standards::comparison::difference::sum(all));
            columns.push(Column {
                place: comparison.places[place].name.clone(),
                unit: offer.map(|offer| offer.unit.clone()).unwrap_or_default(),
                lamp: lamp(cell, words),
                differences,
                beyond: more.map(|more| reads::burden(words, more)).unwrap_or_default(),
            });
        }
    }
    columns
}

fn lines(strand: &Strand, offers: &[Option<&Offer>]) -> Vec<Line> {
    let standard = &strand.standard;
    let papers: Vec<String> = standard.papers.iter().map(|paper| paper.name.clone()).collect();
    let mut lines = vec![
        line("名称", one(&standard.name), offers, |offer| one(&offer.name)),
        line("编码", standard.code.clone().into_iter().collect(), offers, |offer| one(&offer.code)),
        line("层级", standard.level.iter().map(|level| level.label().to_owned()).collect(), offers, |offer| {
            offer.level.iter().map(|level| level.label().to_owned()).collect()
        }),
    ];
    if standard.guides > 0 {
        let guided = |head, standard: Vec<String>, entry: &dyn Fn(&Guide) -> Vec<String>| {
            line(head, standard, offers, |offer| offer.guide.as_ref().map(entry).unwrap_or_default())
        };
        lines.extend([
            guided("法定时限", standard.statutory.into_iter().flat_map(limit).collect(), &|guide| {
                limit(guide.statutory)
            }),
            guided("承诺时限", standard.promise.into_iter().flat_map(limit).collect(), &|guide| {
                limit(guide.promise)
            }),
            guided("到场", standard.trips.iter().map(|trips| format!("{trips} 次")).collect(), &|guide| {
                one(&format!("{} 次", guide.trips))
            }),
            guided("网上申请", one(yes(standard.online)), &|guide| one(yes(guide.online))),
            guided("要交的材料", papers, &|guide| {
                guide.papers.iter().filter(|paper| paper.brought).map(|paper| paper.name.clone()).collect()
            }),
            guided("表单项", one(&format!("{} 项", standard.fields.len())), &|guide| {
                one(&format!("{} 项", guide.fields.len()))
            }),
            guided("收费", standard.fees.iter().map(|fee| fee.name.clone()).collect(), &|guide| {
                guide.fees.iter().map(|fee| fee.name.clone()).collect()
            }),
        ]);
    }
    lines
}

fn line(
    head: &'static str,
    standard: Vec<String>,
    offers: &[Option<&Offer>],
    entry: impl Fn(&Offer) -> Vec<String>,
) -> Line {
    let marked = |said: Vec<String>| -> Vec<(String, bool)> {
        said.into_iter().map(|text| (text.clone(), head != "编码" && !standard.contains(&text))).collect()
    };
    let entries = offers.iter().map(|offer| offer.map(|offer| marked(entry(offer))).unwrap_or_default()).collect();
    Line { head, entries, standard }
}

fn limit(limit: kernel::limit::Limit) -> Vec<String> {
    one(&themes::words::limit(limit))
}

fn one(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

fn yes(yes: bool) -> &'static str {
    if yes { "可以" } else { "不可以" }
}

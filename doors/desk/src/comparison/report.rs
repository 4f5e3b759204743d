//! `/desk/comparison/report`: the comparison as a report to print (比对报告).

use access_service::{DoorFault, StaffVisit, Words};
use askama::Template;
use axum::response::Response;
use standards::comparison::{Comparison, Standing, Strand};
use standards_service::reads::comparison as reads;
use ui::Shell;

use super::{HOME, PlaceRow, TITLE, places_of, told};
use crate::frame;

/// Matters to which a place stands so: its name, and one line each.
struct Chapter {
    title: String,
    lines: Vec<String>,
}

/// What a place asks beyond the standard: the matter, and the sentences.
struct Heavier {
    name: String,
    places: Vec<(String, Vec<String>)>,
}

/// The proposed standard of a matter.
struct Proposed {
    code: String,
    name: String,
    promise: String,
    trips: String,
    papers: String,
}

#[derive(Template)]
#[template(path = "desk_comparison_report.html")]
struct Page {
    shell: Shell,
    title: String,
    day: String,
    places: Vec<PlaceRow>,
    spread: Option<(String, Vec<String>)>,
    chapters: Vec<Chapter>,
    heavier: Vec<Heavier>,
    proposed: Vec<Proposed>,
}

/// `GET /desk/comparison/report`
pub async fn show(StaffVisit(visit): StaffVisit) -> Result<Response, DoorFault> {
    let (compared, lines) = reads::current(&visit).await?;
    let (comparison, words) = (&compared.comparison, visit.world.part::<Words>());
    let names: Vec<&str> = comparison.places.iter().map(|place| place.name.as_str()).collect();
    let page = Page {
        shell: frame::desk(&visit, "比对报告").crumb(HOME, TITLE).crumb_here("比对报告"),
        title: format!("{}政务服务事项比对报告", names.join("、")),
        day: ui::say::day(visit.today()),
        places: places_of(comparison, &lines, false, &words),
        spread: reads::spread(comparison).map(|spread| told(comparison, &spread, &words)),
        chapters: chapters(comparison, &words),
        heavier: comparison.strands.iter().filter_map(|strand| heavier(comparison, strand, &words)).collect(),
        proposed: comparison.strands.iter().filter(|strand| strand.common).map(proposed).collect(),
    };
    Ok(ui::page(page))
}

/// One chapter for each standing of each place that is not as it should be.
fn chapters(comparison: &Comparison, words: &Words) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    for (at, place) in comparison.places.iter().enumerate() {
        for standing in [Standing::Missing, Standing::Bundled, Standing::Twice, Standing::Own, Standing::Renamed] {
            let here = comparison.strands.iter().filter(|strand| strand.cells[at].standing == standing);
            let line = |strand: &Strand| {
                let own: Vec<&str> =
                    comparison.offers(at, &strand.cells[at]).map(|offer| offer.name.as_str()).collect();
                let named = own.first().filter(|name| **name != strand.standard.name);
                match named {
                    Some(own) => format!("{}（在“{own}”）", strand.standard.name),
                    None => strand.standard.name.clone(),
                }
            };
            let lines: Vec<String> = here.map(line).collect();
            if !lines.is_empty() {
                let title = format!("{}：{}（{} 项）", place.name, words.get(standing.text_key()), lines.len());
                chapters.push(Chapter { title, lines });
            }
        }
    }
    chapters
}

fn heavier(comparison: &Comparison, strand: &Strand, words: &Words) -> Option<Heavier> {
    let mut places = Vec::new();
    for (place, cell) in strand.cells.iter().enumerate() {
        for (offer, differences) in comparison.offers(place, cell).zip(&cell.differences) {
            if !differences.is_empty() {
                let said = differences.iter().map(|one| reads::sentence(words, one)).collect();
                places.push((format!("{}（{}）", comparison.places[place].name, offer.unit), said));
            }
        }
    }
    (!places.is_empty()).then(|| Heavier { name: strand.standard.name.clone(), places })
}

fn proposed(strand: &Strand) -> Proposed {
    let standard = &strand.standard;
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_else(|| "—".to_owned());
    let papers: Vec<&str> = standard.papers.iter().map(|paper| paper.name.as_str()).collect();
    Proposed {
        code: standard.code.clone().unwrap_or_default(),
        name: standard.name.clone(),
        promise: standard.promise.map_or_else(|| "—".to_owned(), themes::words::limit),
        trips: number(standard.trips),
        papers: match (standard.guides, papers.is_empty()) {
            (0, _) => "—".to_owned(),
            (_, true) => "不用交".to_owned(),
            _ => papers.join("、"),
        },
    }
}

//! The comparison with other places: matters, differences in words, why counts differ, the whole as a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use access_service::{Visit, Words};
use catalog_service::Shelf;
use chrono::{DateTime, Utc};
use platform::Fault;
use standards::Sheet;
use standards::acts::READ_COMPARISON;
use standards::comparison::offer::working_days;
use standards::comparison::{Aspect, Cause, Comparison, Difference, Place, Standing, Strand};
use standards::proposal::effect::Effect;
use uuid::Uuid;

use crate::acts::lists;
use crate::sheets::{self, Mark};
use crate::store::place::{place_bodies, place_list};

pub use crate::store::place::Line as PlaceLine;

/// Our own place stands first.
pub const OURS: usize = 0;

/// The comparison of the catalogue in force with the places known now. A world part, made anew when either changes.
pub struct Compared {
    release: Uuid,
    places: Vec<(String, DateTime<Utc>)>,
    pub comparison: Comparison,
}

/// The comparison as it stands, with the places beside ours; only ours where none was brought in.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn current(visit: &Visit) -> Result<(Arc<Compared>, Vec<PlaceLine>), Fault> {
    visit.allow(READ_COMPARISON, &lists())?;
    let on = visit.world.db.reader();
    let lines = place_list(on).await?;
    let shelf = visit.world.part::<Shelf>();
    let places: Vec<_> = lines.iter().map(|line| (line.code.clone(), line.brought_at)).collect();
    let held = visit.world.parts.get::<Compared>();
    if let Some(held) = held.filter(|held| held.release == shelf.release && held.places == places) {
        return Ok((held, lines));
    }
    let mut all = vec![Place::of(shelf.catalog())];
    for body in place_bodies(on).await? {
        all.push(serde_json::from_str(&body)?);
    }
    visit.world.parts.install(Compared { release: shelf.release, places, comparison: Comparison::of(all) });
    Ok((visit.world.part(), lines))
}

/// Our own place as a file for others.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub fn own_file(visit: &Visit) -> Result<Vec<u8>, Fault> {
    visit.allow(READ_COMPARISON, &lists())?;
    crate::places::write(&Place::of(visit.world.part::<Shelf>().catalog()))
}

/// Promises of other places in working days, by the basic code of ours: what T1 compares with.
pub(crate) fn peers(comparison: &Comparison) -> BTreeMap<String, Vec<u32>> {
    let mut peers: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for strand in &comparison.strands {
        let ours = comparison.offers(OURS, &strand.cells[OURS]).next();
        let Some(basic) = ours.and_then(|offer| offer.code.get(19..31)) else { continue };
        let others = strand.cells.iter().enumerate().skip(OURS + 1);
        let others =
            others.filter(|(_, cell)| matches!(cell.standing, Standing::Same | Standing::Renamed | Standing::Twice));
        let promises = others.flat_map(|(place, cell)| comparison.offers(place, cell));
        let promises = promises.filter_map(|offer| working_days(offer.guide.as_ref()?.promise));
        peers.entry(basic.to_owned()).or_default().extend(promises);
    }
    peers
}

/// A difference in a sentence.
pub fn sentence(words: &Words, difference: &Difference) -> String {
    let mut facts: BTreeMap<String, String> =
        difference.facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    if let Some((own, shortest)) = difference.limits {
        facts.insert("own".to_owned(), themes::words::limit(own));
        facts.insert("standard".to_owned(), themes::words::limit(shortest));
    }
    facts.insert("count".to_owned(), difference.parts.len().to_string());
    facts.insert("parts".to_owned(), difference.parts.join("；"));
    words.fill(&format!("difference.{}", difference.aspect.code()), &facts)
}

/// What an effect is in words: 多跑 1 趟、多交 2 份材料; empty where it is nothing.
pub fn burden(words: &Words, effect: Effect) -> String {
    let some = effect.times(1).into_iter().filter(|(_, count)| *count > 0);
    let said = some.map(|(saved, count)| {
        words.fill(&format!("burden.{}", saved.code()), &BTreeMap::from([("count".to_owned(), count.to_string())]))
    });
    said.collect::<Vec<_>>().join("、")
}

/// Why the place with the most matters counts more than the one with the fewest, cause by cause; `None` where all count alike.
pub fn spread(comparison: &Comparison) -> Option<Spread> {
    let by_count = |place: &usize| comparison.accounts[*place].matters;
    let most = (0..comparison.places.len()).max_by_key(by_count)?;
    let least = (0..comparison.places.len()).min_by_key(by_count)?;
    let more = by_count(&most) - by_count(&least);
    let causes = comparison.accounts[most].beyond(&comparison.accounts[least]);
    (more > 0).then_some(Spread { most, least, more, causes })
}

/// The difference of two counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub most: usize,
    pub least: usize,
    pub more: usize,
    pub causes: [(Cause, i64); 4],
}

/// The whole comparison as a table: a row for each matter, a column for each place.
pub fn table(words: &Words, comparison: &Comparison) -> Sheet {
    let own = ["code", "matter", "promise", "trips", "papers"]
        .map(|head| words.get(&format!("comparison.{head}")).to_owned());
    let places = comparison.places.iter().map(|place| place.name.clone());
    Sheet {
        heads: own.into_iter().chain(places).collect(),
        rows: comparison.strands.iter().map(|strand| row(words, strand)).collect(),
    }
}

fn row(words: &Words, strand: &Strand) -> Vec<String> {
    let standard = &strand.standard;
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let papers: Vec<&str> = standard.papers.iter().map(|paper| paper.name.as_str()).collect();
    let own = [
        strand.key.clone(),
        standard.name.clone(),
        standard.promise.map(themes::words::limit).unwrap_or_default(),
        number(standard.trips),
        papers.join("\n"),
    ];
    let cell = |cell: &standards::comparison::Cell| {
        let said = cell.differences.iter().flatten().map(|difference| sentence(words, difference));
        std::iter::once(words.get(cell.standing.text_key()).to_owned()).chain(said).collect::<Vec<_>>().join("\n")
    };
    own.into_iter().chain(strand.cells.iter().map(cell)).collect()
}

/// The same as a workbook; cells that miss, bundle or differ stand out.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn workbook(visit: &Visit) -> Result<Vec<u8>, Fault> {
    let (compared, _) = current(visit).await?;
    let comparison = &compared.comparison;
    let sheet = table(&visit.world.part::<Words>(), comparison);
    let before = sheet.heads.len() - comparison.places.len();
    sheets::xlsx(&sheet, |index, column| {
        let Some(cell) = column.checked_sub(before).map(|place| &comparison.strands[index].cells[place]) else {
            return Mark::None;
        };
        match cell.standing {
            Standing::Missing | Standing::Bundled => Mark::Error,
            Standing::Same if cell.beyond == Effect::default() => Mark::None,
            Standing::Without => Mark::None,
            _ => Mark::Warning,
        }
    })
}

/// Which matters are asked for; nothing said means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Matters to which some place stands so.
    pub standing: Option<Standing>,
    /// Matters in which some place differs so.
    pub aspect: Option<Aspect>,
    /// Part of the name or code.
    pub words: String,
}

impl Asked {
    /// Whether a matter is asked for.
    pub fn fits(&self, strand: &Strand) -> bool {
        let any = |fits: &dyn Fn(&standards::comparison::Cell) -> bool| strand.cells.iter().any(fits);
        let differs = |aspect: Aspect| {
            any(&|cell| cell.differences.iter().flatten().any(|difference| difference.aspect == aspect))
        };
        let words = self.words.trim();
        self.standing.is_none_or(|standing| any(&|cell| cell.standing == standing))
            && self.aspect.is_none_or(differs)
            && (words.is_empty() || strand.standard.name.contains(words) || strand.key.contains(words))
    }
}

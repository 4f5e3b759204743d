//! What was brought in: each file with its columns, its rows as they are understood, its defects, and what publishing it
//! would do.

use std::collections::BTreeMap;

use access_service::{Visit, Words};
use catalog_service::Shelf;
use platform::Fault;
use standards::Sheet;
use standards::acts::READ_BATCHES;
use standards::column::Column;
use standards::defect::{Defect, DefectKind, Weight};
use standards::mapping::Mapping;
use standards::reading::{Known, ReadRow, read};
use uuid::Uuid;

use crate::acts::{lists, own_batch, weigh, whose};
use crate::sheets::{self, Mark};
use crate::store::batch::{batch_list, batch_table};
use crate::store::row::in_force;

pub use crate::store::batch::{Counts, Line};

/// Batches shown.
const SHOWN_MAX: u64 = 50;
/// The heads that are added to the file that goes back.
const ADDED_HEADS: [&str; 2] = ["问题", "怎么改"];

/// One file that was brought in.
#[derive(Debug, Clone)]
pub struct BatchView {
    pub line: Line,
    pub sheet: Sheet,
    pub mapping: Mapping,
    /// Columns that must have a place and have none.
    pub missing: Vec<Column>,
    pub rows: Vec<ReadRow>,
    /// How many rows have each defect, the heaviest first.
    pub defects: Vec<(DefectKind, usize)>,
    /// What publishing would do; nothing once something became of it.
    pub would: Option<Counts>,
}

/// The newest ones; an authority sees its own.
pub async fn list(visit: &Visit) -> Result<Vec<Line>, Fault> {
    let own = whose(visit, READ_BATCHES, lists())?;
    batch_list(visit.world.db.reader(), own.as_deref(), SHOWN_MAX).await
}

/// One file with all its rows.
///
/// # Errors
/// [`Fault::NotFound`], also for another authority's; [`Fault::NotAllowed`].
pub async fn one(visit: &Visit, id: Uuid) -> Result<BatchView, Fault> {
    let line = own_batch(visit, READ_BATCHES, id).await?;
    let on = visit.world.db.reader();
    let (sheet, mapping) = batch_table(on, id).await?.ok_or(Fault::NotFound)?;
    let missing = mapping.missing(&sheet);
    let shelf = visit.world.part::<Shelf>();
    let rows = if missing.is_empty() { read(&sheet, &mapping, &Known::of(shelf.catalog())) } else { Vec::new() };
    let would = if line.is_open() { Some(would(visit, &rows).await?) } else { None };
    Ok(BatchView { defects: count(&rows), missing, rows, sheet, mapping, would, line })
}

/// The file as it goes back to the office: every cell as it came, with what is wrong and how to mend it beside each row, and
/// the cells to blame coloured.
///
/// # Errors
/// As [`one`].
pub async fn sent_back(visit: &Visit, id: Uuid) -> Result<(String, Vec<u8>), Fault> {
    let view = one(visit, id).await?;
    let words = visit.world.part::<Words>();
    let mut sheet = view.sheet.clone();
    sheet.heads.extend(ADDED_HEADS.map(str::to_owned));
    for (row, read) in sheet.rows.iter_mut().zip(&view.rows) {
        let told = |defect: &Defect| format!("{}：{}", defect.column.head(), sentence(&words, defect));
        let defects = by_weight(&read.defects);
        row.push(defects.iter().map(|defect| told(defect)).collect::<Vec<_>>().join("\n"));
        row.push(defects.iter().map(|defect| mend(&words, defect.kind)).collect::<Vec<_>>().join("\n"));
    }
    for row in &mut sheet.rows {
        row.resize(sheet.heads.len(), String::new());
    }
    let mark = |index: usize, place: usize| {
        let here = |defect: &&Defect| view.mapping.columns.get(&defect.column) == Some(&place);
        let weights =
            view.rows.get(index).into_iter().flat_map(|row| row.defects.iter().filter(here).map(Defect::weight));
        match weights.min() {
            Some(Weight::Error) => Mark::Error,
            Some(Weight::Warning) => Mark::Warning,
            _ => Mark::None,
        }
    };
    let name = view.line.file.rsplit_once('.').map_or(view.line.file.as_str(), |(name, _)| name);
    Ok((format!("{name}（问题清单）.xlsx"), sheets::xlsx(&sheet, mark)?))
}

/// A defect in a sentence.
pub fn sentence(words: &Words, defect: &Defect) -> String {
    words.fill(defect.kind.text_key(), &defect.facts)
}

/// How defects of a kind are mended.
pub fn mend(words: &Words, kind: DefectKind) -> String {
    words.get(&format!("mend.{}", kind.code())).to_owned()
}

/// Defects of a row, the heaviest first.
pub fn by_weight(defects: &[Defect]) -> Vec<&Defect> {
    let mut sorted: Vec<&Defect> = defects.iter().collect();
    sorted.sort_by_key(|defect| defect.weight());
    sorted
}

fn count(rows: &[ReadRow]) -> Vec<(DefectKind, usize)> {
    let mut counts: BTreeMap<DefectKind, usize> = BTreeMap::new();
    for row in rows {
        let mut kinds: Vec<DefectKind> = row.defects.iter().map(|defect| defect.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let mut counts: Vec<(DefectKind, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(kind, rows)| (kind.weight(), std::cmp::Reverse(*rows)));
    counts
}

async fn would(visit: &Visit, rows: &[ReadRow]) -> Result<Counts, Fault> {
    let in_force = in_force(visit.world.db.reader()).await?;
    let mut counts = Counts::default();
    for read in rows {
        if read.is_fit() {
            counts.count(&weigh(&read.row, &in_force)?.fate);
        } else {
            counts.left_out += 1;
        }
    }
    Ok(counts)
}

//! The lists in force (清单公开, 优化营商环境条例第三十六条): totals, pages, one row with all its versions.

use std::collections::BTreeMap;

use access_service::Visit;
use chrono::{DateTime, Utc};
use platform::Fault;
use standards::acts::READ_LISTS;
use standards::{ListKind, Row};
use uuid::Uuid;

use crate::acts::lists;
use crate::store::row::{Model, Wanted, row_count, row_page, row_totals, row_versions};

/// Rows of a page.
pub const PAGE: u64 = 50;
/// Rows read at once when all are handed out.
const HAND_OUT: u64 = 1000;

/// What is asked for; nothing said means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub list: Option<ListKind>,
    pub unit: String,
    /// The word of a [`catalog::model::GovernmentLevel`].
    pub level: String,
    /// The code of a [`standards::list::Matter`].
    pub matter: String,
    pub words: String,
    /// The id of an item of the catalogue.
    pub item: String,
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Wanted {
            list: self.list,
            unit: said(&self.unit),
            level: said(&self.level),
            matter: said(&self.matter),
            words: said(&self.words),
            item: said(&self.item),
        }
    }
}

/// A row as it stands in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct RowLine {
    /// Its name through all versions.
    pub id: Uuid,
    pub version: i32,
    pub row: Row,
    pub since: DateTime<Utc>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub rows: Vec<RowLine>,
    /// How many there are of what is asked for.
    pub total: u64,
    /// After which row the next page begins.
    pub next: Option<Uuid>,
}

/// One version of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub version: i32,
    pub row: Row,
    pub since: DateTime<Utc>,
    pub published_by: String,
    pub until: Option<DateTime<Utc>>,
    /// `changed`, `withdrawn`, or nothing while it is in force.
    pub ended: Option<String>,
    pub reason: Option<String>,
    pub ended_by: Option<String>,
    /// The file it came in; nothing where it follows the catalogue.
    pub batch: Option<Uuid>,
}

/// How many rows each list has, by unit and by level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    pub by_list: BTreeMap<ListKind, u64>,
    /// Units of each list with their rows, the largest first.
    pub by_unit: BTreeMap<ListKind, Vec<(String, u64)>>,
    /// Words of levels with rows of all lists.
    pub by_level: BTreeMap<String, u64>,
}

/// Counts everything in force.
pub async fn totals(visit: &Visit) -> Result<Totals, Fault> {
    visit.allow(READ_LISTS, &lists())?;
    let (mut totals, mut units) = (Totals::default(), BTreeMap::<(ListKind, String), u64>::new());
    for (list, unit, level, rows) in row_totals(visit.world.db.reader()).await? {
        let Some(list) = ListKind::parse(&list) else { continue };
        let rows = rows.unsigned_abs();
        *totals.by_list.entry(list).or_default() += rows;
        *units.entry((list, unit)).or_default() += rows;
        *totals.by_level.entry(level.unwrap_or_default()).or_default() += rows;
    }
    for ((list, unit), rows) in units {
        totals.by_unit.entry(list).or_default().push((unit, rows));
    }
    for units in totals.by_unit.values_mut() {
        units.sort_by(|(first, a), (second, b)| b.cmp(a).then_with(|| first.cmp(second)));
    }
    Ok(totals)
}

/// A page of what is asked for, after this row.
pub async fn page(visit: &Visit, asked: &Asked, after: Option<Uuid>) -> Result<Page, Fault> {
    visit.allow(READ_LISTS, &lists())?;
    let (on, wanted) = (visit.world.db.reader(), asked.wanted());
    let mut rows = row_page(on, &wanted, after, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.row);
    let total = row_count(on, &wanted).await?;
    Ok(Page { rows: rows.iter().map(line).collect::<Result<_, _>>()?, total, next })
}

/// Everything that is asked for, in the order of the list.
pub async fn all(visit: &Visit, asked: &Asked) -> Result<Vec<Row>, Fault> {
    visit.allow(READ_LISTS, &lists())?;
    let (on, wanted) = (visit.world.db.reader(), asked.wanted());
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let some = row_page(on, &wanted, after, HAND_OUT).await?;
        let Some(last) = some.last() else { return Ok(rows) };
        after = Some(last.row);
        for row in &some {
            rows.push(serde_json::from_str(&row.body)?);
        }
    }
}

/// All versions of a row, newest first.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn versions(visit: &Visit, id: Uuid) -> Result<Vec<Version>, Fault> {
    visit.allow(READ_LISTS, &lists())?;
    let versions = row_versions(visit.world.db.reader(), id).await?;
    if versions.is_empty() {
        return Err(Fault::NotFound);
    }
    let version = |model: Model| {
        Ok(Version {
            version: model.version,
            row: serde_json::from_str(&model.body)?,
            since: model.since,
            published_by: model.published_by,
            until: model.until,
            ended: model.ended,
            reason: model.reason,
            ended_by: model.ended_by,
            batch: model.batch,
        })
    };
    versions.into_iter().map(version).collect()
}

fn line(model: &Model) -> Result<RowLine, Fault> {
    Ok(RowLine { id: model.row, version: model.version, row: serde_json::from_str(&model.body)?, since: model.since })
}

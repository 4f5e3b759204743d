//! How the exchange stands: batches with their rows, what is kept back, what waits. Nothing of it is about a person.

use std::collections::BTreeMap;

use access_service::Visit;
use chrono::{DateTime, Utc};
use connect::acts::{MAKE_BATCH, READ_EXCHANGE, TAKE_BATCH};
use connect::exchange::{Operation, Table, Why};
use platform::Fault;
use uuid::Uuid;

use crate::connectors::current;
use crate::exchange::resource;
use crate::store::exchange_batch::{self, Counts, batch_list, batch_waiting};
use crate::store::exchange_defect::{cases_held, defects_open};
use crate::store::exchange_touched::touched_count;

/// Batches shown.
const BATCHES_MAX: u64 = 60;
/// Defects shown.
const DEFECTS_MAX: u64 = 200;

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    pub number: String,
    pub made_by: String,
    pub closed_at: DateTime<Utc>,
    pub cases: i64,
    pub held: i64,
    /// Rows of the tables that have some: added, changed, taken away.
    pub rows: Vec<(Table, [i64; 3])>,
    /// When its file was first taken.
    pub handed_at: Option<DateTime<Utc>>,
}

/// A case that is kept back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCase {
    pub project_no: String,
    pub cells: Vec<HeldCell>,
}

/// A cell that cannot go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCell {
    pub table: Table,
    pub column: String,
    pub why: Why,
}

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeView {
    /// Whether the district has a dictionary.
    pub is_ready: bool,
    /// Cases to be looked at, those kept back among them.
    pub waiting: u64,
    pub held_cases: u64,
    pub held: Vec<HeldCase>,
    pub batches: Vec<BatchLine>,
    pub may_make: bool,
    pub may_take: bool,
}

/// How the exchange stands.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn exchange(visit: &Visit) -> Result<ExchangeView, Fault> {
    let shelf = current(&visit.world)?;
    let own = resource(&shelf);
    visit.allow(READ_EXCHANGE, &own)?;
    let reader = visit.world.db.reader();
    let mut held: BTreeMap<(String, Uuid), Vec<HeldCell>> = BTreeMap::new();
    for row in defects_open(reader, DEFECTS_MAX).await? {
        let why = Why::ALL.iter().copied().find(|why| why.word() == row.why);
        let (Some(table), Some(why)) = (Table::parse(&row.table_name), why) else { continue };
        held.entry((row.project_no, row.case_id)).or_default().push(HeldCell { table, column: row.column_name, why });
    }
    let batches = batch_list(reader, BATCHES_MAX).await?;
    Ok(ExchangeView {
        is_ready: shelf.dictionary().is_some(),
        waiting: touched_count(reader).await?,
        held_cases: cases_held(reader).await?,
        held: held.into_iter().map(|((project_no, _), cells)| HeldCase { project_no, cells }).collect(),
        batches: batches.into_iter().map(line).collect::<Result<_, _>>()?,
        may_make: visit.may(MAKE_BATCH, &own),
        may_take: visit.may(TAKE_BATCH, &own),
    })
}

/// The batches nobody has taken yet, the oldest first.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn waiting(visit: &Visit) -> Result<Vec<BatchLine>, Fault> {
    let shelf = current(&visit.world)?;
    visit.allow(READ_EXCHANGE, &resource(&shelf))?;
    batch_waiting(visit.world.db.reader()).await?.into_iter().map(line).collect()
}

fn line(row: exchange_batch::Model) -> Result<BatchLine, Fault> {
    let counts: Counts = serde_json::from_str(&row.counts)?;
    let of = |table: Table| {
        let own = counts.get(table.word())?;
        let many = |operation: Operation| own.get(operation.word()).copied().unwrap_or_default();
        Some((table, [Operation::Insert, Operation::Update, Operation::Delete].map(many)))
    };
    Ok(BatchLine {
        number: row.number.unwrap_or_default(),
        made_by: row.made_by_name,
        closed_at: row.closed_at.unwrap_or(row.begun_at),
        cases: row.cases,
        held: row.held,
        rows: Table::ALL.iter().copied().filter_map(of).collect(),
        handed_at: row.handed_at,
    })
}

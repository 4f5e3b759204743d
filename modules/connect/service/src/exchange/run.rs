//! A batch from beginning to close. One run at a time works on it; what it has put down stays when it dies, and the next goes
//! on. Cases are read outside a transaction, because every look at a person is put on record at once, and put down page by
//! page, so that nobody waits long and memory stays bounded.

use std::collections::BTreeMap;

use access_service::Visit;
use casework_service::reads::{case_ids, reported_case};
use connect::acts::MAKE_BATCH;
use connect::exchange::{Change, Defect, Dictionary, Known, Operation, Row, Table, changes, defects, rows};
use kernel::id::{CaseId, Uuid};
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey, Tx};
use serde_json::json;

use super::touch::mark;
use super::values::values;
use crate::acts::CHAIN;
use crate::connectors::ConnectorShelf;
use crate::store::exchange_batch::{self as batches, Counts};
use crate::store::exchange_defect::{self as kept, cases_held, defects_of_case};
use crate::store::exchange_row::{self as told, Told};
use crate::store::exchange_touched::{self as touched, touched_page};

/// Cases read and put down at once.
const PAGE: u64 = 50;
/// Cases marked at once when reporting begins.
const FIRST_PAGE: u64 = 500;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchOutcome {
    /// A batch of this number, with rows about so many cases; so many are kept back.
    Made { number: String, cases: u64, held: u64 },
    /// Nothing is new; so many cases are kept back.
    Nothing { held: u64 },
    /// Another run is at it.
    UnderWay,
}

/// A case as it was read.
struct Look {
    touched: touched::Model,
    project_no: String,
    rows: Vec<Row>,
    defects: Vec<Defect>,
}

/// One run.
struct Run<'a> {
    visit: &'a Visit,
    shelf: &'a ConnectorShelf,
    dictionary: &'a Dictionary,
    batch: Uuid,
    runner: Uuid,
}

/// Makes a batch of everything that is new.
pub(crate) async fn run(
    visit: &Visit,
    key: Option<&RequestKey>,
    shelf: &ConnectorShelf,
    dictionary: &Dictionary,
) -> Result<BatchOutcome, Fault> {
    let runner = Uuid::new_v4();
    let who = (visit.actor.id.as_str(), visit.actor.name.as_str());
    let db = &visit.world.db;
    let begun = db
        .write(None, async |tx| batches::batch_begin(tx.conn(), (tx.new_uuid(), runner), who, tx.now()).await)
        .await?;
    let Some(batch) = begun else { return Ok(BatchOutcome::UnderWay) };
    let run = Run { visit, shelf, dictionary, batch, runner };
    let outcome = async {
        run.begin_with_all().await?;
        run.pages().await?;
        run.close(key).await
    }
    .await;
    if outcome.is_err() {
        // Whoever comes next goes on at once.
        let left = db.write(None, async |tx| batches::batch_beat(tx.conn(), batch, runner, None).await).await;
        if let Err(fault) = left {
            tracing::warn!(%fault, "a batch could not be left");
        }
    }
    outcome
}

impl Run<'_> {
    /// Before the first batch, nobody has marked what was accepted before there was an exchange.
    async fn begin_with_all(&self) -> Result<(), Fault> {
        let (visit, db) = (self.visit, &self.visit.world.db);
        if !batches::batch_list(db.reader(), 1).await?.is_empty() {
            return Ok(());
        }
        let region = self.shelf.catalogue().catalog().district.region.to_string();
        let mut after = None;
        loop {
            let cases = case_ids(visit, &region, after, FIRST_PAGE).await?;
            after = cases.last().copied();
            let page = &cases;
            db.write(None, async |tx| {
                let marks = page.iter().map(|case| mark(*case, tx.new_uuid(), tx.now())).collect();
                touched::touched_add(tx.conn(), marks).await?;
                batches::batch_beat(tx.conn(), self.batch, self.runner, Some(tx.now())).await
            })
            .await?;
            if (cases.len() as u64) < FIRST_PAGE {
                return Ok(());
            }
        }
    }

    /// Every case marked until now, page by page.
    async fn pages(&self) -> Result<(), Fault> {
        let (db, until) = (&self.visit.world.db, self.visit.world.clock.now_utc());
        let mut after = None;
        loop {
            let page = touched_page(db.reader(), until, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.case_id);
            let mut looks = Vec::with_capacity(page.len());
            for touched in page {
                looks.extend(self.look(touched).await?);
            }
            let looks = &looks;
            db.write(None, async |tx| self.put_down(&tx, looks).await).await?;
        }
    }

    /// Reads a case. A case of another region is not this one's to report, and stays marked.
    async fn look(&self, touched: touched::Model) -> Result<Option<Look>, Fault> {
        let read = reported_case(self.visit, CaseId::from_uuid(touched.case_id)).await;
        let case = match read {
            Ok(case) => case,
            Err(Fault::NotAllowed) => return Ok(None),
            Err(Fault::NotFound) => None,
            Err(fault) => return Err(fault),
        };
        let values = case.and_then(|case| values(&case, self.shelf.catalogue().catalog()));
        let rows = values.as_ref().map(|values| rows(values, self.dictionary)).unwrap_or_default();
        let defects = rows.iter().flat_map(defects).collect();
        Ok(Some(Look {
            touched,
            project_no: values.map(|values| values.project_no).unwrap_or_default(),
            rows,
            defects,
        }))
    }

    /// Puts a page down: for each case what is new, or what keeps it back.
    async fn put_down(&self, tx: &Tx, looks: &[Look]) -> Result<(), Fault> {
        // Also keeps another run away until this is committed.
        batches::batch_beat(tx.conn(), self.batch, self.runner, Some(tx.now())).await?;
        let cases: Vec<Uuid> = looks.iter().map(|look| look.touched.case_id).collect();
        let mut before: BTreeMap<Uuid, Vec<Told>> = BTreeMap::new();
        for one in told::rows_of_cases(tx.conn(), &cases).await? {
            before.entry(one.case).or_default().push(one);
        }
        let mut new = Vec::new();
        for look in looks {
            keep_back(tx, look).await?;
            // A case with a defect stays marked, whole; so does one to which something happened after it was read.
            if look.defects.is_empty() && touched::touched_take(tx.conn(), &look.touched).await? {
                let ours = before.remove(&look.touched.case_id).unwrap_or_default();
                new.extend(self.new_rows(tx, look, &ours).await?);
            }
        }
        told::row_insert(tx.conn(), new).await
    }

    async fn new_rows(&self, tx: &Tx, look: &Look, before: &[Told]) -> Result<Vec<told::Model>, Fault> {
        let last: BTreeMap<Uuid, &Told> = before.iter().map(|one| (one.guid, one)).collect();
        let standing = last.values().filter(|one| one.operation != Operation::Delete.word());
        let known: Option<Vec<Known>> = standing
            .map(|one| Some(Known { table: Table::parse(&one.table)?, guid: one.guid, digest: one.digest.clone() }))
            .collect();
        let known = known.ok_or_else(|| Fault::internal("a row of a table that is none"))?;
        let mut new = Vec::new();
        for Change { operation, table, guid, digest, cells } in changes(&look.rows, &known) {
            let cells = match (cells, last.get(&guid)) {
                (Some(cells), _) => serde_json::to_string(&cells)?,
                // A row that is gone says what it said last.
                (None, Some(one)) => told::row_find(tx.conn(), one.id).await?.ok_or(Fault::NotFound)?.cells,
                (None, None) => continue,
            };
            new.push(told::Model {
                id: tx.new_uuid(),
                batch: self.batch,
                table_name: table.word().to_owned(),
                guid,
                case_id: look.touched.case_id,
                operation: operation.word().to_owned(),
                cells,
                digest,
            });
        }
        Ok(new)
    }

    /// Closes the batch under the next number of its day; without rows there is none. Either way it goes on record.
    async fn close(&self, key: Option<&RequestKey>) -> Result<BatchOutcome, Fault> {
        let (visit, id) = (self.visit, self.batch);
        visit
            .write(key, async |tx| {
                batches::batch_beat(tx.conn(), id, self.runner, Some(tx.now())).await?;
                let held = cases_held(tx.conn()).await?;
                let mut counts = Counts::new();
                for (table, operation, many) in told::row_counts(tx.conn(), id).await? {
                    counts.entry(table).or_default().insert(operation, many);
                }
                let entry = |subject: &str, facts: &serde_json::Value| {
                    let by = &visit.actor.id;
                    JournalEntry::new(named_chain(CHAIN), by, MAKE_BATCH.name(), subject).holding(facts)
                };
                if counts.is_empty() {
                    batches::batch_drop(tx.conn(), id).await?;
                    tx.record(entry("exchange", &json!({ "held": held })));
                    return Ok(BatchOutcome::Nothing { held });
                }
                let cases = told::row_cases(tx.conn(), id).await?;
                let day = tx.today().format("%Y%m%d").to_string();
                let number = format!("{day}{:04}", tx.number(&format!("connect/exchange/{day}")).await?);
                batches::batch_close(tx.conn(), id, &number, (cases, held, &counts), tx.now()).await?;
                tx.record(entry(&number, &json!({ "cases": cases, "held": held, "rows": counts })));
                Ok(BatchOutcome::Made { number, cases, held })
            })
            .await
    }
}

/// Writes down what keeps a case back, and what does so no longer.
async fn keep_back(tx: &Tx, look: &Look) -> Result<(), Fault> {
    let before = defects_of_case(tx.conn(), look.touched.case_id).await?;
    let is = |row: &kept::Model, defect: &Defect| {
        row.table_name == defect.table.word() && row.column_name == defect.column && row.why == defect.why.word()
    };
    let mended = before.iter().filter(|row| !look.defects.iter().any(|defect| is(row, defect)));
    kept::defects_mended(tx.conn(), mended.map(|row| row.id).collect(), tx.now()).await?;
    let mut new: Vec<kept::Model> = Vec::new();
    for defect in &look.defects {
        // Several rows of one table may lack the same cell; it is told once.
        if before.iter().chain(&new).any(|row| is(row, defect)) {
            continue;
        }
        new.push(kept::Model {
            id: tx.new_uuid(),
            case_id: look.touched.case_id,
            project_no: look.project_no.clone(),
            table_name: defect.table.word().to_owned(),
            column_name: defect.column.to_owned(),
            why: defect.why.word().to_owned(),
            found_at: tx.now(),
            mended_at: None,
        });
    }
    kept::defect_insert(tx.conn(), new).await
}

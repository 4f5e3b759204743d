//! What is to be told anew: rows beside what was last handed over of the same case.

use std::collections::BTreeMap;

use catalog::words;
use kernel::id::Uuid;

use super::rows::Row;
use super::table::Table;

words! {
    /// What is done with a row there.
    Operation {
        Insert = "I" "新增",
        Update = "U" "变更",
        Delete = "D" "删除",
    }
}

/// A row as it was last handed over; one that was then taken away is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub table: Table,
    pub guid: Uuid,
    pub digest: String,
}

/// What is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub operation: Operation,
    pub table: Table,
    pub guid: Uuid,
    pub digest: String,
    /// What the row says now; none of a row that is gone, which says what it said last.
    pub cells: Option<Vec<String>>,
}

/// New rows first, then those that are gone. A row that says what it said is not told again.
pub fn changes(rows: &[Row], known: &[Known]) -> Vec<Change> {
    let mut before: BTreeMap<Uuid, &Known> = known.iter().map(|known| (known.guid, known)).collect();
    let mut changes = Vec::new();
    for row in rows {
        let digest = row.digest();
        let operation = match before.remove(&row.guid) {
            None => Operation::Insert,
            Some(known) if known.digest == digest => continue,
            Some(_) => Operation::Update,
        };
        changes.push(Change { operation, table: row.table, guid: row.guid, digest, cells: Some(row.cells.clone()) });
    }
    let gone = known.iter().filter(|known| before.contains_key(&known.guid));
    changes.extend(gone.map(|known| Change {
        operation: Operation::Delete,
        table: known.table,
        guid: known.guid,
        digest: known.digest.clone(),
        cells: None,
    }));
    changes
}

//! Which column of an office's table is what (列的对应).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::column::Column;
use crate::list::ListKind;
use crate::sheet::Sheet;

/// The answer: for each column of ours the place of theirs, counted from 0, and on which list rows are that do not say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub columns: BTreeMap<Column, usize>,
    pub list: ListKind,
}

impl Mapping {
    /// The mapping that the heads suggest. The first column of two with the same meaning counts.
    pub fn guess(sheet: &Sheet, list: ListKind) -> Self {
        let mut columns = BTreeMap::new();
        for (place, head) in sheet.heads.iter().enumerate() {
            if let Some(column) = Column::of_head(head) {
                columns.entry(column).or_insert(place);
            }
        }
        Self { columns, list }
    }

    /// What keeps it from being used: a column of ours that is needed and has no place, or a place beyond the table.
    pub fn missing(&self, sheet: &Sheet) -> Vec<Column> {
        let beyond = self.columns.iter().filter(|(_, place)| **place >= sheet.heads.len()).map(|(column, _)| *column);
        let needed = [Column::Name, Column::Unit].into_iter().filter(|column| !self.columns.contains_key(column));
        beyond.chain(needed).collect()
    }

    /// Columns of theirs that nothing of ours is read from: they go along under their own heads.
    pub fn unused(&self, sheet: &Sheet) -> Vec<usize> {
        let used: BTreeSet<usize> = self.columns.values().copied().collect();
        (0..sheet.heads.len()).filter(|place| !used.contains(place)).collect()
    }
}

//! What keeps a case back: a cell that must be filled and is not, or is longer than its column. Nothing is cut in silence.

use catalog::words;

use super::rows::Row;
use super::table::Table;

words! {
    /// What is wrong with a cell.
    Why {
        Empty = "empty" "必填项为空",
        TooLong = "too-long" "超过长度",
    }
}

/// A cell that cannot go. What stands in it is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    pub table: Table,
    pub column: &'static str,
    pub why: Why,
}

/// Everything that is wrong with a row.
pub fn defects(row: &Row) -> Vec<Defect> {
    let cells = row.table.columns().iter().zip(&row.cells);
    let why = |max: Option<usize>, must: bool, cell: &str| match max {
        _ if must && cell.is_empty() => Some(Why::Empty),
        Some(max) if cell.chars().count() > max => Some(Why::TooLong),
        _ => None,
    };
    cells
        .filter_map(|(column, cell)| {
            let why = why(column.max, column.must, cell)?;
            Some(Defect { table: row.table, column: column.name, why })
        })
        .collect()
}

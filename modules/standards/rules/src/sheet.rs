//! A table as an office has it: heads and rows of text, whatever file it came in.

use serde::{Deserialize, Serialize};

/// A table. All rows have as many cells as there are heads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A table of what was read: rows are filled up to the longest one, whose further cells get heads of their own, so that
    /// nothing falls off the right edge. Empty rows at the end, which spreadsheets often have, are left out.
    pub fn new(heads: Vec<String>, mut rows: Vec<Vec<String>>) -> Self {
        while rows.last().is_some_and(|row| row.iter().all(|cell| cell.trim().is_empty())) {
            rows.pop();
        }
        let width = rows.iter().map(Vec::len).chain([heads.len()]).max().unwrap_or(0);
        let mut named = heads;
        for number in named.len()..width {
            named.push(format!("第{}列", number + 1));
        }
        let mut seen: Vec<String> = Vec::new();
        for head in &mut named {
            *head = head.trim().to_owned();
            if head.is_empty() {
                *head = format!("第{}列", seen.len() + 1);
            }
            // Two columns of one head are two columns.
            let (first, mut number) = (head.clone(), 2);
            while seen.contains(head) {
                *head = format!("{first}（{number}）");
                number += 1;
            }
            seen.push(head.clone());
        }
        let rows = rows.into_iter().map(|mut row| {
            row.resize(width, String::new());
            row
        });
        Self { heads: named, rows: rows.collect() }
    }

    /// The number people see beside a row in their spreadsheet.
    pub fn line(index: usize) -> usize {
        index + 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ragged_rows_and_doubled_heads_lose_nothing() {
        let text = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        let sheet = Sheet::new(text(&["名称", "", "名称"]), vec![text(&["甲"]), text(&["乙", "丙", "丁", "戊"])]);
        assert_eq!(sheet.heads, ["名称", "第2列", "名称（2）", "第4列"]);
        assert_eq!(sheet.rows, [text(&["甲", "", "", ""]), text(&["乙", "丙", "丁", "戊"])]);
    }
}

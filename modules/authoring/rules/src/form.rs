//! A record as a form (事项、主题、数据元、材料的表单): sections of columns over its keys. What no column speaks of stays as it is.
//!
//! `schema` says what sections and columns are, `item`, `theme` and `listed` which there are, `cell` how a text and a value
//! become each other; here rows are read out of a record and written back.

mod cell;
mod item;
mod listed;
mod schema;
mod theme;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(crate) use item::ITEM;
pub(crate) use listed::{ELEMENT, MATERIAL};
pub use schema::{Column, Kind, Section, Vocabulary};
pub(crate) use theme::THEME;

use cell::{cell, read_cell};

use crate::yaml::Value;

/// A row as the form shows it: its place in the file, and the texts of its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// None for one that is new.
    pub at: Option<usize>,
    /// By path; several texts only where several words may be chosen.
    pub cells: BTreeMap<&'static str, Vec<String>>,
}

impl Row {
    /// The text of a column; empty where there is none.
    pub fn one(&self, path: &str) -> &str {
        self.cells.get(path).and_then(|texts| texts.first()).map_or("", String::as_str)
    }

    /// Whether nothing was typed into it.
    pub fn is_blank(&self) -> bool {
        self.cells.values().flatten().all(|text| text.trim().is_empty())
    }

    /// What makes it the row it is.
    pub fn key(&self, section: &Section) -> String {
        section.keyed_by.iter().map(|path| self.one(path)).collect::<Vec<_>>().join(" ")
    }

    /// What the row is called, by the first of the naming columns that says something.
    pub fn name(&self, section: &Section) -> String {
        let said = section.named_by.iter().map(|path| self.one(path)).filter(|text| !text.is_empty());
        said.take(2).collect::<Vec<_>>().join(" ")
    }
}

/// The rows of a section as the record has them; one where the section has no rows of its own.
pub fn rows(section: &Section, record: &Value) -> Vec<Row> {
    let row = |at: usize, value: &Value| Row {
        at: Some(at),
        cells: section.columns.iter().map(|column| (column.path, cell(column.kind, value.at(column.path)))).collect(),
    };
    match section.rows {
        None => vec![row(0, record)],
        Some(key) => {
            let entries = record.get(key).map(Value::entries).unwrap_or_default();
            entries.iter().enumerate().map(|(at, value)| row(at, value)).collect()
        }
    }
}

/// A cell that cannot be taken: which row of those sent, which column, and the code of what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    pub row: usize,
    pub path: &'static str,
    pub code: &'static str,
}

/// What a row that is new must still say; one that stands in a file may leave untouched what it never said.
pub fn missing(section: &Section, row: &Row) -> Vec<CellFault> {
    let lacks = |column: &&Column| column.required && row.one(column.path).trim().is_empty();
    let fault = |column: &Column| CellFault { row: 0, path: column.path, code: "required" };
    section.columns.iter().filter(lacks).map(fault).collect()
}

/// The top-level keys of the record that the rows sent change, with their new values ([`Value::Null`] takes a key away).
///
/// # Errors
/// Everything that cannot be taken, at once.
pub fn written(section: &Section, record: &Value, sent: &[Row]) -> Result<Vec<(String, Value)>, Vec<CellFault>> {
    let mut faults = Vec::new();
    let mut fill = |number: usize, row: &Row, mut value: Value| {
        for column in section.columns {
            let texts = row.cells.get(column.path).map(Vec::as_slice).unwrap_or_default();
            // What was not touched keeps its very characters.
            if cell(column.kind, value.at(column.path)) == texts {
                continue;
            }
            match read_cell(column, texts) {
                Ok(read) => value.put(column.path, read),
                Err(code) => faults.push(CellFault { row: number, path: column.path, code }),
            }
        }
        value
    };
    let changed = match section.rows {
        None => {
            let Some(row) = sent.first() else { return Ok(Vec::new()) };
            let after = fill(0, row, record.clone());
            let mut keys: Vec<&str> =
                section.columns.iter().filter_map(|column| column.path.split('.').next()).collect();
            keys.dedup();
            let changed = keys.into_iter().filter(|key| after.get(key) != record.get(key));
            changed.map(|key| (key.to_owned(), after.get(key).cloned().unwrap_or(Value::Null))).collect()
        }
        Some(key) => {
            let before = record.get(key).cloned().unwrap_or(Value::List(Vec::new()));
            let kept = sent.iter().enumerate().filter(|(_, row)| !row.is_blank());
            let rows = kept.map(|(number, row)| {
                let original = row.at.and_then(|at| before.entries().get(at)).cloned();
                fill(number, row, original.unwrap_or(Value::Map(Vec::new())))
            });
            let after = Value::List(rows.collect());
            if after == before { Vec::new() } else { vec![(key.to_owned(), after)] }
        }
    };
    if faults.is_empty() { Ok(changed) } else { Err(faults) }
}

/// The text of an item with its version raised over the one in force, once, and its first day set; as it is where nothing but
/// these two differs, or where the item is new.
pub fn raised(text: &str, in_force: Option<&str>, effective: NaiveDate) -> String {
    let Some(before) = in_force.and_then(crate::yaml::read) else { return text.to_owned() };
    let Some(now) = crate::yaml::read(text) else { return text.to_owned() };
    let version = |item: &Value| item.at("version").and_then(Value::as_text).and_then(|text| text.parse::<u32>().ok());
    let (Some(old), Some(new)) = (version(&before), version(&now)) else { return text.to_owned() };
    // Another code is another item, whose versions are its own.
    if new > old || now == before || now.at("code") != before.at("code") {
        return text.to_owned();
    }
    let raised = crate::yaml::set(text, "version", &Value::plain((old + 1).to_string()));
    if now.at("effective") != before.at("effective") {
        return raised;
    }
    crate::yaml::set(&raised, "effective", &Value::plain(effective.to_string()))
}

//! An item as a form (事项表单): sections of columns over the item's file. What no column speaks of stays as it is.
//!
//! `schema` says which sections and columns there are; here they are read out of a file and written back.

mod schema;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use schema::{Column, Kind, SECTIONS, Section, Vocabulary};

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

/// The rows of a section as the item has them; one where the section has no rows of its own.
pub fn rows(section: &Section, item: &Value) -> Vec<Row> {
    let row = |at: usize, value: &Value| Row {
        at: Some(at),
        cells: section.columns.iter().map(|column| (column.path, cell(column.kind, value.at(column.path)))).collect(),
    };
    match section.rows {
        None => vec![row(0, item)],
        Some(key) => {
            let entries = item.get(key).map(Value::entries).unwrap_or_default();
            entries.iter().enumerate().map(|(at, value)| row(at, value)).collect()
        }
    }
}

fn cell(kind: Kind, value: Option<&Value>) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    match (kind, value) {
        (Kind::Words(_), value) => value.entries().iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        (Kind::Waivers, value) => vec![value.entries().iter().map(waiver_line).collect::<Vec<_>>().join("\n")],
        (Kind::Money, value) => vec![yuan(value.as_text().unwrap_or_default())],
        (_, value) => value.as_text().map(str::to_owned).into_iter().collect(),
    }
}

/// `product register-individual` of `{by: product, item: register-individual}`.
fn waiver_line(waiver: &Value) -> String {
    let by = waiver.at("by").and_then(Value::as_text).unwrap_or_default();
    let with = WAIVERS.iter().find(|(word, _)| *word == by).and_then(|(_, key)| *key);
    let with = with.and_then(|key| waiver.at(key)).and_then(Value::as_text);
    with.map_or_else(|| by.to_owned(), |with| format!("{by} {with}"))
}

/// The word after `by`, and the key of what goes with it.
const WAIVERS: [(&str, Option<&str>); 6] = [
    ("form", None),
    ("licence", None),
    ("check", Some("interface")),
    ("product", Some("item")),
    ("commitment", Some("when")),
    ("element", Some("element")),
];

fn waiver(line: &str) -> Option<Value> {
    let line = line.trim();
    let (by, with) = line.split_once(char::is_whitespace).map_or((line, ""), |(by, with)| (by, with.trim()));
    let (word, key) = WAIVERS.iter().find(|(word, _)| *word == by)?;
    let mut entries = vec![("by".to_owned(), Value::plain(*word))];
    match (key, with.is_empty()) {
        (None, true) => {}
        (None, false) => return None,
        (Some("when"), true) => {}
        (Some(_), true) => return None,
        (Some(key), false) => entries.push(((*key).to_owned(), Value::text(with))),
    }
    Some(Value::Map(entries))
}

fn yuan(fen: &str) -> String {
    fen.parse::<i64>().map_or_else(|_| fen.to_owned(), |fen| format!("{}.{:02}", fen / 100, fen % 100))
}

fn fen(yuan: &str) -> Option<i64> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let part = match part.len() {
        0 => "00".to_owned(),
        1 => format!("{part}0"),
        2 => part.to_owned(),
        _ => return None,
    };
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    (digits(whole) && digits(&part)).then(|| format!("{whole}{part}").parse().ok()).flatten()
}

/// A cell that cannot be taken: which row of those sent, which column, and the code of what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    pub row: usize,
    pub path: &'static str,
    pub code: &'static str,
}

/// The top-level keys of the item that the rows sent change, with their new values ([`Value::Null`] takes a key away).
///
/// # Errors
/// Everything that cannot be taken, at once.
pub fn written(section: &Section, item: &Value, sent: &[Row]) -> Result<Vec<(String, Value)>, Vec<CellFault>> {
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
            let after = fill(0, row, item.clone());
            let mut keys: Vec<&str> =
                section.columns.iter().filter_map(|column| column.path.split('.').next()).collect();
            keys.dedup();
            let changed = keys.into_iter().filter(|key| after.get(key) != item.get(key));
            changed.map(|key| (key.to_owned(), after.get(key).cloned().unwrap_or(Value::Null))).collect()
        }
        Some(key) => {
            let before = item.get(key).cloned().unwrap_or(Value::List(Vec::new()));
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

fn read_cell(column: &Column, texts: &[String]) -> Result<Option<Value>, &'static str> {
    if let Kind::Words(vocabulary) = column.kind {
        let options = vocabulary.options(|_| String::new());
        let known = |text: &String| options.iter().any(|(word, _)| word == text);
        if !texts.iter().all(known) {
            return Err("form-option");
        }
        if texts.is_empty() {
            return if column.required { Err("required") } else { Ok(None) };
        }
        return Ok(Some(Value::List(texts.iter().map(Value::plain).collect())));
    }
    let text = texts.first().map_or("", |text| text.trim());
    if text.is_empty() {
        return if column.required { Err("required") } else { Ok(None) };
    }
    Ok(Some(match column.kind {
        Kind::Count => Value::plain(text.parse::<u32>().map_err(|_| "form-count")?.to_string()),
        Kind::Money => Value::plain(fen(text).ok_or("form-amount")?.to_string()),
        Kind::Day => Value::plain(text.parse::<NaiveDate>().map_err(|_| "form-day")?.to_string()),
        Kind::YesNo if matches!(text, "true" | "false") => Value::plain(text),
        Kind::YesNo => return Err("form-option"),
        Kind::Word(vocabulary) => {
            let options = vocabulary.options(|_| String::new());
            if !options.iter().any(|(word, _)| word == text) {
                return Err("form-option");
            }
            Value::text(text)
        }
        Kind::Waivers => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            Value::List(lines.map(waiver).collect::<Option<_>>().ok_or("form-waiver")?)
        }
        Kind::Line
        | Kind::Long
        | Kind::Words(_)
        | Kind::Element
        | Kind::Material
        | Kind::Licence
        | Kind::Law
        | Kind::Condition => Value::text(text.replace("\r\n", "\n")),
    }))
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

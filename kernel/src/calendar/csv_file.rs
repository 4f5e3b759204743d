//! Reading the calendar's file and refusing one that would make wrong deadlines.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::DayKind;

/// Why the text is not a calendar. Lines count from 1, the heading included.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// The heading is not `date,kind,reason`.
    #[error("line 1: the columns must be date,kind,reason")]
    Heading,
    /// A line has not three columns, or its quotes do not close.
    #[error("line {line}: not three columns")]
    Columns {
        /// Where.
        line: u64,
    },
    /// The date cannot be read; only `2026-01-01` is allowed here.
    #[error("line {line}: {found} is not a date like 2026-01-01")]
    Date {
        /// Where.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// The kind is neither `holiday` nor `workday`.
    #[error("line {line}: {found} is neither holiday nor workday")]
    Kind {
        /// Where.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// The date is given twice.
    #[error("line {line}: {day} is given twice")]
    Twice {
        /// Where.
        line: u64,
        /// Which date.
        day: NaiveDate,
    },
    /// A year between the first and the last has no line, so its notice is missing.
    #[error("the year {year} has no line")]
    YearMissing {
        /// Which year.
        year: i32,
    },
    /// There is no line at all.
    #[error("the calendar is empty")]
    Empty,
}

/// What the file says.
pub(super) struct Notice {
    pub(super) first_year: i32,
    pub(super) last_year: i32,
    pub(super) days: BTreeMap<NaiveDate, (DayKind, String)>,
}

pub(super) fn read(text: &str) -> Result<Notice, CalendarFault> {
    // A spreadsheet's byte order mark would otherwise become part of the first heading.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    if !reader.headers().is_ok_and(|heading| heading.iter().eq(["date", "kind", "reason"])) {
        return Err(CalendarFault::Heading);
    }
    let mut days = BTreeMap::new();
    for record in reader.records() {
        let record =
            record.map_err(|fault| CalendarFault::Columns { line: fault.position().map_or(0, csv::Position::line) })?;
        let line = record.position().map_or(0, csv::Position::line);
        let (day, kind) = (date(&record[0], line)?, day_kind(&record[1], line)?);
        if days.insert(day, (kind, record[2].to_owned())).is_some() {
            return Err(CalendarFault::Twice { line, day });
        }
    }
    let years: BTreeSet<i32> = days.keys().map(Datelike::year).collect();
    let (Some(&first_year), Some(&last_year)) = (years.first(), years.last()) else {
        return Err(CalendarFault::Empty);
    };
    match (first_year..=last_year).find(|year| !years.contains(year)) {
        Some(year) => Err(CalendarFault::YearMissing { year }),
        None => Ok(Notice { first_year, last_year, days }),
    }
}

fn date(text: &str, line: u64) -> Result<NaiveDate, CalendarFault> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|day| day.to_string() == text)
        .ok_or_else(|| CalendarFault::Date { line, found: text.to_owned() })
}

fn day_kind(text: &str, line: u64) -> Result<DayKind, CalendarFault> {
    match text {
        "holiday" => Ok(DayKind::Holiday),
        "workday" => Ok(DayKind::Workday),
        _ => Err(CalendarFault::Kind { line, found: text.to_owned() }),
    }
}

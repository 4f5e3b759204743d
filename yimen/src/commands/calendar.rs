//! `yimen calendar add`: the day a period ends.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use kernel::limit::Unit;

use super::read;
use crate::Ending;

/// The calendar that is compiled in, for use without a district's folder.
const BUILT_IN: &str = include_str!("../../../samples/chancheng/calendar.csv");

pub struct Order {
    pub date: Option<String>,
    pub n: Option<u32>,
    pub unit: Unit,
    pub batch: bool,
    pub file: Option<PathBuf>,
}

/// Prints the day, or a day a line.
pub fn add(order: Order, json: bool) -> Result<Ending> {
    let text = match &order.file {
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?,
        None => BUILT_IN.to_owned(),
    };
    let calendar = WorkCalendar::from_csv(&text).map_err(|fault| anyhow::anyhow!("{fault}"))?;
    let unit = order.unit;
    if order.batch {
        return batch(&calendar, unit, json);
    }
    let (Some(date), Some(n)) = (order.date, order.n) else { bail!("DATE and N are needed") };
    match sum(&calendar, &date, &n.to_string(), unit) {
        Ok(day) if json => say!("{}", serde_json::json!({ "date": day })),
        Ok(day) => say!("{day}"),
        Err(why) => {
            if json {
                say!("{}", serde_json::json!({ "error": why }));
            } else {
                say!("error: {why}");
            }
            return Ok(Ending::No);
        }
    }
    Ok(Ending::Good)
}

fn batch(calendar: &WorkCalendar, unit: Unit, json: bool) -> Result<Ending> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut ending = Ending::Good;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (date, n) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        match sum(calendar, date, n.trim(), unit) {
            Ok(day) if json => read(writeln!(out, "{}", serde_json::json!({ "date": day })))?,
            Ok(day) => read(writeln!(out, "{day}"))?,
            Err(why) => {
                ending = Ending::No;
                if json {
                    read(writeln!(out, "{}", serde_json::json!({ "error": why })))?;
                } else {
                    read(writeln!(out, "error: {why}"))?;
                }
            }
        }
    }
    read(out.flush())?;
    Ok(ending)
}

fn sum(calendar: &WorkCalendar, date: &str, n: &str, unit: Unit) -> Result<NaiveDate, String> {
    let day = kernel::day::parse_day(date).map_err(|_| format!("{date} is not a day, write 2026-10-08"))?;
    let n: u32 = n.parse().map_err(|_| format!("{n} is not a number of days"))?;
    calendar
        .add(day, n, unit)
        .map_err(|beyond| format!("beyond the calendar, which covers {} to {}", beyond.first, beyond.last))
}

//! The kernel seen from outside: tables of vectors, and properties that must hold for all of them.

mod calendar;
mod calendar_file;
mod calendar_properties;
mod check;
mod citizen_id;
mod credit_code;
mod day;
mod id;
mod licence_mark;
mod limit;
mod mask;
mod money;
mod project_code;
mod refusal;
mod region_code;
mod value;

use chrono::NaiveDate;

/// A date in a test table. Panics on a slip of the pen.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is no date"))
}

//! The working calendar (工作日历): which days the State Council's yearly notice makes rest days and working days.
//!
//! All terms of the Administrative Licensing Law are working days without statutory holidays (行政许可法 82).
//! The day of the event is not counted (民法典 201); a period in natural days, months or years that ends on a
//! legal rest day ends on the next working day (民法典 203). Weekends worked in exchange count as working days.
//! The calendar covers whole years for which a notice is known and refuses to guess beyond them.

mod csv_file;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, Weekday};

pub use csv_file::CalendarFault;

use crate::day::months_later;
use crate::limit::Unit;

/// The date asked for, or the answer, lies outside the years whose notices are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar covers {first} to {last} and cannot count from {from}")]
pub struct BeyondCalendar {
    /// The day the counting began from.
    pub from: NaiveDate,
    /// First day covered.
    pub first: NaiveDate,
    /// Last day covered.
    pub last: NaiveDate,
}

/// What the notice says of a day that differs from its weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayKind {
    Holiday,
    Workday,
}

/// The rest days and working days of whole consecutive years.
///
/// Adding and counting are table look-ups: two arrays are made once, the working days before each day and the day of
/// each working day, so that a batch of deadlines costs nanoseconds each.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    first: NaiveDate,
    last: NaiveDate,
    /// How many working days there are up to and including the day `first + index`.
    up_to: Vec<u32>,
    /// The offset from `first` of each working day, in order.
    workdays: Vec<u32>,
    /// Why a day differs from its weekday: the holiday's name.
    reasons: BTreeMap<NaiveDate, String>,
}

impl WorkCalendar {
    /// Reads the columns `date,kind,reason` with kind `holiday` or `workday`. The calendar covers the whole years
    /// from the first to the last date.
    ///
    /// # Errors
    /// [`CalendarFault`], with the line where there is one.
    pub fn from_csv(text: &str) -> Result<Self, CalendarFault> {
        csv_file::read(text).map(|notice| Self::build(notice.first_year, notice.last_year, notice.days))
    }

    fn build(first_year: i32, last_year: i32, days: BTreeMap<NaiveDate, (DayKind, String)>) -> Self {
        let first = NaiveDate::from_ymd_opt(first_year, 1, 1).expect("the reader checked the years");
        let last = NaiveDate::from_ymd_opt(last_year, 12, 31).expect("the reader checked the years");
        let mut up_to = Vec::new();
        let mut workdays = Vec::new();
        for (offset, day) in (0..).zip(first.iter_days().take_while(|day| *day <= last)) {
            let works = match days.get(&day) {
                Some((kind, _)) => *kind == DayKind::Workday,
                None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
            };
            if works {
                workdays.push(offset);
            }
            up_to.push(workdays.len() as u32);
        }
        let reasons = days.into_iter().map(|(day, (_, reason))| (day, reason)).collect();
        Self { first, last, up_to, workdays, reasons }
    }

    /// The first and last day the calendar knows.
    pub fn covers(&self) -> RangeInclusive<NaiveDate> {
        self.first..=self.last
    }

    /// Whether authorities work on this day.
    ///
    /// # Errors
    /// [`BeyondCalendar`] outside the years covered.
    pub fn is_workday(&self, day: NaiveDate) -> Result<bool, BeyondCalendar> {
        let index = self.index(day)?;
        let before = if index == 0 { 0 } else { self.up_to[index - 1] };
        Ok(self.up_to[index] > before)
    }

    /// Why the day is a holiday or a working weekend, such as `春节`; `None` for ordinary days.
    pub fn reason(&self, day: NaiveDate) -> Option<&str> {
        self.reasons.get(&day).map(String::as_str)
    }

    /// The day a period of `n` units ends that is set off by an event on `day`.
    ///
    /// - Working days: the n-th working day after `day`; for 0, `day` itself or the next working day.
    /// - Natural days, months, years: counted through, and rolled forward off a rest day. Months end on the
    ///   corresponding day or the last of the month (民法典 202).
    /// - Hours: under 24 the same day, otherwise the last civil day the hours can reach; rolled forward too.
    ///   Who knows the hour can do better.
    /// - At once: the same day, rolled forward; `n` does not matter.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when `day` or the end is outside the years covered.
    pub fn add(&self, day: NaiveDate, n: u32, unit: Unit) -> Result<NaiveDate, BeyondCalendar> {
        match unit {
            Unit::Workday if n > 0 => self.add_workdays(day, n),
            Unit::Workday | Unit::AtOnce => self.roll_forward(day),
            Unit::NaturalDay => self.add_natural(day, n),
            Unit::Hour if n < 24 => self.roll_forward(day),
            Unit::Hour => self.add_natural(day, n.div_ceil(24)),
            Unit::Month => self.add_months(day, Some(n)),
            Unit::Year => self.add_months(day, n.checked_mul(12)),
        }
    }

    /// The day itself when it is a working day, else the next one (民法典 203).
    ///
    /// # Errors
    /// [`BeyondCalendar`] when there is none within the years covered.
    pub fn roll_forward(&self, day: NaiveDate) -> Result<NaiveDate, BeyondCalendar> {
        if self.is_workday(day)? { Ok(day) } else { self.add_workdays(day, 1) }
    }

    /// How many working days lie after the first date and up to and including the second; 0 when the second is not later.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when either date is outside the years covered.
    pub fn workdays_between(&self, from_excl: NaiveDate, to_incl: NaiveDate) -> Result<u32, BeyondCalendar> {
        let from = self.up_to[self.index(from_excl)?];
        let to = self.up_to[self.index(to_incl)?];
        Ok(to.saturating_sub(from))
    }

    fn add_workdays(&self, day: NaiveDate, n: u32) -> Result<NaiveDate, BeyondCalendar> {
        let elapsed = self.up_to[self.index(day)?] as usize;
        let offset = self.workdays.get(elapsed + n as usize - 1).ok_or(self.beyond(day))?;
        Ok(self.first + Days::new(u64::from(*offset)))
    }

    fn add_natural(&self, day: NaiveDate, n: u32) -> Result<NaiveDate, BeyondCalendar> {
        self.index(day)?;
        let end = day.checked_add_days(Days::new(u64::from(n)));
        self.end_on(day, end)
    }

    fn add_months(&self, day: NaiveDate, months: Option<u32>) -> Result<NaiveDate, BeyondCalendar> {
        self.index(day)?;
        let end = months.and_then(|months| months_later(day, months));
        self.end_on(day, end)
    }

    /// Rolls the end forward, and tells of the day counted from, not of the end, when that is impossible.
    fn end_on(&self, from: NaiveDate, end: Option<NaiveDate>) -> Result<NaiveDate, BeyondCalendar> {
        end.and_then(|end| self.roll_forward(end).ok()).ok_or(self.beyond(from))
    }

    fn index(&self, day: NaiveDate) -> Result<usize, BeyondCalendar> {
        if !self.covers().contains(&day) {
            return Err(self.beyond(day));
        }
        // Days from the common era are one subtraction each; a difference of dates would go through seconds.
        Ok((day.num_days_from_ce() - self.first.num_days_from_ce()) as usize)
    }

    fn beyond(&self, from: NaiveDate) -> BeyondCalendar {
        BeyondCalendar { from, first: self.first, last: self.last }
    }
}

//! Civil dates in Asia/Shanghai, as people write them and as the Civil Code counts them.

use chrono::{Datelike, Months, NaiveDate};

/// The text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum DayFault {
    /// It is not written as a date.
    Shape,
    /// It is written as one, and no such day exists, such as 2026-02-30.
    NoSuchDay,
}

impl DayFault {
    /// Stable name: `day.shape` or `day.no-such-day`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shape => "day.shape",
            Self::NoSuchDay => "day.no-such-day",
        }
    }
}

/// Reads `2026-11-22`, and what people and old forms write instead: `2026/11/22`, `2026.11.22`, `20261122`,
/// `2026年11月22日`. Years have four digits; months and days may have one.
///
/// # Errors
/// [`DayFault`].
pub fn parse_day(text: &str) -> Result<NaiveDate, DayFault> {
    let text = text.trim();
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&text[..4], &text[4..6], &text[6..]]
    } else if let Some(chinese) = text.strip_suffix('日') {
        chinese.split(['年', '月']).collect()
    } else {
        let separator = text.chars().find(|letter| !letter.is_ascii_digit()).ok_or(DayFault::Shape)?;
        if !matches!(separator, '-' | '/' | '.') {
            return Err(DayFault::Shape);
        }
        text.split(separator).collect()
    };
    let [year, month, day] = parts[..] else {
        return Err(DayFault::Shape);
    };
    let number = |digits: &str, lengths: std::ops::RangeInclusive<usize>| {
        let plain = lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
    };
    let year = number(year, 4..=4).ok_or(DayFault::Shape)?;
    let month = number(month, 1..=2).ok_or(DayFault::Shape)?;
    let day = number(day, 1..=2).ok_or(DayFault::Shape)?;
    NaiveDate::from_ymd_opt(year as i32, month, day).ok_or(DayFault::NoSuchDay)
}

/// The corresponding day some months later; where the month has no such day, its last (民法典 202).
/// `None` only past the year 262142.
pub fn months_later(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    day.checked_add_months(Months::new(months))
}

/// Completed years of life on a day (周岁), one more from the birthday on. Who was born on 29 February
/// completes a year on 1 March where there is no such day. Zero before birth.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> u32 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    let years = day.year() - birth.year() - i32::from(!had_birthday);
    u32::try_from(years).unwrap_or(0)
}

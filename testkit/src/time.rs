//! Days and moments as one writes them down in China. Mistakes panic, because only tests write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// A civil day: `day("2026-03-02")`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is not a day as in 2026-03-02"))
}

/// A moment by the wall clocks of China: `moment("2026-03-02 09:30")`, with seconds if need be.
pub fn moment(text: &str) -> DateTime<Utc> {
    let read = |form| NaiveDateTime::parse_from_str(text, form);
    let local = read("%Y-%m-%d %H:%M").or_else(|_| read("%Y-%m-%d %H:%M:%S"));
    let local = local.unwrap_or_else(|_| panic!("{text:?} is not a moment as in 2026-03-02 09:30"));
    local.and_utc() - TimeDelta::hours(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_past_nine_in_foshan_is_half_past_one_in_greenwich() {
        assert_eq!(moment("2026-03-02 09:30").to_rfc3339(), "2026-03-02T01:30:00+00:00");
        assert_eq!(day("2026-03-02").to_string(), "2026-03-02");
    }
}

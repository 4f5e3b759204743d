//! The hours of rest (免打扰时段): nobody's telephone rings for an office between nine in the evening and eight in the
//! morning. What falls into them waits for the morning.

use chrono::{Days, NaiveDateTime, NaiveTime};

const EVENING: NaiveTime = NaiveTime::from_hms_opt(21, 0, 0).unwrap();
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).unwrap();

/// Until when what comes at this moment, in Beijing time, has to wait; `None` when it need not.
pub fn rest_until(at: NaiveDateTime) -> Option<NaiveDateTime> {
    if at.time() >= EVENING {
        Some(tomorrow_morning(at))
    } else {
        (at.time() < MORNING).then(|| at.date().and_time(MORNING))
    }
}

/// Eight o'clock of the next day.
pub fn tomorrow_morning(at: NaiveDateTime) -> NaiveDateTime {
    at.date().checked_add_days(Days::new(1)).unwrap_or(at.date()).and_time(MORNING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_at_night_waits_for_the_morning() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        for (come, goes) in [
            ("2026-03-02 07:59", Some("2026-03-02 08:00")),
            ("2026-03-02 08:00", None),
            ("2026-03-02 20:59", None),
            ("2026-03-02 21:00", Some("2026-03-03 08:00")),
            ("2026-12-31 23:59", Some("2027-01-01 08:00")),
            ("2026-03-02 00:00", Some("2026-03-02 08:00")),
        ] {
            assert_eq!(rest_until(at(come)), goes.map(at), "{come}");
        }
    }
}

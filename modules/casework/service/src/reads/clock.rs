//! A clock in words: the lamp, the due day, what is left.

use casework::{ClockKind, Due, Lamp, Reading, WhyNoDate};
use chrono::NaiveDate;
use serde::Serialize;
use ui::say;

use crate::index;
use crate::wording::Wording;

/// A clock as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockView {
    pub kind: ClockKind,
    /// 承诺办结期限
    pub kind_word: String,
    pub lamp: Lamp,
    pub lamp_word: String,
    pub due: Option<NaiveDate>,
    /// 11月30日（周一）前, or why no day can be told.
    pub due_words: String,
    /// Working days after today up to the due day; negative when it is past.
    pub days_left: Option<i64>,
    /// 还有3个工作日; empty when nothing runs.
    pub left_words: String,
}

impl ClockView {
    pub(super) fn of(reading: &Reading, wording: &Wording) -> Self {
        let (today, calendar) = (wording.today, &wording.shelf.calendar);
        let lamp = reading.lamp(today);
        let due = reading.due.day();
        let days_left = reading.workdays_left(today, calendar);
        let runs = !matches!(lamp, Lamp::Done) && reading.clock != ClockKind::None;
        Self {
            kind: reading.clock,
            kind_word: wording.word("clock", reading.clock.code()),
            lamp,
            lamp_word: wording.word("lamp", lamp.code()),
            due,
            due_words: match reading.due {
                Due::On(day) => say::before(day, today),
                Due::Unknown(WhyNoDate::Nothing) => String::new(),
                Due::Unknown(why) => wording.word("no-date", why.code()),
            },
            days_left,
            left_words: due.filter(|_| runs).map_or_else(String::new, |due| left(due, days_left, today)),
        }
    }

    /// A clock as a row keeps it: its due day, the first yellow one and the first red one.
    pub(super) fn kept(kind: ClockKind, stands: bool, days: [Option<NaiveDate>; 3], wording: &Wording) -> Self {
        Self::of(&reading(kind, stands, days, wording), wording)
    }
}

/// On rest days between, a due day can be past although no working day is.
fn left(due: NaiveDate, days: Option<i64>, today: NaiveDate) -> String {
    match days {
        _ if due == today => "今天到期".to_owned(),
        Some(n) if due < today && n < 0 => format!("超期{}个工作日", -n),
        _ if due < today => "已超期".to_owned(),
        Some(n) => format!("还有{n}个工作日"),
        None => say::days_left(due, today),
    }
}

/// The clock of what the window has to do.
pub(super) fn kind_of_task(task: &str) -> ClockKind {
    match task {
        index::PRE_REVIEW => ClockKind::PreReview,
        index::ACCEPT => ClockKind::Acceptance,
        index::HAND_OVER => ClockKind::Delivery,
        _ => ClockKind::None,
    }
}

fn reading(clock: ClockKind, stands: bool, days: [Option<NaiveDate>; 3], wording: &Wording) -> Reading {
    let [due_on, yellow_on, red_on] = days;
    let why = match (clock, stands) {
        (ClockKind::None, _) => WhyNoDate::Nothing,
        (_, true) => WhyNoDate::NotStarted,
        (_, false) => WhyNoDate::BeyondCalendar,
    };
    Reading {
        clock,
        due: due_on.map_or(Due::Unknown(why), Due::On),
        yellow_on,
        red_on,
        stands,
        calendar_ends: *wording.shelf.calendar.covers().end(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_in_working_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (friday, saturday) = (day("2026-11-27"), day("2026-11-28"));
        assert_eq!(left(friday, Some(0), friday), "今天到期");
        assert_eq!(left(friday, Some(0), saturday), "已超期");
        assert_eq!(left(friday, Some(-2), day("2026-12-01")), "超期2个工作日");
        assert_eq!(left(friday, Some(3), day("2026-11-24")), "还有3个工作日");
    }
}

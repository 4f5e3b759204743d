//! What must hold for every day and every count.

use chrono::{Days, NaiveDate};
use kernel::limit::Unit;
use proptest::prelude::*;

use crate::calendar::CALENDAR;

const UNITS: [Unit; 6] = Unit::ALL;

fn any_day() -> impl Strategy<Value = NaiveDate> {
    let (first, last) = CALENDAR.covers().into_inner();
    let days = (last - first).num_days() as u64;
    (0..=days).prop_map(move |offset| first + Days::new(offset))
}

/// The slow and obvious way: look at every day.
fn count_one_by_one(from_excl: NaiveDate, to_incl: NaiveDate) -> u32 {
    let later = from_excl.iter_days().skip(1).take_while(|day| *day <= to_incl);
    later.filter(|day| CALENDAR.is_workday(*day) == Ok(true)).count() as u32
}

proptest! {
    #[test]
    fn adding_then_counting_gives_n_back(from in any_day(), n in 1_u32..400) {
        if let Ok(end) = CALENDAR.add(from, n, Unit::Workday) {
            prop_assert_eq!(CALENDAR.workdays_between(from, end), Ok(n));
            prop_assert_eq!(count_one_by_one(from, end), n);
        }
    }

    #[test]
    fn every_end_is_a_working_day_and_not_before_the_event(from in any_day(), n in 0_u32..400, unit in 0..UNITS.len()) {
        if let Ok(end) = CALENDAR.add(from, n, UNITS[unit]) {
            prop_assert_eq!(CALENDAR.is_workday(end), Ok(true));
            prop_assert!(end >= from);
        }
    }

    #[test]
    fn a_later_event_or_a_longer_period_never_ends_earlier(
        from in any_day(), delay in 0_u64..60, n in 0_u32..300, more in 0_u32..60, unit in 0..UNITS.len(),
    ) {
        let unit = UNITS[unit];
        let later = CALENDAR.add(from + Days::new(delay), n, unit);
        let longer = CALENDAR.add(from, n + more, unit);
        let Ok(end) = CALENDAR.add(from, n, unit) else {
            // What cannot be told must not become tellable by waiting or by asking for more.
            prop_assert!(later.is_err());
            prop_assert!(longer.is_err() || unit == Unit::AtOnce);
            return Ok(());
        };
        prop_assert!(later.map_or(true, |later| later >= end));
        prop_assert!(longer.map_or(true, |longer| longer >= end));
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(from in any_day(), n in 1_u32..200, m in 1_u32..200) {
        let at_once = CALENDAR.add(from, n + m, Unit::Workday);
        let in_steps = CALENDAR.add(from, n, Unit::Workday).and_then(|day| CALENDAR.add(day, m, Unit::Workday));
        prop_assert_eq!(at_once.ok(), in_steps.ok());
    }

    #[test]
    fn rolling_forward_skips_only_rest_days(from in any_day()) {
        if let Ok(end) = CALENDAR.roll_forward(from) {
            let skipped = from.iter_days().take_while(|day| *day < end).all(|day| CALENDAR.is_workday(day) == Ok(false));
            prop_assert!(skipped);
            prop_assert_eq!(CALENDAR.roll_forward(end), Ok(end));
        }
    }
}

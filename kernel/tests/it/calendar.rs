//! Working days against vectors counted by hand from the yearly notices.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use kernel::calendar::{BeyondCalendar, WorkCalendar};
use kernel::limit::Unit;

use crate::day;

pub static CALENDAR: LazyLock<WorkCalendar> = LazyLock::new(|| {
    WorkCalendar::from_csv(include_str!("../../../samples/chancheng/calendar.csv")).expect("the sample calendar")
});

/// Every row is `event day, n, end`; all wrong rows are told at once.
fn check(unit: Unit, rows: &[(&str, u32, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(from, n, expected)| {
            let found = CALENDAR.add(day(from), *n, unit);
            (found != Ok(day(expected))).then(|| format!("{from} + {n} {}: {found:?}, not {expected}", unit.as_str()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn covers_whole_years() {
    assert_eq!(CALENDAR.covers(), day("2004-01-01")..=day("2026-12-31"));
}

#[test]
fn working_days_are_counted_from_the_day_after() {
    check(
        Unit::Workday,
        &[
            ("2026-02-13", 5, "2026-02-27"), // over the Spring Festival, with a working Saturday
            ("2026-02-13", 10, "2026-03-05"),
            ("2026-02-13", 20, "2026-03-19"), // counted from the receipt that became a deemed acceptance
            ("2026-04-28", 20, "2026-05-28"),
            ("2026-04-28", 30, "2026-06-11"),
            ("2026-09-18", 5, "2026-09-24"), // a working Sunday inside
            ("2026-09-18", 20, "2026-10-22"),
            ("2026-09-18", 45, "2026-11-26"),
            ("2026-09-18", 60, "2026-12-17"),
            ("2026-09-30", 1, "2026-10-08"),
            ("2026-10-09", 1, "2026-10-10"), // a Saturday worked in exchange
            ("2025-12-31", 5, "2026-01-08"),
            ("2026-06-15", 10, "2026-06-30"),
            ("2025-09-26", 20, "2025-10-30"),
            ("2026-03-02", 20, "2026-03-30"),
        ],
    );
}

#[test]
fn no_days_means_the_day_itself_or_the_next_working_day() {
    check(
        Unit::Workday,
        &[("2026-03-02", 0, "2026-03-02"), ("2026-03-07", 0, "2026-03-09"), ("2026-10-10", 0, "2026-10-10")],
    );
    check(Unit::AtOnce, &[("2026-03-02", 9, "2026-03-02"), ("2026-10-01", 0, "2026-10-08")]);
}

#[test]
fn natural_days_roll_off_rest_days() {
    check(
        Unit::NaturalDay,
        &[
            ("2026-01-16", 30, "2026-02-24"), // 15 February is in the Spring Festival
            ("2026-09-01", 30, "2026-10-08"),
            ("2026-03-02", 4, "2026-03-06"),
            ("2026-03-02", 5, "2026-03-09"),
            ("2026-09-25", 15, "2026-10-10"), // a Saturday, but a working day: no rolling
        ],
    );
}

#[test]
fn months_and_years_end_on_the_corresponding_day() {
    check(
        Unit::Month,
        &[
            ("2026-04-15", 1, "2026-05-15"),
            ("2026-05-31", 1, "2026-06-30"), // June has no 31st
            ("2026-01-31", 1, "2026-02-28"), // a Saturday, worked in exchange
            ("2026-09-01", 1, "2026-10-08"),
            ("2025-11-30", 3, "2026-02-28"),
        ],
    );
    check(
        Unit::Year,
        &[("2024-02-29", 1, "2025-02-28"), ("2022-03-02", 4, "2026-03-02"), ("2025-02-16", 1, "2026-02-24")],
    );
}

#[test]
fn hours_reach_the_last_day_they_can() {
    check(
        Unit::Hour,
        &[
            ("2026-03-02", 2, "2026-03-02"),
            ("2026-03-02", 24, "2026-03-03"),
            ("2026-03-02", 36, "2026-03-04"),
            ("2026-03-06", 24, "2026-03-09"),
        ],
    );
}

#[test]
fn suspended_working_days_are_added_behind() {
    let accepted = day("2026-03-02");
    let suspended = CALENDAR.workdays_between(day("2026-03-10"), day("2026-03-31")).unwrap();
    assert_eq!(suspended, 15);
    assert_eq!(CALENDAR.add(accepted, 20 + suspended, Unit::Workday), Ok(day("2026-04-21")));
    assert_eq!(CALENDAR.add(accepted, 20 + suspended + 10, Unit::Workday), Ok(day("2026-05-08")));
}

#[test]
fn between_leaves_out_the_first_day_and_keeps_the_last() {
    for (from, to, expected) in [
        ("2026-02-13", "2026-03-13", 16),
        ("2026-02-13", "2026-02-27", 5),
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-03", 1),
        ("2026-03-03", "2026-03-02", 0),
        ("2026-10-01", "2026-10-07", 0),
    ] {
        assert_eq!(CALENDAR.workdays_between(day(from), day(to)), Ok(expected), "{from} to {to}");
    }
}

#[test]
fn the_notice_of_2026() {
    let days_of = |from: &str, to: &str| -> Vec<NaiveDate> {
        day(from).iter_days().take_while(|each| *each <= day(to)).collect()
    };
    for worked in ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"] {
        assert_eq!(CALENDAR.is_workday(day(worked)), Ok(true), "{worked}");
        assert!(day(worked).weekday().number_from_monday() >= 6, "{worked} is a weekend");
    }
    for (from, to) in [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ] {
        for rest in days_of(from, to) {
            assert_eq!(CALENDAR.is_workday(rest), Ok(false), "{rest}");
        }
    }
}

#[test]
fn working_days_of_whole_years() {
    for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
        let (before, end) = (day(&format!("{}-12-31", year - 1)), day(&format!("{year}-12-31")));
        assert_eq!(CALENDAR.workdays_between(before, end), Ok(expected), "{year}");
    }
}

#[test]
fn tells_why_a_day_differs() {
    assert_eq!(CALENDAR.reason(day("2026-10-01")), Some("国庆节"));
    assert_eq!(CALENDAR.reason(day("2026-10-10")), Some("国庆节"));
    assert_eq!(CALENDAR.reason(day("2026-03-07")), None);
}

#[test]
fn refuses_to_guess_beyond_the_notices() {
    let beyond = |from: &str| BeyondCalendar { from: day(from), first: day("2004-01-01"), last: day("2026-12-31") };
    for (from, n, unit) in [
        ("2026-12-30", 2, Unit::Workday),
        ("2026-12-01", 31, Unit::NaturalDay),
        ("2026-12-01", u32::MAX, Unit::NaturalDay),
        ("2026-12-01", u32::MAX, Unit::Workday),
        ("2026-12-01", 1, Unit::Month),
        ("2026-12-01", u32::MAX, Unit::Month),
        ("2026-12-01", 1, Unit::Year),
        ("2026-12-01", u32::MAX, Unit::Year),
        ("2026-12-01", u32::MAX, Unit::Hour),
        ("2027-01-01", 0, Unit::AtOnce),
        ("2003-12-31", 1, Unit::Workday),
        ("2003-12-01", 400, Unit::NaturalDay),
    ] {
        assert_eq!(CALENDAR.add(day(from), n, unit), Err(beyond(from)), "{from} + {n} {unit:?}");
    }
    assert_eq!(CALENDAR.is_workday(day("2027-01-04")), Err(beyond("2027-01-04")));
    assert_eq!(CALENDAR.workdays_between(day("2026-12-01"), day("2027-01-04")), Err(beyond("2027-01-04")));
    assert_eq!(CALENDAR.add(day("2026-12-30"), 1, Unit::Workday), Ok(day("2026-12-31")));
    assert_eq!(CALENDAR.add(day("2004-01-01"), 1, Unit::Workday), Ok(day("2004-01-02")));
}

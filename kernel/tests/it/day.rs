//! Dates as people write them, and ages.

use kernel::day::{DayFault, age_on, months_later, parse_day};
use proptest::prelude::*;

use crate::day;

#[test]
fn dates_are_read_in_all_usual_writings() {
    for text in ["2026-11-02", " 2026-11-2 ", "2026/11/02", "2026.11.2", "20261102", "2026年11月2日", "2026年11月02日"]
    {
        assert_eq!(parse_day(text), Ok(day("2026-11-02")), "{text}");
    }
}

#[test]
fn faults_tell_shape_from_no_such_day() {
    for text in [
        "",
        "2026",
        "26-11-02",
        "2026-11",
        "2026-11/02",
        "2026-11-02-03",
        "2026 11 02",
        "2026-11-+2",
        "2026年11月2",
        "十一月二日",
        "2026１１02",
    ] {
        assert_eq!(parse_day(text), Err(DayFault::Shape), "{text}");
    }
    for text in ["2026-02-29", "2026-13-01", "20260230", "2026年4月31日", "2026-00-10"] {
        assert_eq!(parse_day(text), Err(DayFault::NoSuchDay), "{text}");
    }
}

#[test]
fn months_end_on_the_last_day_where_there_is_no_corresponding_one() {
    for (from, months, to) in
        [("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-22", 48, "2030-11-22")]
    {
        assert_eq!(months_later(day(from), months), Some(day(to)));
    }
    assert_eq!(months_later(day("2026-01-31"), u32::MAX), None);
}

#[test]
fn ages_count_completed_years() {
    for (birth, on, age) in [
        ("1985-03-15", "2026-03-14", 40),
        ("1985-03-15", "2026-03-15", 41),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2026-03-15", "2026-03-14", 0),
        ("2026-03-15", "2020-01-01", 0),
    ] {
        assert_eq!(age_on(day(birth), day(on)), age, "{birth} on {on}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,12}") {
        let _ = parse_day(&text);
    }

    #[test]
    fn what_is_written_is_read_back(year in 1000..9999_i32, month in 1_u32..=12, date in 1_u32..=28) {
        let written = format!("{year}-{month:02}-{date:02}");
        prop_assert_eq!(parse_day(&written), Ok(day(&written)));
        prop_assert_eq!(parse_day(&format!("{year}年{month}月{date}日")), Ok(day(&written)));
    }
}

//! A calendar file that would make wrong deadlines is refused, and the line is told.

use kernel::calendar::{CalendarFault, WorkCalendar};
use kernel::limit::Unit;

use crate::day;

#[test]
fn faults_name_the_line() {
    let found = |line, found: &str| (line, found.to_owned());
    let date = |(line, found)| CalendarFault::Date { line, found };
    let kind = |(line, found)| CalendarFault::Kind { line, found };
    for (text, expected) in [
        ("", CalendarFault::Heading),
        ("date,kind\n2026-01-01,holiday\n", CalendarFault::Heading),
        ("date,kind,reason\n", CalendarFault::Empty),
        ("date,kind,reason\n2026-01-01,holiday\n", CalendarFault::Columns { line: 2 }),
        ("date,kind,reason\n2026-01-01,holiday,元旦\n2026-1-2,holiday,元旦\n", date(found(3, "2026-1-2"))),
        ("date,kind,reason\n2026-02-30,holiday,春节\n", date(found(2, "2026-02-30"))),
        ("date,kind,reason\n2026-01-01,rest,元旦\n", kind(found(2, "rest"))),
        (
            "date,kind,reason\n2026-01-01,holiday,元旦\n2026-01-01,workday,元旦\n",
            CalendarFault::Twice { line: 3, day: day("2026-01-01") },
        ),
        (
            "date,kind,reason\n2024-01-01,holiday,元旦\n2026-01-01,holiday,元旦\n",
            CalendarFault::YearMissing { year: 2025 },
        ),
    ] {
        assert_eq!(WorkCalendar::from_csv(text).unwrap_err(), expected, "{text:?}");
    }
}

#[test]
fn a_spreadsheets_byte_order_mark_and_line_ends_do_no_harm() {
    let calendar = WorkCalendar::from_csv("\u{feff}date,kind,reason\r\n2026-01-01,holiday,元旦\r\n").unwrap();
    assert_eq!(calendar.covers(), day("2026-01-01")..=day("2026-12-31"));
    assert_eq!(calendar.is_workday(day("2026-01-01")), Ok(false));
    assert_eq!(calendar.roll_forward(day("2026-01-01")), Ok(day("2026-01-02")));
}

#[test]
fn a_year_that_ends_in_rest_days_has_no_day_to_roll_to() {
    let calendar = WorkCalendar::from_csv("date,kind,reason\n2023-01-01,holiday,元旦\n").unwrap();
    assert_eq!(calendar.add(day("2023-12-28"), 2, Unit::NaturalDay).unwrap_err().from, day("2023-12-28"));
    assert_eq!(calendar.add(day("2023-12-28"), 1, Unit::NaturalDay), Ok(day("2023-12-29")));
}

//! Clocks: the vectors of the domain brief (Appendix B), suspension, extension, lamps, the calendar's end.

use casework::{Due, Lamp, LegalClock, Pause, Resume, WhyNoDate};
use chrono::NaiveDate;
use kernel::limit::{Limit, Start, Unit};

use crate::sample::{CALENDAR, day};

fn clock(value: u32, unit: Unit, started: &str) -> LegalClock {
    LegalClock::plain(Limit { value, unit, start: Start::Acceptance }, Some(day(started)), None)
}

fn pause(from: &str, to: Option<&str>) -> Pause {
    Pause { from: day(from), to: to.map(day), noticed: true, resume: Resume::Continue }
}

fn due(clock: &LegalClock) -> String {
    match clock.due(&CALENDAR) {
        Due::On(day) => day.to_string(),
        Due::Unknown(why) => why.to_string(),
    }
}

#[test]
fn due_days_follow_the_calendar_of_each_year() {
    let table = [
        ("2026-02-13", 5, Unit::Workday, "2026-02-27"),
        ("2026-02-13", 10, Unit::Workday, "2026-03-05"),
        ("2026-04-28", 20, Unit::Workday, "2026-05-28"),
        ("2026-04-28", 30, Unit::Workday, "2026-06-11"),
        ("2026-09-18", 5, Unit::Workday, "2026-09-24"),
        ("2026-09-18", 20, Unit::Workday, "2026-10-22"),
        ("2026-09-18", 45, Unit::Workday, "2026-11-26"),
        ("2026-09-18", 60, Unit::Workday, "2026-12-17"),
        ("2026-09-30", 1, Unit::Workday, "2026-10-08"),
        ("2026-10-09", 1, Unit::Workday, "2026-10-10"),
        ("2025-12-31", 5, Unit::Workday, "2026-01-08"),
        ("2026-06-15", 10, Unit::Workday, "2026-06-30"),
        ("2025-09-26", 20, Unit::Workday, "2025-10-30"),
        ("2026-01-16", 30, Unit::NaturalDay, "2026-02-24"),
        ("2026-09-01", 30, Unit::NaturalDay, "2026-10-08"),
        ("2026-08-31", 1, Unit::Month, "2026-09-30"),
        ("2025-10-01", 1, Unit::Year, "2026-10-08"),
        ("2026-03-02", 4, Unit::Hour, "2026-03-02"),
        ("2026-03-02", 25, Unit::Hour, "2026-03-04"),
        ("2026-03-02", 0, Unit::AtOnce, "2026-03-02"),
        ("2026-10-01", 9, Unit::AtOnce, "2026-10-08"),
    ];
    for (from, value, unit, expected) in table {
        assert_eq!(due(&clock(value, unit, from)), expected, "{from} + {value} {unit:?}");
    }
}

#[test]
fn a_special_procedure_stops_the_clock_and_an_extension_adds_to_it() {
    let mut clock = clock(20, Unit::Workday, "2026-03-02");
    assert_eq!(due(&clock), "2026-03-30");
    clock.pauses = vec![pause("2026-03-10", Some("2026-03-31"))];
    assert_eq!(due(&clock), "2026-04-21");
    clock.extension = Some(10);
    assert_eq!(due(&clock), "2026-05-08");
}

#[test]
fn a_running_special_procedure_leaves_no_due_day_and_a_stopped_lamp() {
    let mut clock = clock(20, Unit::Workday, "2026-03-02");
    clock.pauses = vec![pause("2026-03-10", None)];
    assert_eq!(clock.due(&CALENDAR), Due::Unknown(WhyNoDate::Suspended));
    assert_eq!(clock.lamp(day("2026-06-01"), &CALENDAR), Lamp::Stopped);
    assert_eq!(clock.consumed(day("2026-06-01"), &CALENDAR), Ok(6));
}

#[test]
fn without_written_notice_the_clock_does_not_stop() {
    let mut clock = clock(20, Unit::Workday, "2026-03-02");
    clock.pauses = vec![Pause { noticed: false, ..pause("2026-03-10", Some("2026-03-31")) }];
    assert_eq!(due(&clock), "2026-03-30");
}

#[test]
fn a_special_procedure_after_the_limit_has_run_out_saves_nothing() {
    let mut clock = clock(20, Unit::Workday, "2026-03-02");
    clock.pauses = vec![pause("2026-03-30", Some("2026-04-20"))];
    assert_eq!(due(&clock), "2026-03-30");
    clock.pauses = vec![pause("2026-04-10", None)];
    assert_eq!(clock.lamp(day("2026-04-11"), &CALENDAR), Lamp::Red);
}

#[test]
fn a_stopped_clock_goes_on_or_starts_anew() {
    let mut clock = clock(20, Unit::Workday, "2026-03-02");
    clock.pauses = vec![Pause { resume: Resume::Reset, ..pause("2026-03-10", Some("2026-03-31")) }];
    // Twenty whole working days after 03-31, Qingming and the May holiday between.
    assert_eq!(due(&clock), "2026-04-29");
    assert_eq!(clock.consumed(day("2026-04-03"), &CALENDAR), Ok(3));
}

#[test]
fn several_special_procedures_and_natural_days() {
    let mut wd = clock(20, Unit::Workday, "2026-03-02");
    wd.pauses = vec![pause("2026-03-04", Some("2026-03-06")), pause("2026-03-10", Some("2026-03-13"))];
    // Two and three working days lost: five after 03-30, without Qingming's Monday.
    assert_eq!(due(&wd), "2026-04-07");
    let mut natural = clock(30, Unit::NaturalDay, "2026-03-02");
    assert_eq!(due(&natural), "2026-04-01");
    natural.pauses = vec![pause("2026-03-10", Some("2026-03-20"))];
    // Ten days later is Saturday 04-11, moved to Monday.
    assert_eq!(due(&natural), "2026-04-13");
}

#[test]
fn yellow_means_at_most_a_fifth_and_at_most_two_working_days_left() {
    // (start, value, unit, first yellow day, due day)
    let table = [
        ("2026-03-02", 20, Unit::Workday, "2026-03-26", "2026-03-30"),
        ("2026-03-02", 10, Unit::Workday, "2026-03-12", "2026-03-16"),
        ("2026-03-02", 5, Unit::Workday, "2026-03-06", "2026-03-09"),
        ("2026-03-02", 3, Unit::Workday, "2026-03-05", "2026-03-05"),
        ("2026-03-02", 1, Unit::Workday, "2026-03-03", "2026-03-03"),
        ("2026-03-02", 0, Unit::AtOnce, "2026-03-02", "2026-03-02"),
        // A fifth of thirty days is six, but two working days before Wednesday 04-01 is Monday 03-30.
        ("2026-03-02", 30, Unit::NaturalDay, "2026-03-30", "2026-04-01"),
        // A fifth of five days is one.
        ("2026-03-02", 7, Unit::NaturalDay, "2026-03-08", "2026-03-09"),
    ];
    for (start, value, unit, yellow, last) in table {
        let clock = clock(value, unit, start);
        let what = format!("{start} + {value} {unit:?}");
        assert_eq!(clock.yellow_on(&CALENDAR), Some(day(yellow)), "{what}");
        assert_eq!(due(&clock), last, "{what}");
        assert_eq!(clock.red_on(&CALENDAR), day(last).succ_opt(), "{what}");
        assert_eq!(clock.lamp(day(yellow), &CALENDAR), Lamp::Yellow, "{what}");
        assert_eq!(clock.lamp(day(last), &CALENDAR), Lamp::Yellow, "{what}");
        assert_eq!(clock.lamp(day(last).succ_opt().unwrap(), &CALENDAR), Lamp::Red, "{what}");
        if day(start) < day(yellow) {
            assert_eq!(clock.lamp(day(yellow).pred_opt().unwrap(), &CALENDAR), Lamp::Green, "{what}");
        }
    }
}

#[test]
fn beyond_the_calendar_there_is_a_reason_instead_of_a_day() {
    let (dec, new_year) = (day("2026-12-30"), day("2027-01-04"));
    let twenty = clock(20, Unit::Workday, "2026-12-25");
    assert_eq!(twenty.due(&CALENDAR), Due::Unknown(WhyNoDate::BeyondCalendar));
    assert_eq!(twenty.lamp(dec, &CALENDAR), Lamp::Green);
    assert_eq!(twenty.lamp(new_year, &CALENDAR), Lamp::Unknown, "a guess would be a broken promise");
    let twenty_two = clock(22, Unit::Workday, "2026-12-01");
    assert_eq!(twenty_two.due(&CALENDAR), Due::On(day("2026-12-31")));
    // Two days more and the due day is unknown; the yellow one, two working days before it, is not.
    let twenty_four = clock(24, Unit::Workday, "2026-12-01");
    assert_eq!(twenty_four.yellow_on(&CALENDAR), Some(day("2026-12-31")));
    assert_eq!(twenty_four.lamp(new_year, &CALENDAR), Lamp::Yellow);
    assert_eq!(twenty_four.red_on(&CALENDAR), None);
    // A special procedure that began in time is left out even when the plain due day cannot be told.
    let mut paused = clock(20, Unit::Workday, "2026-12-25");
    paused.pauses = vec![pause("2026-12-28", Some("2026-12-30"))];
    assert_eq!(paused.due(&CALENDAR), Due::Unknown(WhyNoDate::BeyondCalendar));
    assert_eq!(clock(3, Unit::Workday, "2027-01-05").due(&CALENDAR), Due::Unknown(WhyNoDate::BeyondCalendar));
    assert_eq!(clock(45, Unit::NaturalDay, "2026-12-01").lamp(dec, &CALENDAR), Lamp::Green);
}

#[test]
fn a_stopped_clock_tells_whether_it_was_kept() {
    let done = |on: &str| LegalClock { stopped: Some(day(on)), ..clock(5, Unit::Workday, "2026-03-02") };
    assert_eq!(done("2026-03-09").kept(&CALENDAR), Some(true));
    assert_eq!(done("2026-03-10").kept(&CALENDAR), Some(false));
    assert_eq!(clock(5, Unit::Workday, "2026-03-02").kept(&CALENDAR), None);
    assert_eq!(done("2026-03-04").consumed(NaiveDate::MAX, &CALENDAR), Ok(2));
    assert_eq!(clock(5, Unit::Workday, "2026-03-02").due(&CALENDAR).why(), None);
    let waiting = LegalClock::plain(Limit::workdays(5), None, None);
    assert_eq!(waiting.due(&CALENDAR), Due::Unknown(WhyNoDate::NotStarted));
    assert_eq!(waiting.lamp(day("2026-03-10"), &CALENDAR), Lamp::Stopped);
}

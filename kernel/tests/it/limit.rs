//! Limits as item files write them.

use kernel::limit::{Limit, Period, Start, Unit};
use serde_json::json;

use crate::calendar::CALENDAR;
use crate::day;

#[test]
fn limits_are_written_as_in_the_item_files() {
    for (json, limit) in [
        (json!({"value": 20, "unit": "workday", "start": "acceptance"}), Limit::workdays(20)),
        (
            json!({"value": 60, "unit": "natural", "start": "receipt"}),
            Limit { value: 60, unit: Unit::NaturalDay, start: Start::Receipt },
        ),
        (json!({"value": 0, "unit": "at-once", "start": "acceptance"}), Limit::AT_ONCE),
    ] {
        assert_eq!(serde_json::from_value::<Limit>(json.clone()).unwrap(), limit);
        assert_eq!(serde_json::to_value(limit).unwrap(), json);
    }
    let short: Limit = serde_json::from_value(json!({"value": 3, "unit": "workday"})).unwrap();
    assert_eq!(short, Limit::workdays(3));
    let period: Period = serde_json::from_value(json!({"value": 4, "unit": "year"})).unwrap();
    assert_eq!(period, Period { value: 4, unit: Unit::Year });
}

#[test]
fn slips_in_the_file_are_not_guessed_at() {
    for bad in [
        json!({"value": 20, "unit": "days"}),
        json!({"value": -1, "unit": "workday"}),
        json!({"value": 20, "unit": "workday", "from": "receipt"}),
        json!({"value": 20}),
    ] {
        assert!(serde_json::from_value::<Limit>(bad.clone()).is_err(), "{bad}");
    }
}

#[test]
fn units_have_the_same_name_everywhere() {
    for unit in Unit::ALL {
        assert_eq!(unit.as_str().parse(), Ok(unit));
        assert_eq!(serde_json::to_value(unit).unwrap(), unit.as_str());
    }
    assert!("days".parse::<Unit>().is_err());
}

#[test]
fn limits_and_periods_end_on_the_calendar() {
    assert_eq!(Limit::workdays(20).due(day("2026-09-18"), &CALENDAR), Ok(day("2026-10-22")));
    assert_eq!(Limit::AT_ONCE.due(day("2026-09-18"), &CALENDAR), Ok(day("2026-09-18")));
    let evidence = Period { value: 30, unit: Unit::NaturalDay };
    assert_eq!(evidence.after(day("2026-09-01"), &CALENDAR), Ok(day("2026-10-08")));
}

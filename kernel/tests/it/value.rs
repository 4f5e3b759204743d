//! Values in JSON, in conditions and in forms.

use std::cmp::Ordering;

use kernel::value::{Facts, Value, ValueFault, ValueKind};
use proptest::prelude::*;
use serde_json::json;

use crate::day;

#[test]
fn json_is_the_plain_thing() {
    for (value, json) in [
        (Value::from(true), json!(true)),
        (Value::from(3), json!(3)),
        (Value::from(-2.5), json!(-2.5)),
        (Value::from(1e300), json!(1e300)),
        (Value::from("理发"), json!("理发")),
        (Value::from(vec!["a", "b"]), json!(["a", "b"])),
        (Value::from(day("2026-11-22")), json!("2026-11-22")),
    ] {
        assert_eq!(serde_json::to_value(&value).unwrap(), json);
        assert_eq!(serde_json::from_value::<Value>(json).unwrap(), value);
    }
    for bad in ["null", "{\"a\":1}", "[null]"] {
        assert!(serde_json::from_str::<Value>(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_date_in_json_is_text_until_its_kind_is_known() {
    let read: Value = serde_json::from_str("\"2026-11-22\"").unwrap();
    assert!(matches!(read, Value::Text(_)));
    assert_eq!(read.as_date(), Some(day("2026-11-22")));
    assert!(matches!(read.with_kind(ValueKind::Date), Ok(Value::Date(_))));
    assert!(matches!(Value::from_json(&json!("2026-11-22"), ValueKind::Date), Ok(Value::Date(_))));
    assert_eq!(Value::from("soon").with_kind(ValueKind::Date), Err(ValueFault { wanted: ValueKind::Date }));
    assert_eq!(Value::from("3").with_kind(ValueKind::Number), Err(ValueFault { wanted: ValueKind::Number }));
}

#[test]
fn facts_are_an_object() {
    let facts: Facts = serde_json::from_value(json!({"area": 80, "hvac": false, "services": ["理发"]})).unwrap();
    assert_eq!(facts["area"].as_number(), Some(80.0));
    assert_eq!(facts["hvac"].as_bool(), Some(false));
    assert_eq!(facts["services"].contains(&"理发".into()), Some(true));
    assert_eq!(facts["services"].contains(&"染发".into()), Some(false));
    assert_eq!(facts["area"].contains(&"染发".into()), None);
    assert_eq!(facts.get("unknown"), None);
}

#[test]
fn values_compare_within_their_kind() {
    let date = |text: &str| Value::from(day(text));
    for (left, right, expected) in [
        (Value::from(2), Value::from(10), Some(Ordering::Less)),
        (Value::from("2"), Value::from("10"), Some(Ordering::Greater)),
        (Value::from(2), Value::from("2"), None),
        (Value::from(true), Value::from(1), None),
        (Value::from(true), Value::from(false), Some(Ordering::Greater)),
        (date("2026-01-02"), date("2026-01-10"), Some(Ordering::Less)),
        (date("2026-01-02"), Value::from("2026-01-10"), Some(Ordering::Less)),
        (Value::from("2026-01-10"), date("2026-01-10"), Some(Ordering::Equal)),
        (date("2026-01-02"), Value::from("2026-1-2"), None),
        (date("2026-01-02"), Value::from("soon"), None),
        (Value::from(f64::NAN), Value::from(f64::NAN), None),
        (Value::from(vec![1]), Value::from(vec![2]), None),
    ] {
        assert_eq!(left.partial_cmp(&right), expected, "{left:?} {right:?}");
        assert_eq!(right.partial_cmp(&left), expected.map(Ordering::reverse), "{right:?} {left:?}");
        assert_eq!(left == right, expected == Some(Ordering::Equal), "{left:?} {right:?}");
    }
}

#[test]
fn forms_and_command_lines_are_read_by_kind() {
    for (text, kind, expected) in [
        ("是", ValueKind::Bool, Value::from(true)),
        ("false", ValueKind::Bool, Value::from(false)),
        (" 12.5 ", ValueKind::Number, Value::from(12.5)),
        ("2026年11月22日", ValueKind::Date, Value::from(day("2026-11-22"))),
        ("理发, 美容、染发", ValueKind::List, Value::from(vec!["理发", "美容", "染发"])),
        ("", ValueKind::List, Value::List(Vec::new())),
        (" 张三 ", ValueKind::Text, Value::from("张三")),
    ] {
        let read = Value::parse(text, kind).unwrap();
        assert_eq!((&read, read.kind()), (&expected, kind), "{text}");
    }
    for (text, kind, code) in [
        ("maybe", ValueKind::Bool, "value.bool"),
        ("twelve", ValueKind::Number, "value.number"),
        ("inf", ValueKind::Number, "value.number"),
        ("", ValueKind::Number, "value.number"),
        ("2026-02-30", ValueKind::Date, "value.date"),
    ] {
        assert_eq!(Value::parse(text, kind).unwrap_err().code(), code, "{text}");
    }
    for (json, kind, code) in [
        (json!("3"), ValueKind::Number, "value.number"),
        (json!(1), ValueKind::Bool, "value.bool"),
        (json!(1), ValueKind::Text, "value.text"),
        (json!("2026-1-5"), ValueKind::Date, "value.date"),
        (json!("a"), ValueKind::List, "value.list"),
        (json!([null]), ValueKind::List, "value.list"),
    ] {
        assert_eq!(Value::from_json(&json, kind).unwrap_err().code(), code, "{json}");
    }
}

#[test]
fn blank_is_nothing_filled_in() {
    assert!(Value::from("  ").is_blank());
    assert!(Value::List(Vec::new()).is_blank());
    assert!(!Value::from(0).is_blank());
    assert!(!Value::from(false).is_blank());
}

#[test]
fn display_is_what_a_field_holds() {
    assert_eq!(Value::from(3).to_string(), "3");
    assert_eq!(Value::from(2.5).to_string(), "2.5");
    assert_eq!(Value::from(day("2026-11-22")).to_string(), "2026-11-22");
    assert_eq!(Value::from(vec!["理发", "美容"]).to_string(), "理发、美容");
}

proptest! {
    #[test]
    fn numbers_survive_json(number in -1e15_f64..1e15) {
        let written = serde_json::to_string(&Value::from(number)).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), Value::from(number));
    }

    #[test]
    fn whole_numbers_are_written_whole(number in any::<i32>()) {
        prop_assert_eq!(serde_json::to_string(&Value::from(number)).unwrap(), number.to_string());
    }
}

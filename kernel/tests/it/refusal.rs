//! A no keeps its code, clause, facts and next step through JSON.

use kernel::calendar::BeyondCalendar;
use kernel::refusal::Refusal;
use serde_json::json;

use crate::day;

#[test]
fn refusals_carry_clause_facts_and_a_way_on() {
    let refusal = Refusal::new("casework.correction-repeated", "wait")
        .under("中华人民共和国行政许可法", "第三十二条第一款第四项")
        .fact("first", day("2026-11-20"));
    let written = json!({
        "code": "casework.correction-repeated",
        "clause": {"law": "中华人民共和国行政许可法", "article": "第三十二条第一款第四项"},
        "facts": {"first": "2026-11-20"},
        "next": "wait",
    });
    assert_eq!(serde_json::to_value(&refusal).unwrap(), written);
    assert_eq!(serde_json::from_value::<Refusal>(written).unwrap(), refusal);
    assert_eq!(refusal.to_string(), "casework.correction-repeated first=2026-11-20");
}

#[test]
fn house_rules_have_no_clause() {
    let refusal = Refusal::new("hall.full", "choose-another-hour");
    assert_eq!(serde_json::to_value(&refusal).unwrap(), json!({"code": "hall.full", "next": "choose-another-hour"}));
}

#[test]
fn a_date_beyond_the_calendar_is_a_refusal() {
    let beyond = BeyondCalendar { from: day("2026-12-30"), first: day("2004-01-01"), last: day("2026-12-31") };
    let refusal = Refusal::from(beyond);
    assert_eq!((refusal.code.as_ref(), refusal.next.as_ref()), ("calendar.beyond", "load-calendar"));
    assert_eq!(refusal.facts["last"], "2026-12-31");
}

#[test]
fn a_refusal_is_small_enough_to_return() {
    // Beyond 128 bytes every `Result` that holds one would have to be boxed.
    assert!(size_of::<Refusal>() <= 128, "{}", size_of::<Refusal>());
}

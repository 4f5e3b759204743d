//! What is owed: exempt, zero, rounding, several fees, and what cannot be told.

use catalog::compile::FeeRules;
use catalog::condition::{Condition, ElementDictionary};
use catalog::model::{Collect, Element, Fee, FeeExemption, Item};
use fees::{assess, total};
use kernel::value::{Facts, Value};

/// An element of this kind, as the catalogue keeps it.
fn element(json: serde_json::Value) -> Element {
    let mut whole = serde_json::json!({
        "code": "", "name": "x", "kind": "text", "group": "person", "max": null, "min": null, "unit": null, "help": null,
        "sample": null, "options": [], "source": null, "derived": null
    });
    whole.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
    serde_json::from_value(whole).expect("an element")
}

fn dictionary() -> ElementDictionary {
    let option = |value: &str| serde_json::json!({ "value": value, "label": value, "hint": null });
    let use_of = [option("dwelling"), option("other")];
    ElementDictionary::new(&[
        element(serde_json::json!({ "code": "house_use", "kind": "choice", "options": use_of })),
        element(serde_json::json!({ "code": "low_income", "kind": "bool" })),
        element(serde_json::json!({ "code": "copies", "kind": "number" })),
    ])
}

fn item(fees: Vec<Fee>) -> (Item, Vec<FeeRules>) {
    let dictionary = dictionary();
    let compile = |source: &str| Some(Condition::compile(source, &dictionary).expect("compiles"));
    let rules = fees.iter().map(|fee| FeeRules {
        when: fee.when.as_deref().and_then(compile),
        exemptions: fee.exemptions.iter().map(|one| compile(&one.when)).collect(),
    });
    let rules = rules.collect();
    let item = serde_json::json!({
        "id": "transfer", "code": "", "name": "登记", "plain": null, "kind": "confirmation", "authority": "land",
        "level": "county", "power": "statutory", "audience": [], "topic": "04", "version": 1, "effective": "2026-01-01",
        "status": "active", "handling": "promise", "basis": [], "conditions": [],
        "statutory": {"value": 1, "unit": "workday", "start": "acceptance"},
        "promise": {"value": 1, "unit": "workday", "start": "acceptance"}, "visits": {"count": 0, "reason": null},
        "apply_via": [], "scope": "county", "materials": [], "fields": [], "consumes": [], "provides": null,
        "result": {"kind": "other", "name": null, "valid": null}, "steps": [], "special": [], "commitment": null,
        "tolerance": null, "fees": [], "remedy": null, "contact": null, "risks": [], "faqs": [], "flow": null
    });
    (Item { fees, ..serde_json::from_value(item).expect("an item") }, rules)
}

fn fee(name: &str, fen: i64, when: Option<&str>) -> Fee {
    Fee { name: name.into(), amount_fen: Some(fen), when: when.map(Into::into), ..Fee::default() }
}

fn off(text: &str, when: &str, percent: u32) -> FeeExemption {
    FeeExemption { text: text.into(), when: when.into(), percent, basis: None }
}

fn form(fields: &[(&str, Value)]) -> Facts {
    fields.iter().map(|(code, value)| ((*code).to_owned(), value.clone())).collect()
}

fn registration() -> Vec<Fee> {
    let copies = Fee { count: Some("copies".into()), free: 1, ..fee("证书工本费", 1_000, None) };
    vec![
        fee("住宅登记费", 8_000, Some("house_use == 'dwelling'")),
        fee("非住宅登记费", 55_000, Some("house_use == 'other'")),
        copies,
    ]
}

#[test]
fn what_is_owed() {
    let low = |percent| {
        vec![Fee { exemptions: vec![off("低保对象", "low_income", percent)], ..fee("工本费", 2_005, None) }]
    };
    let dwelling = ("house_use", Value::from("dwelling"));
    let poor = |yes: bool| ("low_income", Value::Bool(yes));
    let copies = |number: f64| ("copies", Value::Number(number));
    /// Fees, form, what each line comes to, what could not be told.
    type Row = (&'static str, Vec<Fee>, Facts, Vec<i64>, Vec<&'static str>);
    let table: Vec<Row> = vec![
        ("no fee at all", vec![], form(&[]), vec![], vec![]),
        ("a fee in words only", vec![Fee { amount_fen: None, ..fee("另行计算", 0, None) }], form(&[]), vec![], vec![]),
        (
            "several, the first copy is free",
            registration(),
            form(&[dwelling.clone(), copies(3.0)]),
            vec![8_000, 2_000],
            vec![],
        ),
        ("one copy", registration(), form(&[("house_use", "other".into()), copies(1.0)]), vec![55_000], vec![]),
        ("no copies", registration(), form(&[dwelling.clone(), copies(0.0)]), vec![8_000], vec![]),
        (
            "a negative number is no number",
            registration(),
            form(&[dwelling.clone(), copies(-2.0)]),
            vec![8_000],
            vec!["copies"],
        ),
        ("unknown use is not charged", registration(), form(&[copies(1.0)]), vec![], vec!["house_use"]),
        ("exempt", low(100), form(&[poor(true)]), vec![0], vec![]),
        ("not exempt", low(100), form(&[poor(false)]), vec![2_005], vec![]),
        ("half, the odd half fen is let off", low(50), form(&[poor(true)]), vec![1_002], vec![]),
        ("whether exempt is unknown: charged, and said", low(100), form(&[]), vec![2_005], vec!["low_income"]),
    ];
    for (what, fees, form, expected, doubts) in table {
        let (item, rules) = item(fees);
        let assessed = assess(&item, &rules, &form, Collect::BeforeIssue);
        let amounts: Vec<i64> = assessed.lines.iter().map(|line| line.fen).collect();
        assert_eq!(
            (amounts.clone(), assessed.doubts),
            (expected, doubts.iter().map(ToString::to_string).collect()),
            "{what}"
        );
        assert_eq!(total(&assessed.lines), amounts.iter().sum::<i64>(), "{what}");
        assert!(assess(&item, &rules, &form, Collect::BeforeDecision).lines.is_empty(), "{what}: another stage");
    }
}

#[test]
fn the_most_favourable_exemption_counts_and_is_named() {
    let exemptions = vec![off("减半", "low_income", 50), off("免收", "house_use == 'dwelling'", 100)];
    let (item, rules) = item(vec![Fee { exemptions, ..fee("工本费", 4_000, None) }]);
    let assessed = assess(&item, &rules, &form(&[("low_income", Value::Bool(true))]), Collect::BeforeIssue);
    assert_eq!((assessed.lines[0].fen, assessed.lines[0].let_off.as_ref().unwrap().text.as_str()), (2_000, "减半"));
    let both = form(&[("low_income", Value::Bool(true)), ("house_use", "dwelling".into())]);
    let assessed = assess(&item, &rules, &both, Collect::BeforeIssue);
    assert_eq!((assessed.lines[0].fen, assessed.lines[0].let_off.as_ref().unwrap().text.as_str()), (0, "免收"));
    assert_eq!(assessed.lines[0].payee, "land", "nobody named: the item's own authority");
}

#[test]
fn a_slip_of_the_pen_makes_no_bill_of_millions() {
    let (item, rules) = item(registration());
    let assessed = assess(&item, &rules, &form(&[("copies", Value::Number(1e18))]), Collect::BeforeIssue);
    assert_eq!(total(&assessed.lines), 9_999_000);
}

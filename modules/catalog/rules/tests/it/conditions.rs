//! Truth tables and problems of conditions.

use catalog::model::{Choice, Element, ElementKind};
use catalog::{Condition, ElementDictionary, Verdict};
use kernel::value::{Facts, Value};
use proptest::prelude::*;

fn element(code: &str, kind: ElementKind, options: &[&str]) -> Element {
    let options = options.iter().map(|value| Choice { value: (*value).into(), label: (*value).into() }).collect();
    Element {
        code: code.into(),
        name: code.into(),
        kind,
        unit: None,
        options,
        min: None,
        max: None,
        help: None,
        sample: None,
        group: "person".into(),
        source: None,
        derived: None,
    }
}

fn dictionary() -> ElementDictionary {
    ElementDictionary::new(&[
        element("a", ElementKind::Bool, &[]),
        element("b", ElementKind::Bool, &[]),
        element("c", ElementKind::Bool, &[]),
        element("n", ElementKind::Number, &[]),
        element("m", ElementKind::Number, &[]),
        element("t", ElementKind::Text, &[]),
        element("kind", ElementKind::Choice, &["理发", "美容"]),
        element("many", ElementKind::Multi, &["x", "y"]),
        element("born", ElementKind::Date, &[]),
    ])
}

fn compile(source: &str) -> Condition {
    Condition::compile(source, &dictionary()).unwrap_or_else(|problems| panic!("{source}: {problems:?}"))
}

fn facts(pairs: &[(&str, Value)]) -> Facts {
    pairs.iter().map(|(code, value)| ((*code).to_owned(), value.clone())).collect()
}

/// Judges both ways, by name and by slot, which must agree.
fn judge(source: &str, pairs: &[(&str, Value)]) -> Verdict {
    let facts = facts(pairs);
    let condition = compile(source);
    let verdict = condition.judge(&facts);
    assert_eq!(condition.judge_slots(&dictionary().lay_out(&facts)), verdict, "{source}");
    verdict
}

fn missing(codes: &[&str]) -> Verdict {
    Verdict::CannotTell { missing: codes.iter().map(|code| (*code).into()).collect() }
}

fn known(code: &'static str, value: Option<bool>) -> Vec<(&'static str, Value)> {
    value.map(|value| (code, Value::Bool(value))).into_iter().collect()
}

const THREE: [Option<bool>; 3] = [Some(true), Some(false), None];

#[test]
fn and_or_not_follow_kleene() {
    for a in THREE {
        for b in THREE {
            let pairs = [known("a", a), known("b", b)].concat();
            let told = |verdict: Verdict| match verdict {
                Verdict::Yes => Some(true),
                Verdict::No => Some(false),
                Verdict::CannotTell { .. } => None,
            };
            let and = if a == Some(false) || b == Some(false) { Some(false) } else { a.zip(b).map(|_| true) };
            let or = if a == Some(true) || b == Some(true) { Some(true) } else { a.zip(b).map(|_| false) };
            assert_eq!(told(judge("a && b", &pairs)), and, "{a:?} && {b:?}");
            assert_eq!(told(judge("a || b", &pairs)), or, "{a:?} || {b:?}");
            assert_eq!(told(judge("!a", &pairs)), a.map(|a| !a), "!{a:?}");
            assert_eq!(told(judge("a == b", &pairs)), a.zip(b).map(|(a, b)| a == b), "{a:?} == {b:?}");
        }
    }
}

#[test]
fn what_is_missing_is_named_and_only_what_matters() {
    assert_eq!(judge("a && b", &[]), missing(&["a", "b"]));
    assert_eq!(judge("a && b", &known("a", Some(true))), missing(&["b"]));
    assert_eq!(judge("a && b", &known("a", Some(false))), Verdict::No);
    assert_eq!(judge("a || n > 3 && kind == '理发'", &known("a", Some(false))), missing(&["n", "kind"]));
    assert_eq!(judge("a ? n > 1 : m > 1", &[]), missing(&["a"]));
    assert_eq!(judge("a ? n > 1 : m > 1", &known("a", Some(false))), missing(&["m"]));
    let same = [("n", Value::Number(2.0)), ("m", Value::Number(2.0))];
    assert_eq!(judge("a ? n > 1 : m > 1", &same), Verdict::Yes, "both branches agree");
}

#[test]
fn comparisons_of_every_kind() {
    let all = [
        ("n", Value::Number(50.0)),
        ("m", Value::Number(1.5)),
        ("t", Value::Text("石湾".into())),
        ("kind", Value::Text("理发".into())),
        ("many", Value::List(vec![Value::Text("x".into())])),
        ("born", Value::Date("1950-06-01".parse().expect("a date"))),
        ("a", Value::Bool(true)),
    ];
    let yes = [
        "n >= 50",
        "n <= 50 && n == 50",
        "n > 49.5 && n < 50.5",
        "n != 51",
        "n + m * 2 - 3 == 50",
        "-n < 0",
        "n in [10, 50]",
        "kind == '理发'",
        "kind in ['理发', '美容']",
        "!(kind in ['美容'])",
        "t != '祖庙'",
        "'x' in many",
        "!('y' in many)",
        "born < '1951-01-01'",
        "'1950-06-01' == born",
        "(a ? n : m) == 50",
        "(a ? 'x' : 'y') in many",
        "a == true",
        "(a && (n > 1 || n < 0)) == !false",
    ];
    for source in yes {
        assert_eq!(judge(source, &all), Verdict::Yes, "{source}");
        assert_eq!(judge(&format!("!({source})"), &all), Verdict::No, "{source}");
    }
}

#[test]
fn a_date_that_came_through_json_is_still_a_date() {
    assert_eq!(judge("born < '1951-01-01'", &[("born", Value::Text("1950-06-01".into()))]), Verdict::Yes);
}

#[test]
fn a_value_of_the_wrong_kind_is_no_answer() {
    assert_eq!(judge("n > 3", &[("n", Value::Text("many".into()))]), missing(&["n"]));
    assert_eq!(judge("n > 3", &[("n", Value::Number(f64::NAN))]), missing(&["n"]));
    assert_eq!(judge("a", &[("a", Value::Text("true".into()))]), missing(&["a"]));
    assert_eq!(judge("'x' in many", &[("many", Value::Text("x".into()))]), missing(&["many"]));
}

#[test]
fn it_knows_what_it_reads_and_when_it_is_constant() {
    let condition = compile("n > 3 && (kind == '理发' || n < m)");
    assert_eq!(condition.reads(), ["n", "kind", "m"]);
    assert_eq!(condition.constant(), None);
    for (source, answer) in [("true", true), ("1 > 2", false), ("a || true", true), ("a && 1 == 2", false)] {
        assert_eq!(compile(source).constant(), Some(answer), "{source}");
    }
}

#[test]
fn problems_have_their_code_their_place_and_a_remedy() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("kind == '理髮'", &[("E0206", "==")]),
        ("'z' in many", &[("E0206", "'z'")]),
        ("kind in ['理发', '染发']", &[("E0206", "'染发'")]),
        ("m > 1 && nn > 3", &[("E0204", "nn")]),
        ("kind == 3", &[("E0205", "==")]),
        ("n && a", &[("E0205", "n")]),
        ("n + t > 3", &[("E0205", "+")]),
        ("born < '去年'", &[("E0205", "<")]),
        ("kind < '理发'", &[("E0205", "<")]),
        ("n in ['1']", &[("E0205", "'1'")]),
        ("a ? n : t", &[("E0205", "?")]),
        ("n + 1", &[("E0207", "n + 1")]),
        ("n / 2 > 1", &[("E0203", "/")]),
        ("many.exists(x, x == 'x')", &[("E0203", "(")]),
        ("t == null", &[("E0203", "null")]),
        ("t.size() > 1", &[("E0203", "(")]),
        ("理发 == 1", &[("E0202", "理")]),
        ("kind == “理发”", &[("E0202", "“")]),
        ("a = b", &[("E0202", "=")]),
        ("(a && b", &[("E0202", "")]),
        ("", &[("E0202", "")]),
        ("x1 || x2 && n > 'a'", &[("E0204", "x1"), ("E0204", "x2"), ("E0205", ">")]),
    ];
    for (source, expected) in cases {
        let problems = Condition::compile(source, &dictionary()).expect_err(source);
        let found: Vec<_> = problems.iter().map(|p| (p.kind.code().id, &source[p.at.clone()])).collect();
        assert_eq!(&found[..], *expected, "{source}");
    }
}

#[test]
fn limits_hold_before_the_parser_sees_anything() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    assert!(Condition::compile(&deep(Condition::MAX_NESTING), &dictionary()).is_ok());
    let long = format!("a{}", " && a".repeat(1000));
    for source in [deep(Condition::MAX_NESTING + 1), long, "!".repeat(5000), format!("a{}", " ? a : a".repeat(30))] {
        let problems = Condition::compile(&source, &dictionary()).expect_err("too large");
        assert_eq!(problems[0].kind.code().id, "E0201");
    }
    // The longest chains within the limits fit the parser's stack.
    for link in [" + n", " * n", " == n", " && n > 1"] {
        let source = format!("n{}", link.repeat(790 / link.split_whitespace().count().max(2)));
        let _ = Condition::compile(&source, &dictionary());
    }
}

proptest! {
    #[test]
    fn any_text_is_a_condition_or_a_problem(source in "[a-c(nm)!&|=<> 0-9'理发,\\[\\]?:+*.-]{0,60}") {
        if let Err(problems) = Condition::compile(&source, &dictionary()) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(source.get(problem.at.clone()).is_some(), "{:?} of {:?}", problem.at, source);
            }
        }
    }

    /// Knowing more never turns a clear answer round.
    #[test]
    fn more_facts_never_change_a_clear_answer(
        a in proptest::option::of(any::<bool>()),
        b in proptest::option::of(any::<bool>()),
        c in any::<bool>(),
        which in 0_usize..6,
    ) {
        let source = ["a && b || c", "(a || b) && !c", "a ? b : c", "a == b || c", "!(a && c) || b", "a && !a"][which];
        let condition = compile(source);
        let few = facts(&[known("a", a), known("b", b)].concat());
        let mut more = few.clone();
        more.insert("c".into(), c.into());
        for code in ["a", "b"] {
            more.entry(code.into()).or_insert(true.into());
        }
        let before = condition.judge(&few);
        if !matches!(before, Verdict::CannotTell { .. }) {
            prop_assert_eq!(before, condition.judge(&more));
        }
    }
}

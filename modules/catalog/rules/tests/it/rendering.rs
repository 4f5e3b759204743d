//! How diagnostics look, for people and for programs.

use catalog::diagnostic::Style;
use catalog::{compile, render};

use crate::small;

/// Spoils the small catalogue and prints what the compiler says.
fn rendered(spoil: &[(&str, &str, &str)]) -> String {
    let mut files = small::files();
    for (path, from, to) in spoil {
        small::replace(&mut files, path, from, to);
    }
    let (_, diagnostics) = compile(&files);
    render(&diagnostics, &files, Style::Plain)
}

#[test]
fn a_slip_in_a_reference() {
    insta::assert_snapshot!(rendered(&[("items/permit.yaml", "authority: health", "authority: helth")]));
}

#[test]
fn a_condition_points_inside_the_expression_past_chinese_letters() {
    insta::assert_snapshot!(rendered(&[(
        "items/permit.yaml",
        "service in ['hair', 'beauty']",
        "service in ['理发', 'beauty'] && aera > 3"
    ),]));
}

#[test]
fn two_places_and_a_count() {
    insta::assert_snapshot!(rendered(&[
        ("items/register.yaml", "provides:", "consumes: [hygiene-permit]\nprovides:"),
        ("items/permit.yaml", "complain: 0757-12345", "complain: 0757-82000202"),
    ]));
}

#[test]
fn broken_yaml_ends_one_file_only() {
    insta::assert_snapshot!(rendered(&[
        ("halls/all.yaml", "  region: \"440604\"", "\tregion: \"440604\""),
        ("items/register.yaml", "topic: \"16\"", "topic: 61"),
    ]));
}

#[test]
fn programs_get_json() {
    let mut files = small::files();
    small::replace(&mut files, "items/permit.yaml", "promise: {value: 5", "promise: {value: 30");
    let (_, diagnostics) = compile(&files);
    insta::assert_json_snapshot!(diagnostics);
}

#[test]
fn arrows_stand_under_what_they_mean() {
    let text = rendered(&[("items/permit.yaml", "卫生检测报告（一年内）", "卫生检测报告等其他材料")]);
    let lines: Vec<&str> = text.lines().collect();
    let arrow = lines.iter().position(|line| line.contains('^')).expect("there is an arrow");
    let width = |text: &str| text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let before = lines[arrow - 1].split("卫生检测").next().expect("there is something before");
    assert_eq!(width(before), lines[arrow].find('^').expect("there is an arrow"));
    assert_eq!(lines[arrow].matches('^').count(), width("卫生检测报告等其他材料"));
}

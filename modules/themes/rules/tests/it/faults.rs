//! What the compiler says of faulty themes.

use catalog::SourceFile;

use crate::shelf::print;
use crate::small::{PERMIT, REGISTER, SIGN, THEME, catalog, catalog_of, theme_file};

/// Codes found in the small theme after replacing some of its text, in the order of the lines.
fn codes_after(changes: &[(&str, &str)]) -> Vec<&'static str> {
    let mut text = THEME.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "the small theme has no {from}");
        text = text.replace(from, to);
    }
    let (themes, diagnostics) = themes::compile(&catalog(), &[theme_file(&text)]);
    assert_eq!(themes.is_none(), catalog::diagnostic::has_errors(&diagnostics));
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn the_small_theme_is_sound() {
    assert_eq!(codes_after(&[]), [] as [&str; 0]);
}

#[test]
fn one_fault_one_code() {
    let rows: &[(&str, &[(&str, &str)])] = &[
        ("E0501", &[("baseline: {items: 3, materials: 16, fields: 12, trips: 3, days: 12, submissions: 3}\n", "")]),
        ("E0502", &[("id: tea-house", "id: coffee-house")]),
        ("E0503", &[("  - {item: sign, when: area >= 20}", "  - {item: sign, when: area >= 20}\n  - {item: sign}")]),
        ("E0105", &[("{item: sign, when: area >= 20}", "{item: sing}")]),
        ("E0101", &[("lead: market", "lead: markt")]),
        ("E0506", &[("id: has_agent, text", "id: agent, text")]),
        ("E0507", &[("kind: bool, default: false}\nitems", "kind: number}\nitems")]),
        (
            "E0508",
            &[(
                "办成哪一种？, kind: single,",
                "办成哪一种？, kind: single, options: [{value: club, label: 社}, {value: one, label: 个体}, {value: sole, label: 独资}],",
            )],
        ),
        ("E0509", &[("kind: number, default: 50", "kind: number, default: 5000")]),
        ("E0510", &[("kind: number, default: 50", "kind: number, min: 60, max: 20")]),
        ("E0511", &[("卖什么？, kind: multi", "卖什么？, kind: multi, when: commit")]),
        ("E0512", &[("委托代办吗？, kind: bool,", "委托代办吗？, kind: bool, when: has_licence && shape == 'firm',")]),
        (
            "E0513",
            &[
                ("baseline", "hue: none\nbaseline"),
                ("  - {id: has_agent", "  - {id: months, text: 几个月？, kind: number}\n  - {id: has_agent"),
            ],
        ),
        ("E0516", &[("when: area >= 20", "when: sign_size == 'big'")]),
        ("E0517", &[("when: area >= 20", "when: area > 1000")]),
        ("E0518", &[(", go: 到市场监管局窗口", "")]),
        ("E0519", &[("trips: 0", "trips: 2")]),
        ("E0204", &[("when: area >= 20", "when: arae >= 20")]),
        ("E0205", &[("when: area >= 20", "when: area == 'big'")]),
        ("E0206", &[("shape != 'sole'", "shape != 'solo'")]),
        ("E0003", &[("summary:", "sumary: x\nsummary:")]),
        ("E0004", &[("summary: 一次办好\n", "")]),
        ("W0523", &[("say: [我要开茶馆]\n", "")]),
    ];
    for (code, changes) in rows {
        assert_eq!(codes_after(changes), [*code], "{changes:?}");
    }
}

#[test]
fn answers_without_a_result_are_shown_as_an_applicant_would_give_them() {
    let found = |text: &str| {
        let (_, diagnostics) = themes::compile(&catalog(), &[theme_file(text)]);
        diagnostics.into_iter().map(|diagnostic| (diagnostic.code, diagnostic.what)).collect::<Vec<_>>()
    };
    let hole = THEME.replace("when: area >= 20", "when: area >= 25");
    assert_eq!(
        found(&hole),
        [("E0514", "这样回答没有结果：有营业执照吗＝是；卖什么＝都没有；多大＝20平方米".to_owned())]
    );
    // With a licence the kind of firm is not asked, and the sign then waits for it for ever.
    let stuck = THEME.replace("when: area >= 20", "when: area >= 20 && shape == 'one'");
    assert_eq!(
        found(&stuck),
        [("E0515", "这样回答得不出结果：有营业执照吗＝是；卖什么＝都没有；多大＝20平方米".to_owned())]
    );
}

#[test]
fn items_that_wait_for_each_other_are_refused() {
    let register =
        REGISTER.replace("provides: business-licence", "provides: business-licence\nconsumes: [food-permit]");
    let files = [theme_file(THEME)];
    let (themes, diagnostics) = themes::compile(&catalog_of(&[&register, PERMIT, SIGN]), &files);
    assert!(themes.is_none());
    let seen: Vec<_> = diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.what.as_str())).collect();
    assert_eq!(seen, [("E0113", "这些事项互为前置：营业执照 → 食品经营许可")]);
}

#[test]
fn all_faults_are_told_at_once_with_their_lines() {
    let text = THEME
        .replace("lead: market", "lead: markt")
        .replace("when: '!has_licence'", "when: '!has_license'")
        .replace("{item: sign, when: area >= 20}", "{item: sing}")
        .replace(", go: 到市场监管局窗口", "");
    let files = [theme_file(&text)];
    let (_, diagnostics) = themes::compile(&catalog(), &files);
    let seen: Vec<_> = diagnostics.iter().map(|diagnostic| (diagnostic.place.line, diagnostic.code)).collect();
    assert_eq!(seen, [(5, "E0101"), (10, "E0204"), (18, "E0105"), (20, "E0518")]);
    let printed = print(&diagnostics, &files);
    assert!(printed.contains("是不是要写“sign”？") && printed.contains("themes/tea-house/theme.yaml:10:"), "{printed}");
}

#[test]
fn broken_yaml_is_a_diagnostic() {
    for text in ["", "id: [", "- 1\n- 2\n", "id: tea-house\nquestions: 7\nitems: {a: b}\n"] {
        let (themes, diagnostics) = themes::compile(&catalog(), &[theme_file(text)]);
        assert!(themes.is_none() && !diagnostics.is_empty(), "{text:?}");
    }
}

#[test]
fn a_scenario_that_fails_points_at_its_expectation() {
    let catalog = catalog();
    let theme = crate::small::theme(&catalog, THEME);
    let text = "- name: 小茶馆\n  answers: {has_licence: false, shape: one, sells: [tea], area: 30}\n  expect:\n    items: [register, sign]\n    materials: {before: 16, after: 99}\n- name: 回答不对\n  answers: {shape: club, colour: red}\n  expect: {trips: {after: 0}}\n";
    let files = [SourceFile::new("themes/tea-house/scenarios.yaml", text)];
    let (scenarios, diagnostics) = themes::scenarios(&catalog, &[theme], &files);
    assert_eq!(scenarios.len(), 2);
    let seen: Vec<_> = diagnostics.iter().map(|d| (d.place.line, d.code, d.what.as_str())).collect();
    let expected = [
        (4, "E0526", "场景“小茶馆”：items 应为 register sign，方案得出 permit register sign"),
        (5, "E0526", "场景“小茶馆”：materials.before 应为 16，方案得出 14"),
        (5, "E0526", "场景“小茶馆”：materials.after 应为 99，方案得出 7"),
    ];
    assert_eq!(seen[..3], expected);
    assert_eq!(
        seen[3..].iter().map(|(line, code, _)| (*line, *code)).collect::<Vec<_>>(),
        [(7, "E0525"), (7, "E0525")]
    );
}

#[test]
fn a_window_that_takes_a_theme_nobody_wrote_is_pointed_out() {
    let halls = "- id: hall\n  name: 大厅\n  windows:\n    - {no: '1', name: 综合, themes: all}\n    - {no: '2', name: 开店, themes: [tea-house, tea-hose]}\n";
    let files = [theme_file(THEME), SourceFile::new("halls/all.yaml", halls)];
    let (themes, diagnostics) = themes::compile(&catalog(), &files);
    assert!(themes.is_none());
    let seen: Vec<_> = diagnostics.iter().map(|d| (d.place.file.as_str(), d.place.line, d.code)).collect();
    assert_eq!(seen, [("halls/all.yaml", 5, "E0527")]);
    assert!(print(&diagnostics, &files).contains("是不是要写“tea-house”？"));
}

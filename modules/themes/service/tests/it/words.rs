//! Every code this module can answer with has words, in both languages.

use std::collections::BTreeMap;

use access_service::Words;
use catalog::model::{Choice, Element, ElementKind};
use kernel::refusal::Refusal;
use themes::read_entry;

fn languages() -> [(&'static str, Words); 2] {
    let words = |texts: [&str; 2]| Words::collect(&texts).expect("TOML");
    [
        ("zh", words([access_service::TEXT_ZH, themes_service::TEXT_ZH])),
        ("en", words([access_service::TEXT_EN, themes_service::TEXT_EN])),
    ]
}

#[test]
fn refusals_and_files_have_words() {
    let refusals = [
        ("themes.too-many-drafts", "finish-a-draft"),
        ("themes.too-many-files", "join-files"),
        ("themes.files-too-large", "join-files"),
        ("themes.upload-unreadable", "upload-again"),
    ];
    let fields = [
        "unanswered",
        "answer-too-long",
        "changed-elsewhere",
        "out-of-scope",
        "nothing-to-do",
        "paper-missing",
        "declare",
        "file-missing",
        "file-empty",
        "file-too-large",
        "file-kind",
        "file-kind-differs",
        "file-broken",
        "upload-interrupted",
    ];
    for (language, words) in languages() {
        for (code, next) in refusals {
            let refusal = Refusal::new(code, next).fact("most", 20);
            assert!(words.has(&format!("refusal.{code}")) && words.has(&format!("next.{next}")), "{language} {code}");
            assert!(!words.refusal(&refusal).contains('{'), "{language}: {}", words.refusal(&refusal));
        }
        for code in fields {
            assert!(words.has(&format!("field.{code}")), "{language} field.{code}");
        }
    }
}

#[test]
fn whatever_is_typed_wrongly_is_answered_in_a_whole_sentence() {
    let typed = [
        "",
        "x",
        "很多",
        "一二三四五六七八九十一二三",
        "1382345",
        "a@b",
        "2026-02-30",
        "1500-01-01",
        "-5",
        "99999",
        "\u{7}",
        "110105194912310021",
        "11010519491331002X",
        "110105491231002",
        "1101051949123100AX",
        "11010520991231002X",
        "123",
        "91440604MA5XXXXXXX",
        "92440604MB2D00014O",
        "91440604MB2D000141",
        "99",
        "440",
        "9906",
    ];
    let mut seen = BTreeMap::new();
    for kind in ElementKind::ALL {
        let option = Choice { value: "a".into(), label: "甲".into() };
        let element = Element {
            code: "x".into(),
            name: "某项".into(),
            kind: *kind,
            unit: Some("个".into()),
            options: vec![option],
            min: Some(0.0),
            max: Some(12.0),
            help: None,
            sample: None,
            group: "person".into(),
            source: None,
            derived: None,
        };
        for text in typed {
            if let Err(fault) = read_entry(&element, &[text], true, testkit::day(crate::house::TODAY)) {
                seen.insert(fault.code.clone(), fault.facts);
            }
        }
    }
    assert!(seen.len() > 15, "{seen:?}");
    for (language, words) in languages() {
        for (code, facts) in &seen {
            let mut facts = facts.clone();
            facts.insert("label".into(), "某项".into());
            let said = words.fill(&format!("field.{code}"), &facts);
            assert!(words.has(&format!("field.{code}")), "{language} lacks field.{code}");
            assert!(!said.contains('{'), "{language}: {said}");
        }
    }
}

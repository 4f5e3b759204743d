//! Every code has words in both languages, and the words ask only for facts that are given.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use casework::{all_codes, refusals};

const FILES: [(&str, &str); 2] = [
    ("zh.toml", include_str!("../../../service/text/zh.toml")),
    ("en.toml", include_str!("../../../service/text/en.toml")),
];

type Words = BTreeMap<(String, String), String>;

pub static ZH: LazyLock<Words> = LazyLock::new(|| read(FILES[0].1));

fn read(file: &str) -> Words {
    let tables: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(file).expect("tables of words");
    let flat = |(table, words): (String, BTreeMap<String, String>)| {
        words.into_iter().map(move |(key, word)| ((table.clone(), key), word)).collect::<Vec<_>>()
    };
    tables.into_iter().flat_map(flat).collect()
}

/// The names in braces.
pub fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The word of a code in Chinese.
pub fn zh(table: &str, key: &str) -> &'static str {
    ZH.get(&(table.to_owned(), key.to_owned())).unwrap_or_else(|| panic!("no word for {table}.{key}"))
}

#[test]
fn every_code_has_words() {
    let codes: BTreeSet<(String, String)> =
        all_codes().into_iter().map(|(table, key)| (table.to_owned(), key.to_owned())).collect();
    for (name, file) in FILES {
        let words = read(file);
        let written: BTreeSet<_> = words.keys().cloned().collect();
        // The service adds words of its own and looks for those that are left over.
        let missing: Vec<_> = codes.difference(&written).collect();
        assert!(missing.is_empty(), "{name}: missing {missing:?}");
        let blank: Vec<_> = words.iter().filter(|(_, word)| word.trim().is_empty()).collect();
        assert!(blank.is_empty(), "{name}: {blank:?}");
    }
}

#[test]
fn both_languages_use_the_same_facts() {
    let (zh, en) = (read(FILES[0].1), read(FILES[1].1));
    for (code, word) in &zh {
        assert_eq!(placeholders(word), placeholders(&en[code]), "{code:?}");
    }
}

#[test]
fn refusal_codes_are_distinct_belong_here_and_show_a_way_on() {
    let codes: BTreeSet<_> = refusals::ALL.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), refusals::ALL.len());
    for rule in refusals::ALL {
        assert!(rule.code.starts_with("casework."), "{}", rule.code);
        assert!(!rule.next.is_empty(), "{}", rule.code);
        assert!(rule.article.is_none_or(|article| article.starts_with('第')), "{}", rule.code);
    }
}

#[test]
fn rules_of_the_house_are_few_and_known() {
    let house: Vec<_> = refusals::ALL
        .iter()
        .filter(|rule| rule.article.is_none())
        .map(|rule| &rule.code["casework.".len()..])
        .collect();
    let expected = [
        "day-before-last-act",
        "pre-review-open",
        "pre-review-late",
        "advice-lists-nothing",
        "advice-incomplete",
        "nothing-advised",
        "pre-review-over",
        "correction-overdue",
        "correction-not-overdue",
        "no-tolerance",
        "tolerance-without-gap",
        "nothing-to-supply",
        "supply-incomplete",
        "gap-overdue",
        "gap-not-overdue",
        "not-yet",
        "day-unknown",
        "no-preliminary",
        "nothing-to-supervise",
        "received-already",
        "step-unknown",
        "step-done",
        "step-out-of-order",
        "step-of-another-role",
        "acceptor-may-not-review",
        "handler-may-not-decide",
        "opinion-without-words",
        "gap-open",
        "prerequisite-not-awaited",
        "special-without-result",
        "no-commitment",
        "commitment-decided",
        "commitment-checked",
        "evidence-open",
        "finding-without-words",
        "rectify-without-days",
        "already-issued",
        "issued-without-number",
        "already-delivered",
        "case-ended",
    ];
    assert_eq!(house, expected, "a refusal without a clause is a decision to be taken knowingly");
}

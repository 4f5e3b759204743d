//! Every code has words in both languages, nothing is left over, and both languages use the same facts.

use std::collections::{BTreeMap, BTreeSet};

use casework_service::{REFUSALS, TEXT_EN, TEXT_ZH};

type Words = BTreeMap<(String, String), String>;

fn read(file: &str) -> Words {
    let tables: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(file).expect("tables of words");
    let flat = |(table, words): (String, BTreeMap<String, String>)| {
        words.into_iter().map(move |(key, word)| ((table.clone(), key), word)).collect::<Vec<_>>()
    };
    tables.into_iter().flat_map(flat).collect()
}

/// Tables whose keys are not codes of the rules but of this crate's pages.
const OWN: [&str; 13] = [
    "by-power", "by-kind", "field", "section", "origin", "task", "stop", "then", "told", "owed", "note", "journal",
    "form",
];

#[test]
fn every_code_of_rules_and_service_has_words_and_none_are_left_over() {
    let mut codes: BTreeSet<(String, String)> =
        casework::all_codes().into_iter().map(|(table, key)| (table.to_owned(), key.to_owned())).collect();
    for rule in REFUSALS {
        codes.insert(("refusal".into(), rule.code.into()));
        codes.insert(("next".into(), rule.next.into()));
    }
    for (name, file) in [("zh", TEXT_ZH), ("en", TEXT_EN)] {
        let written: BTreeSet<_> = read(file).into_keys().filter(|(table, _)| !OWN.contains(&table.as_str())).collect();
        let missing: Vec<_> = codes.difference(&written).collect();
        let stray: Vec<_> = written.difference(&codes).collect();
        assert!(missing.is_empty() && stray.is_empty(), "{name}: missing {missing:?}, left over {stray:?}");
    }
}

#[test]
fn both_languages_have_the_same_keys_and_facts() {
    let holes = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    };
    let (zh, en) = (read(TEXT_ZH), read(TEXT_EN));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (code, word) in &zh {
        assert_eq!(holes(word), holes(&en[code]), "{code:?}");
        assert!(!word.trim().is_empty() && !en[code].trim().is_empty(), "{code:?}");
    }
}

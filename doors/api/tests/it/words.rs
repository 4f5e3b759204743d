//! The door's words: both languages say the same keys, and every code the door refuses with has a sentence.

use std::collections::BTreeSet;
use std::path::Path;

use crate::ground::words;

fn keys(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut table = "";
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            table = name;
        } else if let Some((key, _)) = line.split_once(" = ") {
            keys.insert(format!("{table}.{}", key.trim_matches('"')));
        }
    }
    keys
}

#[test]
fn both_languages_say_the_same() {
    assert_eq!(keys(api::TEXT_ZH), keys(api::TEXT_EN));
}

/// Codes stand in the sources as literals; a code without words would be shown to people as it is.
#[test]
fn every_code_has_words_and_every_word_a_code() {
    let sources = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let text: String = std::fs::read_dir(sources)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let words = words();
    let refused: BTreeSet<&str> = text.split('"').filter(|part| part.starts_with("api.")).collect();
    assert!(refused.len() >= 6, "the sources are looked through: {refused:?}");
    for code in refused {
        assert!(words.has(&format!("refusal.{code}")), "no words for {code}");
    }
    for key in keys(api::TEXT_ZH) {
        let (_, code) = key.split_once('.').unwrap();
        assert!(text.contains(&format!("\"{code}\"")), "{key} is said by nobody");
    }
}

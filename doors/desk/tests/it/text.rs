//! The words: both languages say the same things, and nothing a page asks for is missing.

use std::collections::BTreeSet;

use casework::OrderKind;

use crate::house;

fn keys(text: &str) -> BTreeSet<String> {
    fn walk(prefix: &str, table: &toml::Table, keys: &mut BTreeSet<String>) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            match value {
                toml::Value::Table(inner) => walk(&key, inner, keys),
                _ => {
                    keys.insert(key);
                }
            }
        }
    }
    let mut keys_found = BTreeSet::new();
    walk("", &text.parse().expect("TOML"), &mut keys_found);
    keys_found
}

#[test]
fn chinese_and_english_have_the_same_keys() {
    assert_eq!(keys(desk::TEXT_ZH), keys(desk::TEXT_EN));
}

#[test]
fn every_kind_of_item_and_every_done_order_has_its_words() {
    let words = house::words();
    for kind in catalog::model::ItemKind::ALL {
        for outcome in casework::Outcome::ALL {
            let word = casework_service::outcome_word(&words, *kind, *outcome);
            assert!(!word.contains("by-kind"), "{kind:?} {outcome}");
        }
    }
    let done = [
        "accept",
        "refuse-acceptance",
        "complete-step-agree",
        "complete-step-disagree",
        "decide-grant",
        "decide-refuse",
        "issue",
        "repeated",
    ];
    for code in done {
        assert!(words.has(&format!("desk.done.{code}")), "{code}");
    }
    let whole = [
        OrderKind::Accept,
        OrderKind::NotifyCorrection,
        OrderKind::AnswerCorrection,
        OrderKind::RefuseAcceptance,
        OrderKind::Deliver,
        OrderKind::Withdraw,
    ];
    for kind in whole {
        assert!(words.has(&format!("desk.done.application-{}", kind.code())), "{kind}");
        assert!(words.has(&format!("desk.then.{}", kind.code())), "{kind}");
    }
    for status in casework::Status::ALL {
        assert!(words.has(&format!("desk.rest.{}", status.code())), "{status}");
    }
    for fault in ["fifteen-digits", "length", "character", "birth-date", "check", "not-born", "centenarian"] {
        assert!(words.has(&format!("desk.citizen-id.{fault}")), "{fault}");
    }
}

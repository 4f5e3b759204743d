//! Every code the rules can say has words in both languages, and the two files have the same keys.

use std::collections::BTreeSet;

use access_service::Words;
use records::derive::{How, text_key};
use records::{
    Ended, HouseholdRelation, LicenceState, Marital, OrgForm, OrgStatus, Origin, Register, TrustLevel, UseKind,
    Verdict, Why,
};
use records_service::{TEXT_EN, TEXT_ZH};

fn keys(text: &str) -> BTreeSet<String> {
    fn walk(prefix: &str, value: &toml::Value, keys: &mut BTreeSet<String>) {
        match value {
            toml::Value::Table(table) => {
                for (name, inner) in table {
                    walk(&format!("{prefix}.{name}"), inner, keys);
                }
            }
            _ => {
                keys.insert(prefix.to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    walk("", &toml::Value::Table(text.parse().unwrap()), &mut found);
    found
}

#[test]
fn both_languages_say_the_same_things() {
    assert_eq!(keys(TEXT_ZH), keys(TEXT_EN));
}

#[test]
fn every_code_has_words() {
    let words = Words::collect(&[TEXT_ZH]).unwrap();
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(Register::ALL.iter().map(|one| one.text_key()));
    codes.extend(Why::ALL.iter().map(|one| one.text_key()));
    codes.extend(Marital::ALL.iter().map(|one| one.text_key()));
    codes.extend(HouseholdRelation::ALL.iter().map(|one| one.text_key()));
    codes.extend(Origin::ALL.iter().map(|one| one.text_key()));
    codes.extend(OrgForm::ALL.iter().map(|one| one.text_key()));
    codes.extend(OrgStatus::ALL.iter().map(|one| one.text_key()));
    codes.extend(Ended::ALL.iter().map(|one| one.text_key()));
    codes.extend(LicenceState::ALL.iter().map(|one| one.text_key()));
    codes.extend(Verdict::ALL.iter().map(|one| one.text_key()));
    codes.extend(UseKind::ALL.iter().map(|one| one.text_key()));
    codes.extend(TrustLevel::ALL.iter().map(|one| one.text_key()));
    codes.extend(How::ALL.iter().map(|one| text_key(*one)));
    let silent: Vec<&str> = codes.into_iter().filter(|code| !words.has(code)).collect();
    assert!(silent.is_empty(), "no words for {silent:?}");
}

/// The refusals are written where they are made; this finds them there, so that a new one cannot stay silent.
#[test]
fn every_refusal_and_its_next_step_has_words() {
    let words = Words::collect(&[TEXT_ZH]).unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/acts");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for made in source.split("Refusal::new(").skip(1) {
            let mut literals = made.split('"').skip(1).step_by(2);
            let (code, next) = (literals.next().unwrap(), literals.next().unwrap());
            assert!(words.has(&format!("refusal.{code}")), "no words for {code}");
            assert!(words.has(&format!("next.{next}")), "no words for the step {next}");
            found += 1;
        }
    }
    assert!(found >= 6, "{found}");
}

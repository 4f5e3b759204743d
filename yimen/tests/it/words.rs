//! Every code the house can say has words, and no two modules say different things under one key.
//!
//! Codes that are listed by their crates are asked for from the lists. Codes that are written where they are said are
//! found there, in the source, so that a new one cannot stay silent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use access::Role;
use access_service::Words;
use yimen::modules::{self, TEXTS};

use crate::chart;

/// Faults of codes that only warn, or that no form can bring about; nobody reads them on a page.
const NEVER_ON_A_FORM: [&str; 3] = ["citizen-id.area", "citizen-id.centenarian", "credit-code.class"];

fn words() -> Words {
    modules::words().expect("the texts are readable")
}

/// The sources of all crates without their tests, by path from the root.
fn sources() -> Vec<(String, String)> {
    let root = chart::root();
    let mut found = Vec::new();
    for place in ["kernel", "platform", "modules", "doors", "ui"] {
        walk(&root.join(place), &mut found);
    }
    let named = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        (path.strip_prefix(&root).unwrap_or(&path).display().to_string(), text)
    };
    let found: Vec<_> = found.into_iter().map(named).collect();
    assert!(found.len() > 100, "the sources are found");
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if !["tests", "examples", "target", "node_modules", "dist", "front"]
                .iter()
                .any(|left_out| name == *left_out)
            {
                walk(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The string literals after each `opening`, up to the end of the statement.
fn literals<'s>(source: &'s str, opening: &'s str) -> impl Iterator<Item = Vec<&'s str>> {
    source.split(opening).skip(1).map(|after| {
        let statement = after.split([';', '}']).next().unwrap_or_default();
        statement.split('"').skip(1).step_by(2).collect()
    })
}

/// The second argument of a call, when it is a literal.
fn second_argument(call: &str) -> Option<&str> {
    let (first, rest) = call.split_once(", \"")?;
    let whole = first.matches('(').count() == first.matches(')').count() && !first.contains([',', ';']);
    rest.split('"').next().filter(|_| whole)
}

/// The whole argument of a call, when it is a literal.
fn only_argument(call: &str) -> Option<&str> {
    call.strip_prefix('"')?.split_once("\")").map(|(code, _)| code)
}

/// Fails with all that is silent at once.
#[track_caller]
fn none_silent(silent: &[String]) {
    assert!(silent.is_empty(), "no words for\n  {}", silent.join("\n  "));
}

#[test]
fn the_codes_of_casework_have_words() {
    let words = words();
    let own = casework::all_codes().into_iter().map(|(table, code)| format!("{table}.{code}"));
    let more = casework_service::REFUSALS.iter();
    let more = more.flat_map(|rule| [format!("refusal.{}", rule.code), format!("next.{}", rule.next)]);
    let silent: Vec<String> = own.chain(more).filter(|key| !words.has(key)).collect();
    none_silent(&silent);
}

#[test]
fn every_post_has_a_name() {
    let words = words();
    let silent: Vec<String> =
        Role::ALL.iter().map(|role| format!("role.{}", role.name())).filter(|key| !words.has(key)).collect();
    none_silent(&silent);
}

/// Refusals written where they are made: their sentence, and the step that is open instead.
#[test]
fn every_refusal_and_its_next_step_have_words() {
    let words = words();
    let (mut silent, mut found) = (Vec::new(), 0);
    for (path, source) in sources() {
        for said in literals(&source, "Refusal::new(") {
            let [code, next, ..] = said[..] else { continue };
            // A constant in place of a literal is listed by its crate; what follows it is a fact's name.
            if !code.contains('.') {
                continue;
            }
            found += 1;
            let keys = [format!("refusal.{code}"), format!("next.{next}")];
            silent.extend(keys.into_iter().filter(|key| !words.has(key)).map(|key| format!("{key}  ({path})")));
        }
    }
    assert!(found >= 20, "only {found} refusals were found: has their form changed?");
    none_silent(&silent);
}

/// Faults of fields, wherever they are made, are told as `field.CODE`; the desk has briefer words of its own.
#[test]
fn every_fault_of_a_field_has_words() {
    let words = words();
    let (mut silent, mut found) = (Vec::new(), 0);
    let told = |code: &str, path: &str| {
        let desk = path.starts_with("doors/desk") && words.has(&format!("desk.fault.{code}"));
        desk || words.has(&format!("field.{code}"))
    };
    for (path, source) in sources() {
        // Told to programs and to the log, not on a form.
        if path.starts_with("ui/") || path == "platform/src/fault.rs" {
            continue;
        }
        for opening in ["FieldFault::new(", "Fault::field("] {
            for code in source.split(opening).skip(1).filter_map(second_argument) {
                found += 1;
                if !told(code, &path) {
                    silent.push(format!("field.{code}  ({path})"));
                }
            }
        }
        for code in source.split("EntryFault::new(").skip(1).filter_map(only_argument) {
            found += 1;
            if !told(code, &path) {
                silent.push(format!("field.{code}  ({path})"));
            }
        }
    }
    assert!(found >= 20, "only {found} faults were found: has their form changed?");
    none_silent(&silent);
}

/// What the kernel finds wrong with a code or a day that somebody typed.
#[test]
fn every_fault_of_a_typed_code_has_words() {
    let words = words();
    let mut codes = BTreeSet::new();
    for (path, source) in sources() {
        if path.starts_with("kernel/src/codes") || path.starts_with("kernel/src/day") {
            let said = source.split('"').skip(1).step_by(2).map(str::to_owned);
            codes.extend(said.filter(|said| {
                let named = ["citizen-id.", "credit-code.", "region.", "day."];
                named.iter().any(|kind| said.starts_with(kind)) && !NEVER_ON_A_FORM.contains(&said.as_str())
            }));
        }
    }
    assert!(codes.len() >= 12, "{codes:?}");
    let key = |code: &String| format!("field.{}", code.replace('.', "-"));
    let silent: Vec<String> = codes.iter().map(key).filter(|key| !words.has(key)).collect();
    none_silent(&silent);
}

/// Keys that pages ask for by name; of keys put together at run time, at least the table must be there.
#[test]
fn every_key_a_page_asks_for_has_words() {
    let words = words();
    let tables: BTreeSet<String> = TEXTS.iter().flat_map(|(_, text)| keys(text).into_keys()).collect();
    let (mut silent, mut found) = (Vec::new(), 0);
    for (path, source) in sources() {
        for asking in ["words.get(", "words.fill(", "words.has("] {
            for call in source.split(asking).skip(1) {
                let key = |form: &str| call.strip_prefix(form).and_then(|rest| rest.split('"').next());
                let known = if let Some(key) = key("\"") {
                    words.has(key).then_some(()).ok_or(key)
                } else if let Some(key) = key("&format!(\"") {
                    let start = key.split('{').next().unwrap_or_default();
                    let any = tables.range(start.to_owned()..).next().is_some_and(|known| known.starts_with(start));
                    any.then_some(()).ok_or(key)
                } else {
                    continue;
                };
                found += 1;
                if let Err(key) = known {
                    silent.push(format!("{key}  ({path})"));
                }
            }
        }
    }
    assert!(found >= 30, "only {found} keys were found: has the way of asking changed?");
    none_silent(&silent);
}

#[test]
fn diagnostics_say_what_why_and_how_to_mend() {
    let mut seen = BTreeSet::new();
    for code in catalog::codes::all().chain(themes::codes::all()) {
        assert!(seen.insert(code.id), "{} is there twice", code.id);
        for part in [code.title, code.why, code.mend] {
            assert!(!part.trim().is_empty(), "{} lacks words", code.id);
        }
    }
}

/// Two modules may share a key (`next.go-back`) as long as they say the same.
#[test]
fn no_two_modules_say_different_things_under_one_key() {
    let mut said: BTreeMap<String, (&str, String)> = BTreeMap::new();
    let mut differ = Vec::new();
    for (module, text) in TEXTS {
        for (key, words) in keys(text) {
            match said.get(&key) {
                Some((other, theirs)) if *theirs != words => {
                    differ.push(format!("{key}: {other} says {theirs}, {module} says {words}"));
                }
                Some(_) => {}
                None => {
                    said.insert(key, (module, words));
                }
            }
        }
    }
    assert!(differ.is_empty(), "the later module silently wins:\n  {}", differ.join("\n  "));
}

#[test]
fn no_words_are_blank_and_english_stands_beside_them_where_there_is_any() {
    let english = [
        ("modules/access", access_service::TEXT_EN),
        ("modules/catalog", catalog_service::TEXT_EN),
        ("modules/records", records_service::TEXT_EN),
        ("modules/fees", fees_service::TEXT_EN),
        ("modules/courier", courier_service::TEXT_EN),
        ("modules/casework", casework_service::TEXT_EN),
        ("modules/themes", themes_service::TEXT_EN),
        ("modules/standards", standards_service::TEXT_EN),
        ("modules/messages", messages_service::TEXT_EN),
        ("modules/connect", connect_service::TEXT_EN),
        ("modules/authoring", authoring_service::TEXT_EN),
        ("doors/desk", desk::TEXT_EN),
        ("doors/api", api::TEXT_EN),
        ("doors/portal", portal::TEXT_EN),
    ];
    for (module, text) in TEXTS {
        let chinese = keys(text);
        let blank: Vec<_> = chinese.iter().filter(|(_, words)| words.trim().is_empty()).collect();
        assert!(blank.is_empty(), "{module}: {blank:?}");
        let (_, beside) = english.iter().find(|(other, _)| *other == module).expect("every module has an English text");
        let beside = keys(beside);
        let lacking: Vec<_> = chinese.keys().filter(|key| !beside.contains_key(*key)).collect();
        let left_over: Vec<_> = beside.keys().filter(|key| !chinese.contains_key(*key)).collect();
        assert!(
            lacking.is_empty() && left_over.is_empty(),
            "{module}: English lacks {lacking:?}, has left over {left_over:?}"
        );
    }
}

/// A text file as dotted keys.
fn keys(text: &str) -> BTreeMap<String, String> {
    fn walk(prefix: &str, value: &toml::Value, found: &mut BTreeMap<String, String>) {
        match value {
            toml::Value::Table(table) => {
                for (name, inner) in table {
                    let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                    walk(&key, inner, found);
                }
            }
            toml::Value::String(words) => {
                found.insert(prefix.to_owned(), words.clone());
            }
            other => {
                found.insert(prefix.to_owned(), other.to_string());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk("", &toml::Value::Table(text.parse().expect("a text file is TOML")), &mut found);
    found
}

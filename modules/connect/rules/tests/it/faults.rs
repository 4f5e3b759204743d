//! What the compiler says of faulty connectors: the sample's with one thing spoilt, and one finding of that code.

use std::collections::BTreeSet;

use catalog::SourceFile;
use catalog::diagnostic::has_errors;
use connect::connector::{codes, compile};

use crate::sample::{CATALOG, PATH, TEXT, connector};

const STATES: &str = r#"    - {is: "20", means: step, step: handle}                     # 核对完毕，符合规范
    - {is: "21", means: step, step: handle, opinion: disagree}  # 核对完毕，不符合规范
    - {is: "30", means: grant, steps: true}                     # 准予备案
    - {is: "31", means: refuse, steps: true}                    # 不予备案
"#;

/// Code, what is spoilt, and what it becomes.
pub const PLANTS: &[(&str, &str, &str)] = &[
    ("E0003", "dates:", "date:"),
    ("E0006", "way: http", "way: ftp"),
    ("E0101", "authority: urban-chancheng", "authority: urban"),
    ("E0105", "items: [sign-filing]", "items: [sign-filing, sign-fil]"),
    ("E0102", "element: board_size", "element: board_siz"),
    ("E0102", "otherwise: org_name", "otherwise: org_nam"),
    ("E0701", "id: signboard", "id: sign"),
    ("E0702", "authority: urban-chancheng", "authority: market-chancheng"),
    ("E0703", "way: http", "way: http\nform: csv"),
    ("E0703", "way: http\nline: authority", "way: files"),
    ("E0703", "way: http\nline: authority", "way: database"),
    ("E0704", "to: board_size", "to: board-size"),
    ("E0705", "to: board_size", "to: board_text"),
    ("E0706", "from: due-on", "from: due-on, constant: x"),
    ("E0706", "to: due_on, from: due-on", "to: due_on"),
    ("E0707", "element: board_size", "element: birth"),
    ("E0706", "from: due-on", "from: due-on, otherwise: org_name"),
    ("E0707", "otherwise: org_name", "otherwise: birth"),
    ("E0708", "element: ent_name, otherwise: org_name", "element: ent_name, required: true"),
    ("E0709", r#"led: "3"}"#, r#"led: "3", neon: "4"}"#),
    ("E0710", r#", led: "3"}"#, "}"),
    ("E0710", ", ended: CANCEL}", "}"),
    ("E0711", "dates: \"%Y%m%d\"", "dates: \"%Y%m\""),
    ("E0711", "dates: \"%Y%m%d\"", "dates: \"%Q\""),
    ("E0712", "from: project-no, required: true", "from: project-no"),
    ("E0715", r#"is: "21""#, r#"is: "20""#),
    ("E0716", "means: step, step: handle}", "means: step, step: review}"),
    ("E0716", "means: step, step: handle}", "means: step, step: decide}"),
    ("E0717", "means: grant, steps: true", "means: grant, steps: true, opinion: agree"),
    ("E0717", r#"means: nothing"#, "means: nothing, steps: true"),
    ("E0718", "posts: [handler, approver, issuer]", "posts: [handler, approver]"),
    ("E0721", "every: 15", "every: 1"),
    ("W0722", STATES, "    - {is: \"30\", means: grant}\n"),
];

fn codes_of(text: &str) -> Vec<&'static str> {
    let (found, diagnostics) = compile(&CATALOG, &[SourceFile::new(PATH, text)]);
    assert_eq!(found.is_none(), has_errors(&diagnostics));
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn spoilt(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from), "the sample's connector has no {from}");
    TEXT.replacen(from, to, 1)
}

#[test]
fn the_sample_connector_is_sound() {
    let connector = connector();
    assert_eq!((connector.line(), connector.items.len()), ("authority", 1));
}

#[test]
fn one_fault_one_code() {
    for (code, from, to) in PLANTS {
        assert_eq!(codes_of(&spoilt(from, to)), [*code], "{from} -> {to}");
    }
}

#[test]
fn several_states_suffer_from_one_missing_column() {
    assert_eq!(codes_of(&spoilt("    words: opinion\n", "")), ["E0719", "E0719"]);
    assert_eq!(codes_of(&spoilt("    handler: handler_no\n", "")), ["E0720", "E0720"]);
}

#[test]
fn one_that_does_nothing_is_refused() {
    let (head, rest) = TEXT.split_once("push:").unwrap();
    assert_eq!(codes_of(head), ["E0714"]);
    let (push, pull) = rest.split_once("pull:").unwrap();
    assert_eq!(codes_of(&format!("{head}pull:{pull}")), [] as [&str; 0], "one that only reads is one");
    let never = format!("{head}push:{}", push.replace("on: [accepted, ended]", "on: []"));
    assert_eq!(codes_of(&never), ["E0713"]);
}

#[test]
fn two_of_one_id_are_told_apart() {
    let files = [SourceFile::new(PATH, TEXT), SourceFile::new("connectors/signboard.yml", TEXT)];
    let (found, diagnostics) = compile(&CATALOG, &files);
    assert_eq!((found, diagnostics.len(), diagnostics[0].code), (None, 1, "E0110"));
}

#[test]
fn every_code_has_a_plant() {
    let mut planted: BTreeSet<&str> = PLANTS.iter().map(|(code, ..)| *code).collect();
    planted.extend(["E0713", "E0714", "E0719", "E0720"]);
    let missing: Vec<&str> = codes::all().map(|code| code.id).filter(|code| !planted.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

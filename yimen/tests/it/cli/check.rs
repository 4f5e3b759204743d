//! `yimen check DIR`: the sample is clean, and planted defects are all named at once with file, line and remedy.

use serde_json::Value;

use crate::binary::yimen;
use crate::district::{copy_of_sample, sample};

#[test]
fn the_sample_is_clean() {
    let path = sample();
    let ran = yimen(["check", path.to_str().expect("a path")]).run().ends_with(0);
    assert!(ran.out.contains("没有发现问题"), "{}{}", ran.out, ran.err);
    let json = yimen(["check", path.to_str().expect("a path"), "--json"]).run().ends_with(0).json();
    assert_eq!(json, serde_json::json!([]));
}

/// File, what stands there, what is written instead, the code that must come.
const DEFECTS: [(&str, &str, &str, &str); 6] = [
    ("items/hygiene-permit-salon.yaml", "authority: health-chancheng", "authority: health-chancheng2", "E0101"),
    ("items/sign-filing.yaml", "status: active", "status: asleep", "E00"),
    ("items/hygiene-permit-salon.yaml", "promise: {value: 1,", "promise: {value: 99,", "E03"),
    (
        "themes/open-hair-salon/theme.yaml",
        "when: \"!has_licence && org_form == 'individual'\"",
        "when: \"!has_licence && org_form == 3\"",
        "E02",
    ),
    ("themes/open-hair-salon/theme.yaml", "item: sign-filing", "item: sign-filing2", "E0105"),
    ("authorities/county.yaml", "11440604MB2D00014G", "11440604MB2D00015G", "E04"),
];

fn plant(folder: &std::path::Path, defect: (&str, &str, &str, &str)) -> usize {
    let (file, stands, instead, _) = defect;
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{file}: {fault}"));
    let at = text.find(stands).unwrap_or_else(|| panic!("{file} no longer holds {stands:?}; plant something else"));
    std::fs::write(&path, text.replacen(stands, instead, 1)).expect("the file can be written");
    text[..at].lines().count().max(1)
}

#[test]
fn a_planted_defect_is_named_with_file_and_line_and_remedy() {
    for defect in DEFECTS {
        let folder = copy_of_sample();
        let (file, _, instead, code) = defect;
        plant(folder.path(), defect);
        let path = folder.path().to_str().expect("a path");
        let ran = yimen(["check", path, "--json"]).run().ends_with(1);
        let json = ran.json();
        let found = json
            .as_array()
            .expect("a list")
            .iter()
            .find(|one| one["code"].as_str().is_some_and(|own| own.starts_with(code)));
        let found = found.unwrap_or_else(|| panic!("{file} with {instead:?} should give {code}:\n{json:#}"));
        assert_eq!(found["file"], file, "{found:#}");
        assert_eq!(found["severity"], "error", "{found:#}");
        assert!(found["line"].as_u64().is_some_and(|line| line > 0), "{found:#}");
        for part in ["what", "why", "mend"] {
            assert!(found[part].as_str().is_some_and(|text| !text.is_empty()), "no {part}: {found:#}");
        }
        let shown = yimen(["check", path]).run().ends_with(1).err;
        let place = format!("{file}:{}", found["line"]);
        assert!(shown.contains(&place), "the report should point at {place}:\n{shown}");
    }
}

#[test]
fn all_defects_are_told_at_once() {
    let folder = copy_of_sample();
    for defect in [DEFECTS[0], DEFECTS[1], DEFECTS[5]] {
        plant(folder.path(), defect);
    }
    let json = yimen(["check", folder.path().to_str().expect("a path"), "--json"]).run().ends_with(1).json();
    let codes: Vec<&str> = json.as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
    for (file, _, _, code) in [DEFECTS[0], DEFECTS[1], DEFECTS[5]] {
        assert!(codes.iter().any(|own| own.starts_with(code)), "{file}: no {code} among {codes:?}");
    }
}

#[test]
fn broken_yaml_is_a_diagnostic_and_not_a_crash() {
    for broken in ["id: [unclosed\n", "\tid: x\n", "id: *nobody\n", "- a\nb: c\n", "\u{0}\u{1}"] {
        let folder = copy_of_sample();
        std::fs::write(folder.path().join("items/broken.yaml"), broken).expect("a file");
        let ran = yimen(["check", folder.path().to_str().expect("a path"), "--json"]).run().ends_with(1);
        let named = |one: &Value| one["file"] == "items/broken.yaml";
        assert!(ran.json().as_array().expect("a list").iter().any(named), "{broken:?}: {}", ran.out);
    }
}

#[test]
fn a_code_can_be_explained() {
    let ran = yimen(["check", "--explain", "e0101"]).run().ends_with(0);
    assert!(ran.out.starts_with("E0101") && ran.out.contains("怎么改"), "{}", ran.out);
    yimen(["check", "--explain", "E0514"]).run().ends_with(0);
    yimen(["check", "--explain", "E9999"]).run().ends_with(1);
}

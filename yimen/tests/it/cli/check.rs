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

/// A copy of the sample with one warning in it, and the file it is in.
const WARNED: &str = "items/sign-filing.yaml";

fn with_a_warning() -> tempfile::TempDir {
    let folder = copy_of_sample();
    let path = folder.path().join(WARNED);
    let text = std::fs::read_to_string(&path).expect("the file");
    let text = text.replacen("text: 不遮挡窗户", "text: 原则上不遮挡窗户", 1);
    std::fs::write(path, text).expect("the file can be written");
    folder
}

#[test]
fn a_warning_is_no_failure_unless_one_is_strict() {
    let folder = with_a_warning();
    let path = folder.path().to_str().expect("a path");
    let shown = yimen(["check", path]).run().ends_with(0).err;
    assert!(shown.contains("提醒[W0346]") && shown.contains("没有错误，1 处提醒"), "{shown}");
    yimen(["check", path, "--strict"]).run().ends_with(1);
    // What is shown does not change what is so.
    assert_eq!(
        yimen(["check", path, "--severity", "error", "--json"]).run().ends_with(0).json(),
        serde_json::json!([])
    );
    let json = yimen(["check", path, "--code", "w0346", "--json"]).run().ends_with(0).json();
    assert_eq!(json[0]["code"], "W0346", "{json:#}");
    let none = yimen(["check", path, "--code", "W0347", "--json", "--strict"]).run().ends_with(1).json();
    assert_eq!(none, serde_json::json!([]));
    yimen(["check", path, "--code", "W9999"]).run().ends_with(2);
}

#[test]
fn an_accepted_warning_passes_the_strict_and_a_stale_one_does_not() {
    let folder = with_a_warning();
    let path = folder.path().to_str().expect("a path");
    let accept = |code: &str| {
        let row = format!("- {{code: {code}, file: {WARNED}, reason: 照省里统一指南, date: 2026-05-01}}\n");
        std::fs::write(folder.path().join("accepted.yaml"), row).expect("the list");
    };
    accept("W0346");
    let shown = yimen(["check", path, "--strict"]).run().ends_with(0).err;
    assert!(shown.contains("已放行") && shown.contains("照省里统一指南"), "{shown}");
    accept("W0347");
    let json = yimen(["check", path, "--strict", "--json"]).run().ends_with(1).json();
    let codes: Vec<&str> = json.as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, ["W0346", "W0014"]);
}

#[test]
fn law_may_come_from_outside_the_folder() {
    let folder = copy_of_sample();
    let path = folder.path().to_str().expect("a path");
    let file = folder.path().join("items/sign-filing.yaml");
    let text = std::fs::read_to_string(&file).expect("the file");
    let cited = "law: 城市市容和环境卫生管理条例, article: 第九条}}";
    assert!(text.contains(cited), "the sample cites something else now");
    std::fs::write(&file, text.replacen(cited, "law: 城市照明管理规定, article: 第八条}}", 1)).expect("the file");
    let codes = |arguments: &[&str]| -> Vec<String> {
        let json = yimen([&["check", path, "--json"], arguments].concat()).run().json();
        json.as_array().expect("a list").iter().filter_map(|one| Some(one["code"].as_str()?.to_owned())).collect()
    };
    assert_eq!(codes(&[]), ["W0404"]);
    let laws = folder.path().join("laws.jsonl");
    let named = laws.to_str().expect("a path");
    let line = |article: &str| {
        format!(
            "{{\"law\": \"城市照明管理规定\", \"article\": \"{article}\", \"text\": \"条文\", \"in_force\": \"2010-07-01\"}}\n"
        )
    };
    std::fs::write(&laws, line("第8条")).expect("the laws");
    assert_eq!(codes(&["--laws", named]), [] as [&str; 0], "however it is numbered");
    std::fs::write(&laws, line("第七条")).expect("the laws");
    assert_eq!(codes(&["--laws", named]), ["E0403"]);
    std::fs::write(&laws, "{\"law\": \"城市照明管理规定\"}\n").expect("the laws");
    let ran = yimen(["check", path, "--laws", named]).run().ends_with(3);
    assert!(ran.err.contains("line 1"), "{}", ran.err);
}

//! `yimen code check KIND VALUE`: the national codes, right and wrong.

use crate::binary::yimen;

/// Kind, value, exit code, and what the answer must hold.
const CODES: [(&str, &str, i32, &str); 31] = [
    ("citizen-id", "11010519491231002X", 0, "birth: 1949-12-31"),
    ("citizen-id", "440604198503152011", 0, "sex: male"),
    ("citizen-id", "440307199206074325", 0, "sex: female"),
    ("citizen-id", "341602197809231513", 0, "valid"),
    ("citizen-id", "441202193310081046", 0, "valid"),
    // A division abolished in 2002: the law makes the number valid.
    ("citizen-id", "440603198503152015", 0, "area: 440603"),
    ("citizen-id", "130503670401001", 0, "upgraded: 130503196704010016"),
    ("citizen-id", "440604850315201", 0, "upgraded: 440604198503152011"),
    ("citizen-id", "440604198503152014", 1, "citizen-id.check"),
    ("citizen-id", "440604198502302011", 1, "citizen-id.birth-date"),
    ("citizen-id", "44060419850315201", 1, "citizen-id.length"),
    ("citizen-id", "11010519491231002x", 1, "citizen-id.character"),
    ("credit-code", "91110000600037341L", 0, "valid"),
    ("credit-code", "11511301MB1550442U", 0, "valid"),
    ("credit-code", "11440604MB2D00014G", 0, "class: 1"),
    ("credit-code", "92440604MA51ABC16X", 0, "class: 2"),
    ("credit-code", "93341602MA2N567854", 0, "valid"),
    ("credit-code", "91440604MA4W12346Q", 1, "credit-code.check"),
    ("credit-code", "1151130108778239R", 1, "credit-code.seventeen"),
    ("credit-code", "115113010877823R", 1, "credit-code.length"),
    ("credit-code", "91440604MA4W1234OR", 1, "credit-code.character"),
    ("region", "440604", 0, "level: county"),
    ("region", "440604012", 0, "level: town"),
    ("region", "440604012013", 0, "level: village"),
    ("region", "4406040", 1, "region"),
    ("licence-id", "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.9", 0, "valid"),
    // A wrong check character only warns, because many issuers get it wrong.
    ("licence-id", "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.M", 0, "warning: "),
    ("licence-id", "not a mark", 1, "invalid"),
    ("project-code", "2602-440604-04-01-123459", 0, "valid"),
    ("project-code", "2602-440604-04-01-123450", 0, "warning: "),
    ("project-code", "2602-440604", 1, "invalid"),
];

#[test]
fn codes_are_judged_with_reasons_and_exit_codes() {
    for (kind, value, code, holds) in CODES {
        let ran = yimen(["code", "check", kind, value]).run().ends_with(code);
        assert!(ran.out.contains(holds), "{kind} {value} should say {holds:?}:\n{}", ran.out);
        assert!(ran.out.starts_with(if code == 0 { "valid" } else { "invalid" }), "{kind} {value}:\n{}", ran.out);
        let json = yimen(["code", "check", kind, value, "--json"]).run().ends_with(code).json();
        assert_eq!(json["valid"], code == 0, "{kind} {value}: {json}");
        assert_eq!(json["fault"].is_null(), code == 0, "{kind} {value}: {json}");
    }
}

#[test]
fn warnings_come_without_a_fault() {
    let asked = ["code", "check", "project-code", "2602-440604-04-01-123450", "--json"];
    let json = yimen(asked).run().ends_with(0).json();
    assert!(json["warnings"].as_array().is_some_and(|warnings| !warnings.is_empty()), "{json}");
    // Before November 2020 they had no check digit.
    let old = yimen(["code", "check", "project-code", "2020-330327-48-01-167360"]).run().ends_with(0);
    assert!(old.out.contains("form: old"), "{}", old.out);
}

#[test]
fn an_unknown_kind_is_a_wrong_argument() {
    let ran = yimen(["code", "check", "passport", "E12345678"]).run().ends_with(2);
    assert!(ran.err.contains("citizen-id") && ran.err.contains("project-code"), "the kinds are listed: {}", ran.err);
}

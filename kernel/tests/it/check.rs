//! The one question about any code, and its JSON.

use kernel::codes::{CodeCheck, CodeKind, check};
use serde_json::json;

use crate::day;

fn ask(kind: &str, text: &str) -> CodeCheck {
    check(kind.parse().unwrap(), text, day("2026-11-22"))
}

#[test]
fn validity_and_warnings_of_each_kind() {
    for (kind, text, valid, fault, warnings) in [
        ("citizen-id", "11010519491231002X", true, "", ""),
        ("citizen-id", "440604198503152014", false, "citizen-id.check", ""),
        ("citizen-id", "440604850315201", true, "", "citizen-id.fifteen-digits"),
        ("credit-code", "91440604MA4W12346R", true, "", ""),
        ("credit-code", "1151130108778239R", false, "credit-code.seventeen", ""),
        ("region", "440604", true, "", ""),
        ("region", "440", false, "region.length", ""),
        ("licence-id", "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.9", true, "", ""),
        (
            "licence-id",
            "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.A",
            true,
            "",
            "licence-id.check",
        ),
        ("licence-id", "1.2.3", false, "licence-id.root", ""),
        ("project-code", "2602-440604-04-01-123459", true, "", ""),
        ("project-code", "2602-440604-04-01-123450", true, "", "project-code.check"),
        ("project-code", "2020-330327-48-01-167360", true, "", "project-code.old-form"),
    ] {
        let answer = ask(kind, text);
        let found = answer.fault.map(|fault| fault.code.into_owned()).unwrap_or_default();
        let warned: Vec<&str> = answer.warnings.iter().map(|warning| warning.code.as_ref()).collect();
        assert_eq!(
            (answer.valid, found.as_str(), warned.join(" ").as_str()),
            (valid, fault, warnings),
            "{kind} {text}"
        );
    }
}

#[test]
fn facts_are_told() {
    assert_eq!(
        serde_json::to_value(ask("citizen-id", "440604850315201")).unwrap(),
        json!({
            "valid": true,
            "warnings": [{"code": "citizen-id.fifteen-digits"}],
            "facts": {
                "area": "440604", "birth": "1985-03-15", "sex": "male",
                "masked": "440604********2011", "upgraded": "440604198503152011",
            },
        })
    );
    assert_eq!(
        serde_json::to_value(ask("credit-code", "1151130108778239R")).unwrap(),
        json!({
            "valid": false,
            "fault": {"code": "credit-code.seventeen", "facts": {"length": "17", "expected": "18"}},
            "warnings": [],
            "facts": {},
        })
    );
    assert_eq!(ask("region", "440604012000").facts["path"], "44/4406/440604/440604012");
    assert_eq!(ask("credit-code", "92440604MA51ABC16X").facts["body"], "individual-business");
}

#[test]
fn a_birthday_to_come_is_a_fault() {
    let answer = check(CodeKind::CitizenId, "440604200805123021", day("2008-05-11"));
    assert_eq!(answer.fault.unwrap().code, "citizen-id.not-born");
}

#[test]
fn kinds_have_the_same_name_everywhere() {
    for kind in CodeKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    assert_eq!("passport".parse::<CodeKind>().unwrap_err().code, "code.kind");
}

//! GB/T 36904-2018, against marks published by their issuers.

use kernel::codes::{CreditCode, LicenceMark, iso7064};
use proptest::prelude::*;

const FIXTURE: &str = "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.9";

fn warnings(text: &str) -> Vec<String> {
    let mark = LicenceMark::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    mark.warnings().into_iter().map(|warning| warning.code.into_owned()).collect()
}

#[test]
fn published_marks_carry_the_computed_check() {
    for (body, check) in [
        ("11100000000013338W011.11430000006122244L.20230000403.001", 'U'),
        ("11100000000013338W011.11430000006122244L.20230000403.002", 'S'),
        ("11100000000013338W032.11220000013544541J.2430599.001", 'F'),
        ("11100000000013338W009.11330105002500287C.2025052201.002", '0'),
        ("11100000MB03271699022.340100.000000016.001", '9'),
        ("11100000MB0143028R032.11440604MB2D00014G.20260000012.001", '9'),
    ] {
        let mark = LicenceMark::parse(&format!("1.2.156.3005.2.{body}.{check}")).unwrap();
        assert_eq!(mark.expected_check(), check, "{body}");
        assert!(!mark.warnings().iter().any(|warning| warning.code == "licence-id.check"), "{body}");
    }
}

#[test]
fn parts_are_told_apart() {
    let mark = LicenceMark::parse(FIXTURE).unwrap();
    assert_eq!((mark.type_code(), mark.issuer()), ("11100000MB0143028R032", "11440604MB2D00014G"));
    assert_eq!((mark.serial(), mark.version(), mark.check()), ("20260000012", "001", '9'));
    assert_eq!(mark.masked(), "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.*********12.001.9");
    assert_eq!(warnings(FIXTURE), [""; 0]);
}

#[test]
fn a_mark_can_be_made() {
    let issuer = CreditCode::parse("11440604MB2D00014G").unwrap();
    let mark = LicenceMark::compose("11100000MB0143028R032", &issuer, "20260000012", 1).unwrap();
    assert_eq!(mark.as_str(), FIXTURE);
    let fault = |kind, serial, version| LicenceMark::compose(kind, &issuer, serial, version).unwrap_err().code;
    assert_eq!(fault("11100000MB0143028R", "1", 1), "licence-id.type-length");
    assert_eq!(fault("11100000MB0143028R032", "1-2", 1), "licence-id.character");
    assert_eq!(fault("11100000MB0143028R032", "", 1), "licence-id.character");
    assert_eq!(fault("11100000MB0143028R032", "1", 1000), "licence-id.version");
}

#[test]
fn oddities_only_warn() {
    let wrong_check = FIXTURE.replace(".001.9", ".001.X");
    assert_eq!(warnings(&wrong_check), ["licence-id.check"]);
    let facts = &LicenceMark::parse(&wrong_check).unwrap().warnings()[0].facts;
    assert_eq!((facts["found"].as_str(), facts["expected"].as_str()), ("X", "9"));
    let by_division = "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9";
    assert_eq!(warnings(by_division), ["licence-id.issuer-credit-code"]);
}

#[test]
fn another_shape_is_a_fault() {
    for (text, code) in [
        ("", "licence-id.root"),
        ("1.2.156.3005.22.1.2.3.4.5", "licence-id.root"),
        ("1.2.156.3005.2.1.2.3.4", "licence-id.parts"),
        ("1.2.156.3005.2.11100000MB0143028r032.11440604MB2D00014G.1.001.9", "licence-id.character"),
        ("1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G..001.9", "licence-id.character"),
        ("1.2.156.3005.2.11100000MB0143028R03.11440604MB2D00014G.1.001.9", "licence-id.type-length"),
        ("1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.1.01.9", "licence-id.version"),
        ("1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.1.001.99", "licence-id.check-length"),
    ] {
        assert_eq!(LicenceMark::parse(text).unwrap_err().code, code, "{text}");
    }
}

proptest! {
    #[test]
    fn mod_37_36_catches_any_single_wrong_character(text in "[0-9A-Z]{1,60}", position in any::<prop::sample::Index>(), letter in "[0-9A-Z]") {
        let position = position.index(text.len());
        let mut wrong = text.clone();
        wrong.replace_range(position..=position, &letter);
        prop_assume!(wrong != text);
        prop_assert_ne!(iso7064::mod_37_36(&wrong), iso7064::mod_37_36(&text));
    }

    #[test]
    fn mod_11_10_catches_any_single_wrong_digit(text in "[0-9]{1,30}", position in any::<prop::sample::Index>(), digit in "[0-9]") {
        let position = position.index(text.len());
        let mut wrong = text.clone();
        wrong.replace_range(position..=position, &digit);
        prop_assume!(wrong != text);
        prop_assert_ne!(iso7064::mod_11_10(&wrong), iso7064::mod_11_10(&text));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}") {
        let _ = LicenceMark::parse(&text);
        let _ = LicenceMark::parse(&format!("1.2.156.3005.2.{text}"));
    }
}

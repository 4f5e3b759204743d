//! GB 11643-1999.

use kernel::codes::{CitizenId, Sex, tidy};
use proptest::prelude::*;

use crate::day;

#[test]
fn valid_numbers_tell_birthday_and_sex() {
    for (text, birth, sex) in [
        ("11010519491231002X", "1949-12-31", Sex::Female),
        ("440604198503152011", "1985-03-15", Sex::Male),
        ("440307199206074325", "1992-06-07", Sex::Female),
        ("341602197809231513", "1978-09-23", Sex::Male),
        ("441202193310081046", "1933-10-08", Sex::Female),
        ("440603198503152015", "1985-03-15", Sex::Male), // 石湾区, abolished in 2002
        ("440604200805123021", "2008-05-12", Sex::Female),
    ] {
        let id = CitizenId::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!((id.birth(), id.sex(), id.as_str()), (day(birth), sex, text));
        assert_eq!(id.warnings(), [], "{text}: an abolished county is no fault");
    }
}

#[test]
fn faults_have_stable_codes() {
    for (text, code) in [
        ("440604198503152014", "citizen-id.check"),
        ("11010519491231002x", "citizen-id.character"),
        ("44060419850315201", "citizen-id.length"),
        ("4406041985031520111", "citizen-id.length"),
        ("", "citizen-id.length"),
        ("44060419850315201１", "citizen-id.character"), // a full-width digit
        ("X40604198503152011", "citizen-id.character"),
        ("440604198502302011", "citizen-id.birth-date"),
        ("440604000101012011", "citizen-id.birth-date"),
        ("130503670401001", "citizen-id.fifteen-digits"),
    ] {
        assert_eq!(CitizenId::parse(text).unwrap_err().code, code, "{text}");
    }
}

#[test]
fn old_numbers_are_upgraded_on_request_only() {
    for (old, new) in [("130503670401001", "130503196704010016"), ("440604850315201", "440604198503152011")] {
        assert_eq!(CitizenId::upgrade(old).unwrap().as_str(), new);
        let fault = CitizenId::parse(old).unwrap_err();
        assert_eq!(fault.facts["upgraded"], CitizenId::parse(new).unwrap().masked());
    }
    for serial in 996..=999 {
        let fault = CitizenId::upgrade(&format!("440604850315{serial}")).unwrap_err();
        assert_eq!(
            (fault.code.as_ref(), fault.facts["serial"].as_str()),
            ("citizen-id.centenarian", serial.to_string().as_str())
        );
    }
    assert_eq!(CitizenId::upgrade("440604851315201").unwrap_err().code, "citizen-id.birth-date");
    assert_eq!(CitizenId::upgrade("440604198503152011").unwrap_err().code, "citizen-id.length");
}

#[test]
fn nobody_is_born_tomorrow() {
    let text = "440604200805123021";
    assert!(CitizenId::parse_on(text, day("2008-05-12")).is_ok());
    assert_eq!(CitizenId::parse_on(text, day("2008-05-11")).unwrap_err().code, "citizen-id.not-born");
}

#[test]
fn an_unknown_province_is_a_warning() {
    let text = with_check("99010119900101001");
    let warnings = CitizenId::parse(&text).unwrap().warnings();
    assert_eq!(warnings[0].code, "citizen-id.area");
    assert_eq!(warnings[0].facts["area"], "990101");
}

#[test]
fn lists_and_logs_show_the_mask() {
    let id = CitizenId::parse("440604198503152011").unwrap();
    assert_eq!(id.masked(), "440604********2011");
    assert_eq!(format!("{id:?}"), "CitizenId(440604********2011)");
    assert_eq!(id.to_string(), "440604198503152011");
}

#[test]
fn what_a_person_typed_can_be_tidied() {
    assert_eq!(CitizenId::parse(&tidy("１１０１０５ 19491231 002x\n")).unwrap().as_str(), "11010519491231002X");
}

#[test]
fn json_is_the_plain_number_and_is_checked() {
    let id: CitizenId = serde_json::from_str("\"11010519491231002X\"").unwrap();
    assert_eq!(serde_json::to_string(&id).unwrap(), "\"11010519491231002X\"");
    let fault = serde_json::from_str::<CitizenId>("\"440604198503152014\"").unwrap_err();
    assert!(fault.to_string().starts_with("citizen-id.check"), "{fault}");
}

/// Finds the check character by trying all eleven; exactly one may fit.
fn with_check(seventeen: &str) -> String {
    let fitting: Vec<String> = "0123456789X"
        .chars()
        .map(|check| format!("{seventeen}{check}"))
        .filter(|text| CitizenId::parse(text).is_ok())
        .collect();
    assert_eq!(fitting.len(), 1, "{seventeen}: {fitting:?}");
    fitting[0].clone()
}

prop_compose! {
    fn any_number()(area in 110_000_u32..660_000, year in 1900..2026, month in 1_u32..=12, date in 1_u32..=28, serial in 0_u32..1000) -> String {
        with_check(&format!("{area}{year}{month:02}{date:02}{serial:03}"))
    }
}

proptest! {
    #[test]
    fn any_single_wrong_digit_is_caught(number in any_number(), position in 0_usize..18, step in 1_u8..10) {
        let mut wrong = number.clone().into_bytes();
        let digit = match wrong[position] { b'X' => 0, digit => digit - b'0' };
        wrong[position] = b'0' + (digit + step) % 10;
        let wrong = String::from_utf8(wrong).unwrap();
        prop_assume!(wrong != number);
        prop_assert!(CitizenId::parse(&wrong).is_err(), "{} passed for {}", wrong, number);
    }

    #[test]
    fn old_numbers_keep_area_birthday_and_serial(number in any_number()) {
        prop_assume!(number[6..8] == *"19" && number[14..17].parse::<u32>().unwrap() < 996);
        let old = format!("{}{}", &number[..6], &number[8..17]);
        prop_assert_eq!(CitizenId::upgrade(&old), CitizenId::parse(&number));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,20}") {
        let _ = CitizenId::parse(&text);
        let _ = CitizenId::upgrade(&text);
    }
}

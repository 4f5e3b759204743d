//! GB 32100-2015 with the organisation code's own check of GB 11714 inside.

use kernel::codes::CreditCode;
use proptest::prelude::*;

const REAL: [(&str, &str); 7] = [
    ("91110000600037341L", "enterprise"),
    ("11511301008778183N", "agency"), // 广安市经济和信息化局
    ("115113010833722043", "agency"), // 广安市教育科技和体育局
    ("11511301MB1550442U", "agency"),
    ("115113016823646795", "agency"),
    ("12441500196720244T", "public-institution"),
    ("11100000000013338W", "agency"), // a national body: 100000 is no division
];

const MADE: [(&str, &str); 8] = [
    ("91440604MA4W12346R", "enterprise"),
    ("92440604MA51ABC16X", "individual-business"),
    ("11440604007000011F", "agency"),
    ("11440604MB2D00014G", "agency"),
    ("11440604MB2C90012D", "agency"),
    ("12440604456000017G", "public-institution"),
    ("52440604MJL1234030", "private-non-enterprise"),
    ("93341602MA2N567854", "farmers-cooperative"),
];

#[test]
fn valid_codes_tell_their_body() {
    for (text, body) in REAL.into_iter().chain(MADE) {
        let code = CreditCode::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!((code.as_str(), code.body()), (text, Some(body)));
        assert_eq!(code.warnings(), []);
    }
}

#[test]
fn the_first_sixteen_are_completed() {
    let whole = "11440604MB2D00014G";
    assert_eq!(CreditCode::complete(&whole[..16]).map(|code| code.as_str().to_owned()), Ok(whole.to_owned()));
    assert_eq!(CreditCode::complete("11440604MB2D0001O").unwrap_err().code, "credit-code.length");
    assert_eq!(CreditCode::complete("11440604MB2D000I").unwrap_err().code, "credit-code.character");
}

#[test]
fn parts_are_where_the_standard_puts_them() {
    let code = CreditCode::parse("92440604MA51ABC16X").unwrap();
    assert_eq!((code.department(), code.class(), code.registered_in()), ("9", "2", "440604"));
    assert_eq!(code.organisation_code(), "MA51ABC16");
    assert_eq!(code.masked(), "9244**********C16X");
}

#[test]
fn letters_in_front_are_lawful() {
    for (front, body) in
        [("A1", Some("army-institution")), ("N2", Some("village-collective")), ("Y1", Some("other-body"))]
    {
        let code = with_check(&format!("{front}440604MA51ABC16"));
        assert_eq!(code.body(), body);
        assert_eq!(code.warnings(), []);
    }
    let odd = with_check("97440604MA51ABC16");
    assert_eq!(odd.body(), None);
    assert_eq!(odd.warnings()[0].code, "credit-code.class");
}

#[test]
fn faults_have_stable_codes() {
    for (text, code) in [
        ("1151130108778239R", "credit-code.seventeen"), // 63 items of one published list
        ("1151130000877869M", "credit-code.seventeen"), // 28 more
        ("91440604MA4W12346", "credit-code.seventeen"),
        ("", "credit-code.length"),
        ("91440604MA4W12346RR", "credit-code.length"),
        ("91440604MA4W12346r", "credit-code.character"),
        ("I1440604MA4W12346R", "credit-code.character"),
        ("9144060OMA4W12346R", "credit-code.character"),
        ("91A40604MA4W12346R", "credit-code.character"), // the division has digits only
        ("91440604MA4W12345R", "credit-code.organisation-check"),
        ("91440604MA4W12346P", "credit-code.check"),
        ("91440605MA4W12346R", "credit-code.check"),
    ] {
        assert_eq!(CreditCode::parse(text).unwrap_err().code, code, "{text}");
    }
    let fault = CreditCode::parse("1151130108778239R").unwrap_err();
    assert_eq!((fault.facts["length"].as_str(), fault.facts["expected"].as_str()), ("17", "18"));
    let fault = CreditCode::parse("9144060OMA4W12346R").unwrap_err();
    assert_eq!((fault.facts["position"].as_str(), fault.facts["found"].as_str()), ("8", "O"));
}

/// Finds the last character by trying all; exactly one may fit.
fn with_check(seventeen: &str) -> CreditCode {
    let mut fitting: Vec<CreditCode> = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .filter_map(|check| CreditCode::parse(&format!("{seventeen}{check}")).ok())
        .collect();
    assert_eq!(fitting.len(), 1, "{seventeen}: {fitting:?}");
    fitting.remove(0)
}

proptest! {
    #[test]
    fn any_single_wrong_character_is_caught(
        sample in 0_usize..15, position in 0_usize..18, letter in "[0-9A-Z]",
    ) {
        let (text, _) = REAL.into_iter().chain(MADE).nth(sample).unwrap();
        let mut wrong = text.to_owned();
        wrong.replace_range(position..=position, &letter);
        prop_assume!(wrong != text);
        prop_assert!(CreditCode::parse(&wrong).is_err(), "{} passed for {}", wrong, text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,20}") {
        let _ = CreditCode::parse(&text);
    }
}

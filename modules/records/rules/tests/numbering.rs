//! Numbers given here are numbers everybody else can read.

use catalog::model::{Authority, AuthorityKind, GovernmentLevel, LicenceHolder, LicenceType};
use chrono::NaiveDate;
use kernel::codes::{CitizenId, CreditCode, LicenceMark, Sex};
use proptest::prelude::*;
use records::numbering;

fn authority() -> Authority {
    Authority {
        id: "health-chancheng".into(),
        name: "佛山市禅城区卫生健康局".into(),
        short: "区卫生健康局".into(),
        mark: None,
        credit_code: "11440604MB2D00014G".into(),
        region: "440604".into(),
        level: GovernmentLevel::County,
        kind: AuthorityKind::Statutory,
        phone: None,
        address: None,
        duty: None,
    }
}

fn licence(id: &str) -> LicenceType {
    LicenceType {
        id: id.into(),
        name: id.into(),
        type_code: "11100000MB0143028R032".into(),
        holder: LicenceHolder::Premises,
        authority: "health-chancheng".into(),
        valid: None,
        template: None,
        fields: Vec::new(),
        print: None,
    }
}

#[test]
fn the_mark_is_the_one_of_the_standard() {
    // The fixture of the domain brief, computed apart from this code.
    let mark = numbering::mark(&licence("x"), &authority(), 2026, 12, 1).unwrap();
    assert_eq!(mark.as_str(), "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.9");
    assert!(mark.warnings().is_empty());
}

#[test]
fn an_issuer_without_a_credit_code_gives_no_mark() {
    let broken = Authority { credit_code: "11440604MB2D00014H".into(), ..authority() };
    assert!(numbering::mark(&licence("x"), &broken, 2026, 1, 1).is_err());
}

#[test]
fn numbers_are_written_as_the_trade_writes_them() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let number = |id: &str| numbering::licence_number(&licence(id), &authority(), day, 7);
    let food = number("food-permit");
    assert!(food.starts_with("JY2440604000007") && food.len() == 16, "{food}");
    assert_eq!(number("hygiene-permit"), "粤卫公证字〔2026〕第0604A00007号");
    assert_eq!(number("sign-filing"), "4406042026000007");
    assert_eq!(number("marriage-certificate"), "J440604-2026-000007");
}

#[test]
fn each_authority_type_and_year_counts_for_itself() {
    assert_eq!(
        numbering::counter(&authority(), &licence("food-permit"), 2026),
        "licence/health-chancheng/food-permit/2026"
    );
}

proptest! {
    #[test]
    fn citizen_ids_parse_and_say_what_went_in(days in 0i64..30_000, serial in numbering::CITIZEN_SERIALS) {
        let birth = NaiveDate::from_ymd_opt(1940, 1, 1).unwrap() + chrono::Days::new(days as u64);
        let id = numbering::citizen_id("440603", birth, serial).unwrap();
        prop_assert_eq!(id.birth(), birth);
        prop_assert_eq!(id.sex() == Sex::Male, serial % 2 == 1);
        prop_assert!(CitizenId::parse(id.as_str()).is_ok() && id.warnings().is_empty());
    }

    #[test]
    fn credit_codes_parse_and_differ(serial in 0u64..28_629_150) {
        let code = numbering::credit_code("92", "440604", "MAE", serial).unwrap();
        prop_assert!(CreditCode::parse(code.as_str()).is_ok() && code.warnings().is_empty());
        prop_assert_eq!(code.body(), Some("individual-business"));
        prop_assert_ne!(Some(code), numbering::credit_code("92", "440604", "MAE", serial + 1));
    }
}

#[test]
fn a_serial_beyond_the_series_gives_nothing_instead_of_a_wrong_code() {
    assert_eq!(numbering::credit_code("92", "440604", "MAE", 31u64.pow(5)), None);
    let mark = LicenceMark::parse("1.2.156.3005.2.X");
    assert!(mark.is_err());
}

//! How a licence stands on a day, and what a stranger is told: tables to be read by a lawyer.

use catalog::model::LicenceHolder;
use chrono::NaiveDate;
use kernel::codes::LicenceMark;
use kernel::id::{LicenceId, SubjectId, Uuid};
use records::{
    CopyTerms, Ended, Ending, Judgement, Licence, LicenceState, SealFound, Statement, TrustLevel, Verdict, judge,
    judge_alone,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Issued on 1 March 2026 for a year, in its first version.
fn licence() -> Licence {
    Licence {
        id: LicenceId::from_uuid(Uuid::from_u128(1)),
        licence: "hygiene-permit".into(),
        kind: LicenceHolder::Premises,
        number: "粤卫公证字〔2026〕第0604A00001号".into(),
        mark: LicenceMark::parse("1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.9").unwrap(),
        holder: SubjectId::from_uuid(Uuid::from_u128(2)),
        holder_name: "志远理发店".into(),
        about: None,
        place: None,
        issued_by: "health-chancheng".into(),
        issued_on: day("2026-03-01"),
        valid_to: Some(day("2027-02-28")),
        version: 1,
        ended: None,
        case: None,
        details: Default::default(),
    }
}

fn ended(on: &str, how: Ended) -> Licence {
    Licence { ended: Some(Ending { on: day(on), how }), ..licence() }
}

#[test]
fn the_state_follows_from_the_days() {
    use LicenceState::*;
    let table = [
        ("before it is issued", licence(), "2026-02-28", NotYet, None),
        ("the day it is issued", licence(), "2026-03-01", InForce, Some("2026-03-01")),
        ("its last day", licence(), "2027-02-28", InForce, Some("2026-03-01")),
        ("the day after", licence(), "2027-03-01", Expired, Some("2027-03-01")),
        (
            "the day before it is taken back",
            ended("2026-06-01", Ended::Withdrawn),
            "2026-05-31",
            InForce,
            Some("2026-03-01"),
        ),
        (
            "the day it is taken back",
            ended("2026-06-01", Ended::Withdrawn),
            "2026-06-01",
            Withdrawn,
            Some("2026-06-01"),
        ),
        ("struck off", ended("2026-06-01", Ended::Cancelled), "2026-07-01", Cancelled, Some("2026-06-01")),
        ("revoked", ended("2026-06-01", Ended::Revoked), "2026-07-01", Revoked, Some("2026-06-01")),
        ("replaced", ended("2026-06-01", Ended::Replaced), "2026-07-01", Replaced, Some("2026-06-01")),
        (
            "taken back, and its term is over too",
            ended("2026-06-01", Ended::Withdrawn),
            "2028-01-01",
            Withdrawn,
            Some("2026-06-01"),
        ),
        (
            "struck off because it had run out",
            ended("2027-05-01", Ended::Cancelled),
            "2027-06-01",
            Expired,
            Some("2027-03-01"),
        ),
        ("for ever", Licence { valid_to: None, ..licence() }, "2099-01-01", InForce, Some("2026-03-01")),
    ];
    for (name, licence, on, state, since) in table {
        assert_eq!(licence.state(day(on)), state, "{name}");
        assert_eq!(licence.state_since(day(on)), since.map(day), "{name}");
        assert_eq!(licence.in_force(day(on)), state == InForce, "{name}: the two ways to ask agree");
    }
}

#[test]
fn a_stranger_is_told_what_holds_today() {
    use Verdict::*;
    let today = day("2026-11-22");
    let terms = |until: &str| CopyTerms { purpose: "开户".into(), recipient: "银行".into(), until: day(until) };
    let revoked = |was_before| SealFound::RevokedKey { on: day("2026-10-01"), was_before };
    let replaced = ended("2026-06-01", Ended::Replaced);
    let newest = Licence { version: 2, ..licence() };
    let old = Licence { valid_to: Some(day("2026-11-21")), ..licence() };
    type Row = (&'static str, SealFound, Option<Licence>, Option<CopyTerms>, Verdict, Option<&'static str>);
    let table: Vec<Row> = vec![
        ("whole and in force", SealFound::Whole, Some(licence()), None, Genuine, None),
        ("run out yesterday", SealFound::Whole, Some(old.clone()), None, Expired, Some("2026-11-22")),
        ("replaced", SealFound::Whole, Some(replaced), None, Replaced, Some("2026-06-01")),
        ("revoked", SealFound::Whole, Some(ended("2026-06-01", Ended::Revoked)), None, Revoked, Some("2026-06-01")),
        (
            "cancelled",
            SealFound::Whole,
            Some(ended("2026-06-01", Ended::Cancelled)),
            None,
            Cancelled,
            Some("2026-06-01"),
        ),
        (
            "withdrawn",
            SealFound::Whole,
            Some(ended("2026-06-01", Ended::Withdrawn)),
            None,
            Withdrawn,
            Some("2026-06-01"),
        ),
        ("a copy on its last day", SealFound::Whole, Some(licence()), Some(terms("2026-11-22")), Genuine, None),
        (
            "a copy the day after",
            SealFound::Whole,
            Some(licence()),
            Some(terms("2026-11-21")),
            CopyLapsed,
            Some("2026-11-22"),
        ),
        ("a copy of what ran out", SealFound::Whole, Some(old), Some(terms("2026-11-30")), Expired, Some("2026-11-22")),
        ("changed", SealFound::Changed, Some(licence()), None, Changed, None),
        ("not ours", SealFound::Foreign, None, None, Foreign, None),
        ("not in the register", SealFound::Whole, None, None, NotOnRecord, None),
        ("by a revoked key", revoked(false), Some(licence()), None, RevokedKey, Some("2026-10-01")),
        ("by a key revoked later, as the register knows", revoked(true), Some(licence()), None, Genuine, None),
    ];
    for (name, seal, licence, copy, verdict, since) in table {
        let told = judge(&seal, licence.as_ref(), Some(&newest), copy.as_ref(), today);
        assert_eq!((told.verdict, told.since), (verdict, since.map(day)), "{name}");
        assert_eq!(told.newer.is_some(), verdict == Replaced || licence_ended(licence.as_ref()), "{name}");
        assert_eq!(told.is_good(), verdict == Genuine, "{name}");
    }
}

/// The newest version is told of whatever stands no longer.
fn licence_ended(licence: Option<&Licence>) -> bool {
    licence.is_some_and(|one| one.state(day("2026-11-22")) != LicenceState::InForce)
}

#[test]
fn without_the_register_only_what_the_file_says_is_told() {
    let at = |on: &str| (format!("{on}T01:00:00Z").parse().unwrap(), day(on));
    let sealed = Statement::of(&licence(), at("2026-04-01"), "K7MP", None);
    let told = |statement: &Statement, on: &str| judge_alone(&SealFound::Whole, Some(statement), day(on));
    assert_eq!(told(&sealed, "2026-11-22"), Judgement::plain(Verdict::Sealed));
    assert_eq!(told(&sealed, "2027-03-01").verdict, Verdict::Expired);
    let replaced = Statement::of(&ended("2026-06-01", Ended::Replaced), at("2026-07-01"), "K7MP", None);
    assert_eq!(told(&replaced, "2026-11-22").verdict, Verdict::Replaced);
    let terms = CopyTerms { purpose: "开户".into(), recipient: "银行".into(), until: day("2026-05-01") };
    let copy = Statement::of(&licence(), at("2026-04-01"), "K7MP", Some(terms));
    assert_eq!(
        (told(&copy, "2026-05-01").verdict, told(&copy, "2026-05-02").verdict),
        (Verdict::Sealed, Verdict::CopyLapsed)
    );
    assert_eq!(judge_alone(&SealFound::Changed, Some(&sealed), day("2026-11-22")).verdict, Verdict::Changed);
}

#[test]
fn a_statement_is_read_back_as_it_was_written_and_no_other_is() {
    let sealed = Statement::of(&licence(), ("2026-04-01T01:00:00Z".parse().unwrap(), day("2026-04-01")), "K7MP", None);
    assert_eq!(Statement::read(&sealed.text()), Some(sealed.clone()));
    assert!(!sealed.text().contains("志远"), "it names nobody");
    for other in [
        sealed.text().replace("yimen licence 1", "yimen licence 2"),
        sealed.text().replace("\"code\"", "\"coda\""),
        String::new(),
    ] {
        assert_eq!(Statement::read(&other), None, "{other}");
    }
}

#[test]
fn the_level_of_trust_follows_from_the_source() {
    let levels = [
        (TrustLevel::of_licence(true), "A"),
        (TrustLevel::of_licence(false), "B"),
        (TrustLevel::of_hand_in(true), "C"),
        (TrustLevel::of_hand_in(false), "D"),
    ];
    for (level, letter) in levels {
        assert_eq!(level.code(), letter);
    }
    assert!(TrustLevel::Issued < TrustLevel::Uploaded, "the first is the most reliable");
}

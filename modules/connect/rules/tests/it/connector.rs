//! The mapping both ways, as tables: our values and theirs, their rows and what they mean here.

use catalog::SourceFile;
use connect::connector::{
    CaseValues, Connector, Deed, Lack, Occasion, OpinionWord, Row, RowFault, compile, digest_text, document, report,
};
use kernel::value::Value;
use serde_json::json;

use crate::sample::{CATALOG, PATH, TEXT, connector};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn case() -> CaseValues {
    let form = [
        ("mobile", Value::from("19912345678")),
        ("ent_name", "佛山市禅城区志远小馆".into()),
        ("board_text", "志远小馆".into()),
        ("board_n", 2.into()),
        ("board_light", "led".into()),
        ("capital", 10.into()),
    ];
    CaseValues {
        project_no: "1144060400202603020001".into(),
        item: "sign-filing".into(),
        item_code: "11440604MB9C000400444101703300101".into(),
        applicant: "梁志远".into(),
        received_on: Some(day("2026-03-02")),
        accepted_on: Some(day("2026-03-02")),
        due_on: Some(day("2026-03-03")),
        form: form.into_iter().map(|(code, value)| (code.to_owned(), value)).collect(),
        ..CaseValues::default()
    }
}

/// The sample's connector with some of its text replaced.
fn with(from: &str, to: &str) -> Connector {
    assert!(TEXT.contains(from), "the sample's connector has no {from}");
    let (found, diagnostics) = compile(&CATALOG, &[SourceFile::new(PATH, TEXT.replacen(from, to, 1))]);
    found.unwrap_or_else(|| panic!("{diagnostics:?}")).remove(0)
}

#[test]
fn our_case_stands_in_their_columns() {
    let sent = document(&connector(), &CATALOG, &case(), Occasion::Accepted).unwrap();
    let expected = json!({
        "case_no": "1144060400202603020001", "action": "NEW", "matter": "11440604MB9C000400444101703300101",
        "applicant": "梁志远", "phone": "19912345678", "shop": "佛山市禅城区志远小馆", "credit_code": null,
        "address": null, "board_text": "志远小馆", "board_size": null, "board_count": 2, "light": "3",
        "accepted_on": "20260302", "due_on": "20260303", "source": "禅城区政务服务网",
    });
    assert_eq!(serde_json::Value::from(sent), expected, "and nothing they have not been promised");
    let mut firm = case();
    firm.form.remove("ent_name");
    firm.form.insert("org_name".into(), "佛山市小满餐饮有限公司".into());
    let sent = document(&connector(), &CATALOG, &firm, Occasion::Accepted).unwrap();
    assert_eq!(sent["shop"], "佛山市小满餐饮有限公司", "the other name, where the first was not asked for");
    let ended = document(&connector(), &CATALOG, &case(), Occasion::Ended).unwrap();
    assert_eq!(ended["action"], "CANCEL");
}

#[test]
fn a_column_without_its_value_stops_the_push_and_does_not_tell_the_value() {
    let unmapped = |case: CaseValues| document(&connector(), &CATALOG, &case, Occasion::Accepted).unwrap_err();
    let nobody = unmapped(CaseValues { applicant: " ".into(), ..case() });
    assert_eq!((nobody.column.as_str(), nobody.lack), ("applicant", Lack::Nothing));
    let mut strange = case();
    strange.form.insert("board_light".into(), "neon-secret".into());
    let strange = unmapped(strange);
    assert_eq!((strange.column.as_str(), strange.lack), ("light", Lack::Unmapped));
    assert!(!strange.to_string().contains("secret"));
}

#[test]
fn values_are_written_as_they_write_them() {
    let one = |field: &str, case: &CaseValues| {
        let connector = with("{to: board_size, element: board_size}", &format!("{{to: it, {field}}}"));
        document(&connector, &CATALOG, case, Occasion::Accepted).unwrap()["it"].clone()
    };
    let mut case = case();
    case.form.insert("sign".into(), true.into());
    case.outcome = Some(casework::Outcome::Refuse);
    for (field, expected) in [
        ("from: due-on, dates: \"%d.%m.%Y\"", json!("03.03.2026")),
        ("from: decided-on", json!(null)),
        ("element: board_n", json!(2)),
        ("element: board_light", json!("led")),
        ("from: outcome, values: {grant: Y, refuse: N}", json!("N")),
        ("from: item, values: {sign-filing: HW}", json!("HW")),
        ("from: region", json!(null)),
        ("constant: \"01\"", json!("01")),
    ] {
        assert_eq!(one(field, &case), expected, "{field}");
    }
}

fn row(changes: serde_json::Value) -> Row {
    let mut row = json!({
        "event_no": "E1", "case_no": "1144060400202603020001", "state": "30", "officer_no": "0012", "officer": "李工",
        "handler_no": "0007", "handler": "何工", "done_on": "20260303", "opinion": "", "receipt_no": "禅城管备2026-7",
    });
    for (column, value) in changes.as_object().unwrap() {
        row[column] = value.clone();
    }
    row.as_object().unwrap().clone()
}

#[test]
fn their_row_is_what_is_to_be_done() {
    let step = |opinion| Deed::Step { step: "handle".into(), opinion };
    for (changes, deeds) in [
        (json!({ "state": "10", "officer_no": null, "done_on": "20990101" }), vec![]),
        (json!({ "state": "20" }), vec![step(OpinionWord::Agree)]),
        (json!({ "state": 20 }), vec![step(OpinionWord::Agree)]),
        (json!({ "state": "21", "opinion": "尺寸超出门楣" }), vec![step(OpinionWord::Disagree)]),
        (json!({}), vec![Deed::StepsBefore, Deed::Grant]),
        (json!({ "state": "31", "opinion": "遮挡窗户" }), vec![Deed::StepsBefore, Deed::Refuse]),
        (json!({ "state": "40", "extra": "whatever" }), vec![Deed::Issue]),
    ] {
        let told = report(&connector(), &row(changes.clone()), day("2026-03-04")).unwrap();
        assert_eq!(told.deeds, deeds, "{changes}");
    }
    let told = report(&connector(), &row(json!({ "officer_no": 12 })), day("2026-03-04")).unwrap();
    assert_eq!((told.officer.0.as_str(), told.officer.1.as_str()), ("12", "李工"));
    assert_eq!(told.handler, Some(("0007".into(), "何工".into())));
    assert_eq!((told.on, told.reference.as_deref()), (Some(day("2026-03-03")), Some("禅城管备2026-7")));
}

#[test]
fn a_row_that_cannot_be_followed_names_its_column() {
    for (changes, fault, column) in [
        (json!({ "case_no": "" }), RowFault::NoColumn, "case_no"),
        (json!({ "state": null }), RowFault::NoColumn, "state"),
        (json!({ "state": "99" }), RowFault::UnknownState, "state"),
        (json!({ "officer": " " }), RowFault::NoColumn, "officer"),
        (json!({ "officer_no": "李/工" }), RowFault::BadOfficer, "officer_no"),
        (json!({ "handler_no": null }), RowFault::NoColumn, "handler_no"),
        (json!({ "state": "31" }), RowFault::NoWords, "opinion"),
        (json!({ "state": "21", "opinion": " " }), RowFault::NoWords, "opinion"),
        (json!({ "done_on": "2026-03-03" }), RowFault::BadDate, "done_on"),
        (json!({ "done_on": "20260230" }), RowFault::BadDate, "done_on"),
        (json!({ "done_on": "20260305" }), RowFault::FutureDay, "done_on"),
    ] {
        let bad = report(&connector(), &row(changes.clone()), day("2026-03-04")).unwrap_err();
        assert_eq!((bad.fault, bad.column.as_str()), (fault, column), "{changes}");
    }
}

#[test]
fn a_day_may_have_its_time_behind_it() {
    let told = report(&connector(), &row(json!({ "done_on": "20260303 10:20:00" })), day("2026-03-04")).unwrap();
    assert_eq!(told.on, Some(day("2026-03-03")));
}

#[test]
fn the_same_row_has_one_text_whatever_the_order_and_kind_of_its_columns() {
    let (one, other) = (row(json!({ "state": 30 })), row(json!({ "state": "30" })));
    assert_eq!(digest_text(&one), digest_text(&other));
    assert_ne!(digest_text(&one), digest_text(&row(json!({ "state": "31" }))));
}

//! The exchange as tables: a case in the columns of the national platform, what is told again, and what keeps a case back.

use catalog::SourceFile;
use catalog::model::{ApplyVia, Audience, Handling};
use chrono::{NaiveDate, NaiveDateTime};
use connect::exchange::{
    Contact, Deed, Dictionary, Ended, GetWay, IdKind, Known, LicenceValues, Office, PaperValues, Party, ProcessValues,
    ReportedCase, ResultWord, Row, SpecialValues, SpecialWord, Table, changes, compile, defects, rows,
};
use kernel::id::{CaseId, Uuid};

const TEXT: &str = include_str!("../../../../../samples/chancheng/exchange.yaml");

fn file(text: impl Into<String>) -> SourceFile {
    SourceFile::new("exchange.yaml", text.into())
}

fn dictionary() -> Dictionary {
    let (found, diagnostics) = compile(&[file(TEXT)]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    found.expect("it compiles")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn moment(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn office() -> Office {
    Office { name: "佛山市禅城区卫生健康局".into(), code: "11440604MB2D00014G".into() }
}

fn accepted() -> ReportedCase {
    ReportedCase {
        case: CaseId::from_uuid(Uuid::from_u128(7)),
        project_no: "1144060400202603020001".into(),
        item_code: "11440604MB2D00014G444012300900101".into(),
        item_name: "公共场所卫生许可（新办·理发店、美容店）".into(),
        item_version: 1,
        summary: "开办理发店".into(),
        handling: Handling::Promise,
        applicant: Party {
            name: "陈嘉怡".into(),
            kind: Audience::Person,
            id: IdKind::CitizenId,
            number: "440604199001010020".into(),
            address: None,
        },
        contact: Contact { name: "陈嘉怡".into(), mobile: Some("13800000000".into()), id: None },
        legal: None,
        applied_on: day("2026-03-02"),
        via: ApplyVia::Online,
        accepted_on: day("2026-03-03"),
        acceptance_number: Some("禅卫健受〔2026〕1号".into()),
        due_on: Some(day("2026-03-04")),
        office: office(),
        accepted_by: Some("林小慧".into()),
        papers: vec![PaperValues {
            id: "p".into(),
            name: "场所平面图".into(),
            file_name: None,
            way: GetWay::Paper,
            copies: 1,
        }],
        processes: vec![ProcessValues {
            id: "accept".into(),
            name: "受理".into(),
            deed: Deed::Accept,
            began_at: moment("2026-03-02 09:30"),
            ended_at: moment("2026-03-03 10:00"),
            by: "林小慧".into(),
            words: String::new(),
        }],
        specials: vec![],
        ended: None,
        licence: None,
    }
}

/// The same case with its decision and its licence.
fn issued() -> ReportedCase {
    ReportedCase {
        specials: vec![SpecialValues {
            id: "extension".into(),
            word: SpecialWord::Extension,
            name: None,
            reason: "现场情况复杂".into(),
            began_on: day("2026-03-03"),
            until: Some(day("2026-03-20")),
            result: None,
            by: None,
        }],
        ended: Some(Ended {
            on: day("2026-03-04"),
            word: ResultWord::Grant,
            reason: None,
            result_name: Some("卫生许可证".into()),
            result_number: Some("粤卫公证字〔2026〕第0604A00001号".into()),
            by_mail: false,
            by: Some("何局".into()),
        }),
        licence: Some(LicenceValues {
            mark: "1.2.156.3005.2.11100000000013338W032.11440604MB2D00014G.0001.001.A".into(),
            name: "公共场所卫生许可证".into(),
            number: "粤卫公证字〔2026〕第0604A00001号".into(),
            type_code: "11100000000013338W032".into(),
            holder: "陈嘉怡".into(),
            holder_number: "440604199001010020".into(),
            holder_id: IdKind::CitizenId,
            area: "440604".into(),
            issuer: office(),
            issued_on: day("2026-03-04"),
        }),
        ..accepted()
    }
}

fn cell<'r>(row: &'r Row, name: &str) -> &'r str {
    let at = row.table.columns().iter().position(|column| column.name == name).expect("a column of the table");
    &row.cells[at]
}

fn known(rows: &[Row]) -> Vec<Known> {
    rows.iter().map(|row| Known { table: row.table, guid: row.guid, digest: row.digest() }).collect()
}

fn told(now: &[Row], before: &[Row]) -> Vec<String> {
    changes(now, &known(before)).iter().map(|one| format!("{} {}", one.operation, one.table)).collect()
}

#[test]
fn an_accepted_case_stands_in_their_columns() {
    let rows = rows(&accepted(), &dictionary());
    let tables: Vec<Table> = rows.iter().map(|row| row.table).collect();
    assert_eq!(tables, [Table::Accept, Table::Material, Table::Process]);
    for (column, stands) in [
        ("data_source", "001"),
        ("project_no", "1144060400202603020001"),
        ("catalog_code", "440123009001"),
        ("task_code", "11440604MB2D00014G4440123009001"),
        ("task_handle_item", "11440604MB2D00014G444012300900101"),
        ("task_version", "1"),
        ("project_type", "2"),
        ("applyer_type", "1"),
        ("applyer_page_type", "111"),
        ("apply_date", "2026-03-02"),
        ("apply_type", "2"),
        ("accept_doc_no", "禅卫健受〔2026〕1号"),
        ("org_code", "11440604MB2D00014G"),
        ("zip_code", ""),
    ] {
        assert_eq!(cell(&rows[0], column), stands, "{column}");
    }
    assert_eq!((cell(&rows[1], "get_type"), cell(&rows[1], "get_num")), ("1", "1"));
    assert_eq!(cell(&rows[2], "event_end_time"), "2026-03-03 10:00:00");
    assert_eq!(cell(&rows[2], "handle_explain"), "受理", "who says nothing has still done something");
    assert!(rows.iter().all(|row| defects(row).is_empty()));
}

#[test]
fn only_what_is_new_or_changed_is_told() {
    let dictionary = dictionary();
    let (before, after) = (rows(&accepted(), &dictionary), rows(&issued(), &dictionary));
    assert_eq!(told(&before, &[]), ["I UP_PRO_ACCEPT", "I UP_PRO_MATERIAL", "I UP_PRO_PROCESS"]);
    assert_eq!(told(&before, &before), [""; 0], "nothing has changed");
    assert_eq!(told(&after, &before), ["I UP_PRO_SPECIAL_PROCEDURE", "I UP_PRO_RESULT", "I UP_LIC_DATA"]);
    let mut later = issued();
    later.due_on = Some(day("2026-03-20"));
    later.licence = None;
    later.papers.clear();
    let later = rows(&later, &dictionary);
    assert_eq!(told(&later, &after), ["U UP_PRO_ACCEPT", "D UP_PRO_MATERIAL", "D UP_LIC_DATA"]);
}

#[test]
fn the_same_thing_keeps_its_name_and_different_things_have_different_ones() {
    let dictionary = dictionary();
    let (before, after) = (rows(&accepted(), &dictionary), rows(&issued(), &dictionary));
    assert_eq!(before[0].guid, after[0].guid);
    let names: std::collections::BTreeSet<Uuid> = after.iter().map(|row| row.guid).collect();
    assert_eq!(names.len(), after.len());
    let other = rows(&ReportedCase { case: CaseId::from_uuid(Uuid::from_u128(8)), ..accepted() }, &dictionary);
    assert_ne!(before[0].guid, other[0].guid);
    assert_eq!(before[0].guid.to_string(), "1eade97a-0339-8e7f-866e-a190d158561c", "it never changes");
}

#[test]
fn a_cell_that_cannot_go_is_named_and_never_cut() {
    type Spoil = fn(&mut ReportedCase);
    let table: [(Spoil, &str); 6] = [
        (|case| case.applicant.number.clear(), "UP_PRO_ACCEPT applyer_page_code empty"),
        (|case| case.contact.mobile = Some("+86 138 0000 0000".into()), "UP_PRO_ACCEPT contact_mobile too-long"),
        (|case| case.office.code.clear(), "UP_PRO_ACCEPT org_code empty"),
        (|case| case.papers[0].name = "图".repeat(201), "UP_PRO_MATERIAL material_name too-long"),
        (|case| case.processes[0].by.clear(), "UP_PRO_PROCESS handle_user_name empty"),
        (|case| case.specials[0].until = None, "UP_PRO_SPECIAL_PROCEDURE end_time empty"),
    ];
    for (spoil, expected) in table {
        let mut case = issued();
        spoil(&mut case);
        let rows = rows(&case, &dictionary());
        let found: Vec<String> =
            rows.iter().flat_map(defects).map(|one| format!("{} {} {}", one.table, one.column, one.why)).collect();
        assert_eq!(found, [expected]);
    }
}

#[test]
fn a_cell_has_no_lines() {
    let mut case = accepted();
    case.processes[0].words = "材料齐全\r\n符合法定形式\t".into();
    let rows = rows(&case, &dictionary());
    assert_eq!(cell(&rows[2], "handle_explain"), "材料齐全 符合法定形式");
}

#[test]
fn what_is_wrong_with_a_dictionary_is_told() {
    for (code, from, to) in [
        ("E0003", "data_source:", "source:"),
        ("E0731", ", hearing: \"2\"", ""),
        ("E0732", "{citizen-id: \"111\"", "{citizen-id: \"111\", passport: \"414\""),
        ("E0733", "data_source: \"001\"", "data_source: \"0001\""),
        ("E0733", "citizen-id: \"111\"", "citizen-id: \"1111111\""),
    ] {
        assert!(TEXT.contains(from), "{from}");
        let (found, diagnostics) = compile(&[file(TEXT.replacen(from, to, 1))]);
        let codes: Vec<&str> = diagnostics.iter().map(|one| one.code).collect();
        assert!(found.is_none() && codes.contains(&code), "{from} -> {to}: {codes:?}");
    }
    let (_, diagnostics) = compile(&[file(TEXT), SourceFile::new("exchange.yml", TEXT)]);
    assert_eq!(diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), ["E0734"]);
    assert_eq!(compile(&[]).0, None, "a district may have none");
}

//! The exchange on both engines: what is told of a case from acceptance to its end, what is kept back, and who is told of it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use access::Role;
use access_service::Visit;
use casework::{Outcome, RevocationGround, View};
use casework_service::acts::{
    AcceptApplication, CompleteStep, DecideCase, IssueResult, RevokeLicence, Withdraw, accept_application,
    complete_step, decide_case, issue_result, revoke_licence, withdraw,
};
use chrono::TimeDelta;
use connect_service::acts::{BatchOutcome, make_batch, take_batch, write_batch};
use connect_service::reads::exchange::{ExchangeView, exchange, waiting};
use kernel::id::CaseId;
use platform::Fault;
use records::Why;
use sea_orm::{ConnectionTrait, Statement};

use crate::house::{House, URBAN, Wish, each_house, founder};

/// The tables, shorter.
const ACCEPT: &str = "UP_PRO_ACCEPT.csv";
const LICENCE: &str = "UP_LIC_DATA.csv";

fn steward(house: &House) -> Visit {
    house.officer(Role::Steward, "data-chancheng")
}

/// Hears what happened, and presses the button.
async fn press(house: &House) -> BatchOutcome {
    house.settle().await;
    make_batch(&steward(house), None).await.unwrap()
}

/// The same, when there is something to tell.
async fn batch(house: &House) -> BTreeMap<String, Vec<BTreeMap<String, String>>> {
    let BatchOutcome::Made { number, .. } = press(house).await else { panic!("there is something to tell") };
    file(house, &number).await
}

/// The file of a batch: rows by column.
async fn file(house: &House, number: &str) -> BTreeMap<String, Vec<BTreeMap<String, String>>> {
    let written = write_batch(&steward(house), number, Cursor::new(Vec::new())).await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(written.into_inner())).unwrap();
    let mut tables = BTreeMap::new();
    for at in 0..zip.len() {
        let mut text = String::new();
        let mut one = zip.by_index(at).unwrap();
        one.read_to_string(&mut text).unwrap();
        let text = text.strip_prefix('\u{feff}').expect("a mark of UTF-8");
        let rows = csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect();
        tables.insert(one.name().unwrap().into_owned(), rows);
    }
    tables
}

/// Operation and table of all rows, in the order of the tables.
fn told(file: &BTreeMap<String, Vec<BTreeMap<String, String>>>) -> Vec<String> {
    let rows = file.iter().filter(|(name, _)| *name != "defects.csv");
    let line =
        |name: &str, row: &BTreeMap<String, String>| format!("{} {}", row["cd_operation"], &name[..name.len() - 4]);
    rows.flat_map(|(name, rows)| rows.iter().map(move |row| line(name, row))).collect()
}

async fn view(house: &House) -> ExchangeView {
    exchange(&steward(house)).await.unwrap()
}

async fn decide(house: &House, case: CaseId, outcome: Outcome) {
    let order = |step: &str| CompleteStep { case, step: step.into(), view: View::Agree, words: "齐全".into() };
    complete_step(&house.officer(Role::Handler, URBAN), None, order("handle")).await.unwrap();
    let order = DecideCase { case, outcome, reason: "遮挡窗户".into() };
    decide_case(&house.officer(Role::Approver, URBAN), None, order).await.unwrap();
}

#[tokio::test]
async fn from_acceptance_to_the_result_everything_is_told_once() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        let first = batch(house).await;
        assert_eq!(told(&first), ["I UP_PRO_ACCEPT", "I UP_PRO_MATERIAL", "I UP_PRO_PROCESS"]);
        let row = &first[ACCEPT][0];
        for (column, stands) in [
            ("cd_batch", "202603020001"),
            ("data_source", "001"),
            ("project_no", number.as_str()),
            ("applyer_name", founder().name),
            ("applyer_type", "1"),
            ("contact_mobile", "19912345678"),
            ("accept_date", "2026-03-02"),
            ("apply_type", "2"),
            ("org_name", "佛山市禅城区城市管理和综合执法局"),
            ("handle_user_name", "clerk@data-chancheng甲"),
        ] {
            assert_eq!(row[column], stands, "{column}");
        }
        assert_eq!(
            row["applyer_page_code"],
            founder().citizen_id.to_string(),
            "the whole number, as the register has it"
        );
        assert!(!row["accept_doc_no"].is_empty() && !row["promise_date"].is_empty());
        assert_eq!(press(house).await, BatchOutcome::Nothing { held: 0 }, "nothing has changed");

        decide(house, case, Outcome::Grant).await;
        let second = batch(house).await;
        assert_eq!(told(&second), ["I UP_PRO_PROCESS", "I UP_PRO_PROCESS", "I UP_PRO_RESULT"]);
        let result = &second["UP_PRO_RESULT.csv"][0];
        assert_eq!(
            (&*result["result_type"], &*result["result_cetr_no"], &*result["cd_batch"]),
            ("1", "", "202603020002")
        );

        issue_result(&house.officer(Role::Issuer, URBAN), None, IssueResult { case }).await.unwrap();
        let third = batch(house).await;
        assert_eq!(told(&third), ["I UP_PRO_PROCESS", "U UP_PRO_RESULT"]);
        let after = &third["UP_PRO_RESULT.csv"][0];
        assert_eq!(after["row_guid"], result["row_guid"], "the same thing keeps its name");
        assert!(after["result_cetr_no"].contains("〔2026〕"));

        let view = view(house).await;
        let numbers: Vec<&str> = view.batches.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers, ["202603020003", "202603020002", "202603020001"]);
        assert_eq!((view.waiting, view.held_cases), (0, 0));
        assert_eq!(file(house, "202603020001").await, first, "written again, it is the same file");
    })
    .await;
}

#[tokio::test]
async fn what_was_never_accepted_is_nobodys_to_know_and_a_withdrawal_is_told() {
    each_house(Wish::default(), async |house| {
        house.open(|_| ()).await;
        assert_eq!(press(house).await, BatchOutcome::Nothing { held: 0 });
        let (case, _) = house.accepted().await;
        batch(house).await;
        let application = house.case(case).await.application;
        withdraw(&house.founder(), None, Withdraw { application, case: None, reason: "不做了".into() }).await.unwrap();
        let file = batch(house).await;
        assert_eq!(told(&file), ["I UP_PRO_RESULT"]);
        let result = &file["UP_PRO_RESULT.csv"][0];
        assert_eq!((&*result["result_type"], &*result["result_explain"]), ("3", "不做了"));
    })
    .await;
}

#[tokio::test]
async fn a_licence_that_is_taken_back_is_told_as_gone() {
    const HEALTH: &str = "health-chancheng";
    each_house(Wish::default(), async |house| {
        let opened = house
            .open(|order| {
                order.items = vec!["hygiene-permit-salon".into()];
                order.papers.clear();
            })
            .await;
        let case = opened.cases[0].case;
        let clerk = house.officer(Role::Clerk, "data-chancheng");
        accept_application(&clerk, None, AcceptApplication { application: opened.application }).await.unwrap();
        for (step, role) in [("handle", Role::Handler), ("review", Role::Reviewer)] {
            let order = CompleteStep { case, step: step.into(), view: View::Agree, words: String::new() };
            complete_step(&house.officer(role, HEALTH), None, order).await.unwrap();
        }
        let order = DecideCase { case, outcome: Outcome::Grant, reason: String::new() };
        decide_case(&house.officer(Role::Approver, HEALTH), None, order).await.unwrap();
        issue_result(&house.officer(Role::Issuer, HEALTH), None, IssueResult { case }).await.unwrap();
        let made = batch(house).await;
        assert!(told(&made).contains(&"I UP_LIC_DATA".to_owned()), "{:?}", told(&made));
        let licence = made[LICENCE][0].clone();
        assert_eq!(licence["certificate_holder_code"], founder().citizen_id.to_string());
        assert_eq!((&*licence["certificate_area_code"], &*licence["issue_date"]), ("440604", "2026-03-02"));

        house.clock.advance_days(1);
        let order = RevokeLicence { case, ground: RevocationGround::NotQualified, reason: "不符合条件".into() };
        revoke_licence(&house.officer(Role::Approver, HEALTH), None, order).await.unwrap();
        let after = batch(house).await;
        assert_eq!(told(&after), ["D UP_LIC_DATA"]);
        let gone = &after[LICENCE][0];
        assert_eq!(gone["certificate_number"], licence["certificate_number"], "it says what it said last");
        assert_eq!(gone["cd_batch"], "202603030001", "numbers begin anew every day");
        assert_eq!(press(house).await, BatchOutcome::Nothing { held: 0 });
    })
    .await;
}

#[tokio::test]
async fn a_case_with_a_defect_is_kept_back_whole_and_goes_once_it_is_mended() {
    each_house(Wish::default(), async |house| {
        let long = "图".repeat(201);
        let opened = house.open(|order| order.papers[0].name = long.clone()).await;
        house.accept(&opened).await;
        assert_eq!(press(house).await, BatchOutcome::Nothing { held: 1 });
        let held = view(house).await.held;
        let cell = &held[0].cells[0];
        assert_eq!((held.len(), held[0].cells.len()), (1, 1));
        assert_eq!(
            (cell.table.word(), cell.column.as_str(), cell.why.word()),
            ("UP_PRO_MATERIAL", "material_name", "too-long")
        );

        house.accepted().await;
        let other = batch(house).await;
        assert_eq!(other[ACCEPT].len(), 1, "the others do not wait for it");
        assert_eq!(other["defects.csv"][0]["column"], "material_name");
        let number = view(house).await.batches[0].number.clone();

        run(house, "UPDATE casework_paper SET name = '招牌效果图'").await;
        house.clock.advance(TimeDelta::seconds(1));
        assert_eq!(told(&batch(house).await), ["I UP_PRO_ACCEPT", "I UP_PRO_MATERIAL", "I UP_PRO_PROCESS"]);
        let view = view(house).await;
        assert_eq!((view.held_cases, view.held, view.waiting), (0, vec![], 0));
        assert_eq!(file(house, &number).await, other, "what was kept back then is still told of that batch");
        assert_eq!(press(house).await, BatchOutcome::Nothing { held: 0 });
    })
    .await;
}

#[tokio::test]
async fn two_presses_at_once_make_one_batch() {
    each_house(Wish::default(), async |house| {
        house.accepted().await;
        house.settle().await;
        let (one, other) = (steward(house), steward(house));
        let (first, second) = tokio::join!(make_batch(&one, None), make_batch(&other, None));
        let outcomes = [first.unwrap(), second.unwrap()];
        let made = outcomes.iter().filter(|one| matches!(one, BatchOutcome::Made { .. })).count();
        assert_eq!((made, view(house).await.batches.len()), (1, 1), "{outcomes:?}");
        assert_eq!(file(house, "202603020001").await[ACCEPT].len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_died_over_a_batch_is_followed_by_who_goes_on() {
    each_house(Wish::default(), async |house| {
        house.accepted().await;
        house.settle().await;
        let table =
            "UPDATE connect_exchange_batch SET slot = 'open', number = NULL, closed_at = NULL, beat_at = begun_at";
        assert!(matches!(press(house).await, BatchOutcome::Made { .. }));
        run(house, table).await;
        assert_eq!(press(house).await, BatchOutcome::UnderWay, "it may be alive");
        house.clock.advance(TimeDelta::minutes(6));
        assert!(matches!(press(house).await, BatchOutcome::Made { cases: 1, .. }), "with what it had put down");
        assert_eq!(view(house).await.batches.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_told_lies_sealed_and_the_person_sees_who_looked() {
    each_house(Wish::default(), async |house| {
        house.accepted().await;
        batch(house).await;
        let reader = house.world.db.reader();
        let backend = reader.get_database_backend();
        let asked = Statement::from_string(backend, "SELECT cells FROM connect_exchange_row");
        for row in reader.query_all_raw(asked).await.unwrap() {
            let text: String = row.try_get("", "cells").unwrap();
            assert!(platform::sealed::is_sealed(&text) && !text.contains(founder().name), "{text}");
        }
        let looks = records_service::reads::lookups_of(&house.founder(), founder().subject, 50).await.unwrap();
        let reported: Vec<_> = looks.iter().filter(|look| look.why == Why::Report).collect();
        assert_eq!(reported.len(), 1, "one look a case and day");
        assert_eq!(
            (reported[0].actor.as_str(), reported[0].matter.as_deref()),
            ("steward@data-chancheng", Some("sign-filing"))
        );
    })
    .await;
}

#[tokio::test]
async fn only_who_answers_for_the_data_makes_and_takes_and_the_file_is_taken_once() {
    each_house(Wish::default(), async |house| {
        house.accepted().await;
        batch(house).await;
        for role in [Role::Clerk, Role::Approver, Role::Admin, Role::Supervisor] {
            let visit = house.officer(role, "data-chancheng");
            assert_eq!(make_batch(&visit, None).await, Err(Fault::NotAllowed), "{role:?}");
            assert_eq!(take_batch(&visit, None, "202603020001").await, Err(Fault::NotAllowed), "{role:?}");
        }
        let seen = exchange(&house.admin()).await.unwrap();
        assert_eq!((seen.batches.len(), seen.may_make, seen.may_take), (1, false, false));
        assert_eq!(waiting(&steward(house)).await.unwrap().len(), 1);
        take_batch(&steward(house), None, "202603020001").await.unwrap();
        assert_eq!(waiting(&steward(house)).await.unwrap(), []);
        assert_eq!(take_batch(&steward(house), None, "202603020009").await, Err(Fault::NotFound));
    })
    .await;
}

#[tokio::test]
async fn every_night_it_happens_by_itself() {
    each_house(Wish::default(), async |house| {
        house.accepted().await;
        connect_service::arrange(&house.world).await.unwrap();
        house.settle().await;
        assert_eq!(view(house).await.batches.len(), 0, "not before the night");
        house.clock.advance(TimeDelta::hours(17));
        house.settle().await;
        let batches = view(house).await.batches;
        assert_eq!(
            (batches.len(), batches[0].number.as_str(), batches[0].made_by.as_str()),
            (1, "202603030001", "数据上报")
        );
    })
    .await;
}

/// Changes what no act would.
async fn run(house: &House, sql: &str) {
    let changed = house.world.db.write(None, async |tx| {
        let statement = Statement::from_string(tx.conn().get_database_backend(), sql);
        tx.conn().execute_raw(statement).await?;
        Ok(())
    });
    changed.await.unwrap();
}

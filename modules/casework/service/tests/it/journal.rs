//! The record: what the rows of cases say is what the journal replays.

use std::collections::BTreeMap;

use casework::{Case, Event, Opening, Outcome};
use casework_service::acts::Opened;
use kernel::id::CaseId;
use platform::journal::{self, JournalRow};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde::Deserialize;

use crate::ground::{Place, SHOP, each_place, order};
use crate::journey::{accept, decide, hand_over, issue, work};

#[derive(Deserialize)]
struct Begun {
    opening: Opening,
}

/// Every case of the application as its rows in the journal make it.
fn replayed(rows: &[JournalRow]) -> BTreeMap<CaseId, Case> {
    let mut openings = BTreeMap::new();
    let mut events: BTreeMap<CaseId, Vec<Event>> = BTreeMap::new();
    for row in rows {
        let Ok(case) = row.subject.parse::<CaseId>() else { continue };
        if row.act == "casework.case-opened" {
            openings.insert(case, row.facts::<Begun>().unwrap().opening);
        } else if openings.contains_key(&case) {
            let event: Event = row.facts().unwrap();
            assert_eq!(row.act, format!("casework.{}", event.kind()));
            events.entry(case).or_default().push(event);
        }
    }
    openings
        .into_iter()
        .map(|(case, opening)| (case, casework::replay(opening, events.get(&case).into_iter().flatten())))
        .collect()
}

/// The facts as the rows keep them.
async fn kept(place: &Place, opened: &Opened) -> BTreeMap<CaseId, Case> {
    let backend = place.world.db.engine().backend();
    let mark = if backend == DbBackend::Postgres { "$1" } else { "?" };
    let sql = format!("SELECT id, facts FROM casework_case WHERE application = {mark}");
    let asked = Statement::from_sql_and_values(backend, sql, [opened.application.uuid().into()]);
    let rows = place.world.db.reader().query_all_raw(asked).await.unwrap();
    rows.iter()
        .map(|row| {
            let facts: String = row.try_get("", "facts").unwrap();
            let case: Case = serde_json::from_str(&facts).unwrap();
            (case.id, case)
        })
        .collect()
}

#[tokio::test]
async fn replaying_the_journal_makes_the_cases_again() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        for item in &SHOP[1..] {
            work(place, &opened, item).await;
        }
        decide(place, &opened, SHOP[0], Outcome::Grant).await.unwrap();
        issue(place, &opened, SHOP[0]).await.unwrap();
        decide(place, &opened, SHOP[1], Outcome::Refuse).await.unwrap();
        for item in &SHOP[2..] {
            decide(place, &opened, item, Outcome::Grant).await.unwrap();
            issue(place, &opened, item).await.unwrap();
        }
        hand_over(place, &opened).await.unwrap();
        place.settle().await;

        let rows = journal::read(place.world.db.reader(), opened.application, 0).await.unwrap();
        let cases = replayed(&rows);
        assert_eq!(cases.len(), 4);
        assert_eq!(cases, kept(place, &opened).await);
        assert_eq!(rows[0].act, "casework.application-opened");
        assert_eq!(rows[0].subject, opened.application.to_string());
    })
    .await;
}

#[tokio::test]
async fn an_act_is_one_row_for_what_it_did_and_one_for_each_thing_that_followed() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        let count = async || journal::read(place.world.db.reader(), opened.application, 0).await.unwrap().len();
        let before = count().await;
        work(place, &opened, "food-permit-new").await;
        assert_eq!(count().await - before, 2, "two steps, two rows");
        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        assert_eq!(count().await - before, 4, "the decision, and the notice of it");
        issue(place, &opened, "register-individual").await.unwrap();
        let rows = journal::read(place.world.db.reader(), opened.application, 0).await.unwrap();
        let acts: Vec<&str> = rows[before + 4..].iter().map(|row| row.act.as_str()).collect();
        let expected = [
            "casework.form-carried",
            "casework.issued",
            "casework.prerequisite-met",
            "casework.prerequisite-met",
            "casework.prerequisite-met",
            "casework.notices-issued",
        ];
        assert_eq!(acts, expected);
        assert_eq!(rows[rows.len() - 2].actor, "system", "what followed is nobody's deed");
    })
    .await;
}

#[tokio::test]
async fn the_first_row_holds_the_hash_of_the_form_and_of_every_file() {
    each_place(async |place| {
        let one = place.open(&["senior-card"]).await;
        let mut changed = order(&["senior-card"]);
        changed.form.get_mut("mobile").unwrap().value = "19900000000".into();
        let other = place.try_open(&place.founder(), changed).await.unwrap();
        let facts = async |opened: &Opened| {
            let rows = journal::read(place.world.db.reader(), opened.application, 0).await.unwrap();
            rows[0].facts::<serde_json::Value>().unwrap()
        };
        let (one, other) = (facts(&one).await, facts(&other).await);
        assert_eq!(one["form"].as_str().unwrap().len(), 64);
        assert_ne!(one["form"], other["form"]);
        assert_eq!(one["papers"][0]["file"], "a".repeat(64));
        assert!(!one.to_string().contains("1991234"), "no field of the form itself is in the journal");
    })
    .await;
}

//! A connector over a real line, with the authority's system well and in all its moods.

use access::Role;
use casework::{Outcome, Status};
use casework_service::acts::{DecideCase, Withdraw, decide_case, withdraw};
use chrono::TimeDelta;
use connect_service::acts::{apply_again, send_again, set_aside};
use kernel::id::CaseId;
use platform::Fault;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::house::{House, URBAN, Wish, each_house, founder};

#[tokio::test]
async fn from_acceptance_to_the_result_nobody_types_twice() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        let there = house.their_cases().await;
        assert_eq!(there.len(), 1);
        let sent = &there[0]["case"];
        assert_eq!(
            (sent["case_no"].as_str(), sent["light"].as_str(), sent["accepted_on"].as_str()),
            (Some(number.as_str()), Some("3"), Some("20260302"))
        );
        assert_eq!(house.connector().await.line.waiting, 0);

        house.they_say(&number, "30", json!({})).await;
        house.read().await;
        let view = house.case(case).await;
        assert_eq!((view.status, house.conflicts().await), (Status::Granted, vec![]));
        assert_eq!(view.steps[0].by.as_deref(), Some("何少芬（户外招牌管理系统）"));
        assert_eq!(view.decision.unwrap().by, "李秉文（户外招牌管理系统）");

        house.they_say(&number, "40", json!({})).await;
        house.clock.advance(TimeDelta::seconds(15));
        house.settle().await;
        let view = house.case(case).await;
        assert_eq!(view.status, Status::Issued, "read again by itself after its interval");
        assert!(view.result.unwrap().number.contains("〔2026〕"));
        let settled = house.connector().await.settled;
        let notes: Vec<_> = settled.iter().rev().map(|one| one.note.as_deref().unwrap_or_default()).collect();
        assert_eq!(notes, ["nothing", "done", "done"]);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_of_theirs_is_one_of_ours_with_its_reason() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        house
            .they_say(&number, "21", json!({ "opinion": "招牌超出门楣", "officer_no": "0007", "officer": "何少芬" }))
            .await;
        house.they_say(&number, "31", json!({ "opinion": "招牌遮挡消防登高面" })).await;
        house.read().await;
        let view = house.case(case).await;
        let decision = view.decision.unwrap();
        assert_eq!((decision.outcome, decision.reason.as_str()), (Outcome::Refuse, "招牌遮挡消防登高面"));
        assert_eq!(view.steps[0].words.as_deref(), Some("招牌超出门楣"));
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_lies_sealed_and_the_look_is_on_record() {
    each_house(Wish::default(), async |house| {
        house.feel(json!({ "down": true })).await;
        house.accepted().await;
        house.settle().await;
        let reader = house.world.db.reader();
        let backend = reader.get_database_backend();
        let asked = Statement::from_string(backend, "SELECT document FROM connect_parcel");
        let text: String = reader.query_one_raw(asked).await.unwrap().unwrap().try_get("", "document").unwrap();
        assert!(platform::sealed::is_sealed(&text) && !text.contains(founder().name), "{text}");
        let asked = Statement::from_string(backend, "SELECT payload FROM platform_queue WHERE topic = 'connect.push'");
        let queued: String = reader.query_one_raw(asked).await.unwrap().unwrap().try_get("", "payload").unwrap();
        assert_eq!(queued, "{}", "nobody's name stands in the queue");
        let looks = Statement::from_string(backend, "SELECT actor FROM records_lookup");
        let looks: Vec<String> =
            reader.query_all_raw(looks).await.unwrap().iter().map(|row| row.try_get("", "actor").unwrap()).collect();
        assert!(looks.contains(&"connector/signboard".to_owned()), "{looks:?}");
    })
    .await;
}

#[tokio::test]
async fn in_every_mood_it_is_sent_until_it_is_taken_and_taken_once() {
    each_house(Wish::default(), async |house| {
        house.feel(json!({ "down": true })).await;
        house.accepted().await;
        for mood in [json!({ "down": true }), json!({ "slow_ms": 3000 }), json!({ "garbled": true })] {
            house.feel(mood).await;
            house.settle().await;
            assert_eq!(house.connector().await.line.waiting, 1);
            house.clock.advance(TimeDelta::minutes(10));
        }
        house.feel(json!({})).await;
        // When it was garbled it had taken the case, and we could not know: as if we had died before writing it down.
        assert_eq!(house.their_cases().await.len(), 1);
        house.settle().await;
        let line = house.connector().await.line;
        assert_eq!((line.waiting, line.given_up, house.their_cases().await.len()), (0, 0, 1));
        assert!(line.pushed_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_nobody_takes_is_a_dead_letter_and_can_be_sent_again() {
    each_house(Wish::default(), async |house| {
        house.feel(json!({ "down": true })).await;
        house.accepted().await;
        for _ in 0..12 {
            house.settle().await;
            house.clock.advance(TimeDelta::hours(13));
        }
        let dead = house.connector().await.dead;
        assert_eq!((dead.len(), dead[0].tries, dead[0].outcome.as_deref()), (1, 12, Some("down")));
        let stranger = house.officer(Role::Approver, URBAN);
        assert_eq!(send_again(&stranger, None, dead[0].id).await, Err(Fault::NotAllowed));
        house.feel(json!({})).await;
        send_again(&house.admin(), None, dead[0].id).await.unwrap();
        assert_eq!(send_again(&house.admin(), None, dead[0].id).await, Err(Fault::Conflict), "it is on its way");
        house.settle().await;
        assert_eq!((house.their_cases().await.len(), house.connector().await.line.given_up), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_filled_in_waits_for_somebody() {
    let text = [("{to: phone, element: mobile}", "{to: phone, from: phone, required: true}")];
    each_house(Wish { text: &text, ..Wish::default() }, async |house| {
        let opened = house.open(|order| order.applicant.phone = None).await;
        house.accept(&opened).await;
        house.settle().await;
        let dead = house.connector().await.dead;
        assert_eq!(dead[0].lacks, Some(("nothing".into(), "phone".into())));
        let refused = send_again(&house.admin(), None, dead[0].id).await.unwrap_err();
        assert!(matches!(refused, Fault::Refusal(refusal) if refusal.code == "connect.still-unmapped"));
        assert_eq!(house.their_cases().await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_reported_twice_and_read_by_two_is_decided_once() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        house.feel(json!({ "twice": true })).await;
        house.they_say(&number, "30", json!({})).await;
        connect_service::arrange(&house.world).await.unwrap();
        let (one, other) = (house.dispatcher(), house.dispatcher());
        let (first, second) = tokio::join!(one.run_until_empty(), other.run_until_empty());
        first.unwrap();
        second.unwrap();
        for _ in 0..3 {
            house.read().await;
        }
        assert_eq!(house.status(case).await, Status::Granted);
        assert_eq!((house.recorded(case, "casework.decided").await, house.conflicts().await), (1, vec![]));
        assert_eq!(house.connector().await.settled.len(), 2, "one row each for registered and granted");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_becomes_a_conflict_and_changes_nothing() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        house.feel(json!({ "wrong": true })).await;
        house.they_say(&number, "30", json!({})).await;
        house.feel(json!({})).await;
        house.they_say(&number, "30", json!({ "handler_no": "0012" })).await;
        house.they_say(&number, "31", json!({ "opinion": " " })).await;
        house.they_say(&number, "40", json!({})).await;
        house.read().await;
        assert_eq!(house.status(case).await, Status::InReview);
        let expected =
            ["case-unknown", "unknown-state", "casework.handler-may-not-decide", "no-words", "casework.not-granted"];
        assert_eq!(house.conflicts().await, expected);
    })
    .await;
}

async fn we_decide(house: &House, case: CaseId, outcome: Outcome) {
    let handler = house.officer(Role::Handler, URBAN);
    let step = casework_service::acts::CompleteStep {
        case,
        step: "handle".into(),
        view: casework::View::Agree,
        words: String::new(),
    };
    casework_service::acts::complete_step(&handler, None, step).await.unwrap();
    let order = DecideCase { case, outcome, reason: "遮挡窗户".into() };
    decide_case(&house.officer(Role::Approver, URBAN), None, order).await.unwrap();
}

#[tokio::test]
async fn the_first_decision_wins_and_the_second_waits_for_somebody() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        we_decide(house, case, Outcome::Refuse).await;
        house.they_say(&number, "30", json!({})).await;
        house.read().await;
        let conflict = house.connector().await.conflicts.remove(0);
        assert_eq!((conflict.code.as_str(), conflict.ours.as_deref()), ("refused", Some("refused")));
        assert_eq!((conflict.theirs.case.as_str(), conflict.theirs.officer.as_str()), (&*number, "李秉文（0012）"));

        apply_again(&house.admin(), None, conflict.id).await.unwrap();
        house.settle().await;
        assert_eq!(house.conflicts().await, ["casework.already-refused"], "the rules say the same again");
        let nothing = set_aside(&house.admin(), None, conflict.id, "  ").await;
        assert_eq!(nothing, Err(Fault::field("reason", "required")));
        set_aside(&house.admin(), None, conflict.id, "已经电话告知对方更正").await.unwrap();
        let view = house.connector().await;
        assert!(view.conflicts.is_empty());
        assert_eq!(view.settled[0].aside.as_ref().unwrap().1, "已经电话告知对方更正");
        assert_eq!(set_aside(&house.admin(), None, conflict.id, "再来").await, Err(Fault::Conflict));
        assert_eq!(house.status(case).await, Status::Refused);
    })
    .await;
}

#[tokio::test]
async fn two_who_say_the_same_do_not_disagree() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        we_decide(house, case, Outcome::Grant).await;
        house.they_say(&number, "30", json!({})).await;
        house.read().await;
        let view = house.connector().await;
        assert_eq!((view.conflicts.len(), view.settled[0].note.as_deref()), (0, Some("already")));
        assert_eq!(house.recorded(case, "casework.decided").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_conflict_is_done_once_our_side_is_right() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        house.they_say(&number, "40", json!({})).await;
        house.read().await;
        let conflict = house.connector().await.conflicts.remove(0);
        assert_eq!(house.conflicts().await, ["casework.not-granted"]);
        we_decide(house, case, Outcome::Grant).await;
        apply_again(&house.admin(), None, conflict.id).await.unwrap();
        house.settle().await;
        assert_eq!((house.status(case).await, house.conflicts().await), (Status::Issued, vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_is_told_and_never_decided() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        let application = house.case(case).await.application;
        let order = Withdraw { application, case: None, reason: "不做了".into() };
        withdraw(&house.founder(), None, order).await.unwrap();
        house.settle().await;
        assert_eq!(house.their_cases().await[0]["cancelled"], true);
        assert_eq!(house.they_say(&number, "30", json!({})).await, 409, "a system that is well refuses");
        house.feel(json!({ "wrong": true })).await;
        house.they_say(&number, "30", json!({})).await;
        house.read().await;
        assert_eq!(
            (house.status(case).await, house.conflicts().await),
            (Status::Withdrawn, vec!["casework.case-ended".into()])
        );
    })
    .await;
}

#[tokio::test]
async fn before_it_is_accepted_nobody_is_told_and_afterwards_in_order() {
    each_house(Wish::default(), async |house| {
        let opened = house.open(|_| ()).await;
        let order = Withdraw { application: opened.application, case: None, reason: String::new() };
        withdraw(&house.founder(), None, order).await.unwrap();
        house.settle().await;
        assert_eq!(house.connector().await.line.waiting, 0, "nobody withdraws what was never sent");

        house.feel(json!({ "down": true })).await;
        let (case, _) = house.accepted().await;
        house.settle().await;
        let application = house.case(case).await.application;
        withdraw(&house.founder(), None, Withdraw { application, case: None, reason: String::new() }).await.unwrap();
        house.settle().await;
        assert_eq!(house.connector().await.line.waiting, 2);
        house.feel(json!({})).await;
        house.clock.advance(TimeDelta::minutes(10));
        house.settle().await;
        let there = house.their_cases().await;
        assert_eq!((there.len(), &there[0]["cancelled"], house.connector().await.line.given_up), (1, &json!(true), 0));
    })
    .await;
}

#[tokio::test]
async fn one_that_is_not_connected_is_not_in_use() {
    let change = |config: &mut platform::Config, _: &str, _: &std::path::Path| drop(config.lines.remove("authority"));
    each_house(Wish { config: Some(&change), ..Wish::default() }, async |house| {
        house.accepted().await;
        house.read().await;
        let line = house.connector().await.line;
        assert_eq!((line.connected, line.waiting, line.read_at), (false, 0, None));
    })
    .await;
}

#[tokio::test]
async fn a_system_that_is_away_is_read_with_growing_pauses_and_then_again() {
    each_house(Wish::default(), async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        house.they_say(&number, "30", json!({})).await;
        for (mood, failed) in [(json!({ "down": true }), "down"), (json!({ "garbled": true }), "garbled")] {
            house.feel(mood).await;
            house.read().await;
            let line = house.connector().await.line;
            assert_eq!((line.failed.as_deref(), line.read_at), (Some(failed), None));
        }
        house.feel(json!({})).await;
        house.settle().await;
        assert_eq!(house.status(case).await, Status::InReview, "not before its pause is over");
        house.clock.advance(TimeDelta::minutes(10));
        house.settle().await;
        let line = house.connector().await.line;
        assert_eq!((house.status(case).await, line.failed), (Status::Granted, None));
    })
    .await;
}

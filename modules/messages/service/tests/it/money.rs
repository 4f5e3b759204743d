//! What people are told of money: that it is owed, that it came, that it went back.

use std::collections::BTreeSet;

use casework_service::acts::{Opened, Withdraw, withdraw};
use fees_service::reads::OrderView;
use messages::{Group, Kind, Wishes};
use messages_service::acts::choose_wishes;
use messages_service::reads::{Message, inbox};
use serde_json::json;

use crate::ground::{Place, each_place, founder};

/// The founder's messages about money, the oldest first.
async fn told(place: &Place) -> Vec<Message> {
    let mut all = inbox(&place.founder(), None, 50).await.unwrap().messages;
    all.retain(|one| one.kind.is_of_money());
    all.reverse();
    all
}

async fn kinds(place: &Place) -> Vec<Kind> {
    told(place).await.iter().map(|one| one.kind).collect()
}

async fn order(place: &Place, opened: &Opened) -> OrderView {
    fees_service::reads::orders(&place.founder(), opened.application).await.unwrap().remove(0)
}

/// The newest SMS; it names what is paid for and the sum, and nobody.
async fn newest_sms(place: &Place) -> String {
    let text = place.taken("sms").await[0]["text"].as_str().unwrap().to_owned();
    for secret in [founder().name, founder().citizen_id.as_str()] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(messages::sms::check(&text), Ok(()));
    text
}

#[tokio::test]
async fn a_fee_is_told_with_its_sum_its_day_and_where_to_pay_it() {
    each_place(async |place| {
        let opened = place.apply_for_house().await;
        place.settle().await;
        assert_eq!(kinds(place).await, [], "nothing is owed before acceptance");
        place.accept(&opened).await;
        place.settle().await;
        let due = told(place).await.remove(0);
        assert_eq!((due.kind, due.case), (Kind::FeeDue, Some(opened.cases[0].case)));
        assert!(due.title.ends_with("待缴费 100.00 元"), "{}", due.title);
        assert!(due.words.contains("请在3月9日（周一）前缴清") && due.words.contains("缴费通知书"), "{}", due.words);
        let page = page(place, &format!("/messages/{}", due.id)).await;
        let unpaid = order(place, &opened).await;
        assert!(page.contains(&format!("/applications/{}/fees/{}", opened.application, unpaid.id)), "{page}");

        place.clock.advance(chrono::TimeDelta::minutes(1));
        place.pay(&unpaid.number).await;
        place.settle().await;
        assert_eq!(kinds(place).await, [Kind::FeeDue, Kind::FeePaid]);
        let sms = newest_sms(place).await;
        assert!(sms.contains("缴的100.00元已到账"), "{sms}");
        let page = self::page(place, &format!("/messages/{}", due.id)).await;
        assert!(!page.contains("/fees/"), "there is nothing more to pay: {page}");
    })
    .await;
}

/// The page as the founder's browser shows it.
async fn page(place: &Place, path: &str) -> String {
    use axum::body::Body;
    use tower::ServiceExt;
    let request = axum::extract::Request::get(path).extension(place.founder()).body(Body::empty()).unwrap();
    let answer = messages_service::routes().with_state(place.world.clone()).oneshot(request).await.unwrap();
    let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test]
async fn money_that_settles_nothing_is_told_when_it_has_gone_back() {
    each_place(async |place| {
        let opened = place.apply_for_house().await;
        place.accept(&opened).await;
        place.settle().await;
        let number = order(place, &opened).await.number;
        for _ in 0..2 {
            place.clock.advance(chrono::TimeDelta::minutes(1));
            place.pay(&number).await;
        }
        place.settle().await;
        assert_eq!(
            kinds(place).await,
            [Kind::FeeDue, Kind::FeePaid, Kind::FeeReturned],
            "the second is not thanked for"
        );

        place.clock.advance(chrono::TimeDelta::minutes(1));
        let order = Withdraw { application: opened.application, case: None, reason: "不过户了".into() };
        withdraw(&place.founder(), None, order).await.unwrap();
        place.settle().await;
        assert_eq!(kinds(place).await.iter().filter(|kind| **kind == Kind::FeeReturned).count(), 2);
        let returned = told(place).await.pop().unwrap();
        assert!(returned.title.ends_with("退费 100.00 元"), "{}", returned.title);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_for_what_was_paid_or_cancelled_before_they_were_told() {
    each_place(async |place| {
        // The platform calls back before it has answered, and before the word of the order went round.
        place.mood("payment", json!({ "early": true })).await;
        let opened = place.apply_for_house().await;
        place.accept(&opened).await;
        let withdrawn = place.apply_for_house().await;
        place.accept(&withdrawn).await;
        let order = Withdraw { application: withdrawn.application, case: None, reason: "不过户了".into() };
        withdraw(&place.founder(), None, order).await.unwrap();
        place.settle().await;
        let of = |told: &[Message], opened: &Opened| {
            told.iter().filter(|one| one.application == opened.application).map(|one| one.kind).collect::<Vec<_>>()
        };
        let told = told(place).await;
        assert_eq!(of(&told, &withdrawn), [], "{told:?}");
        assert!(of(&told, &opened).contains(&Kind::FeePaid), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_notice_to_pay_stands_in_the_portal_whatever_was_muted() {
    each_place(async |place| {
        let muted = BTreeSet::from_iter(Group::ALL.iter().copied());
        choose_wishes(&place.founder(), &Wishes { muted, ..Wishes::default() }).await.unwrap();
        let opened = place.apply_for_house().await;
        place.accept(&opened).await;
        place.settle().await;
        place.clock.advance(chrono::TimeDelta::minutes(1));
        place.pay(&order(place, &opened).await.number).await;
        place.settle().await;
        assert_eq!(kinds(place).await, [Kind::FeeDue], "that it came need not be told to who wants no progress");
        assert!(place.taken("sms").await.is_empty());
    })
    .await;
}

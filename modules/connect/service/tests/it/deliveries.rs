//! What is sent, and what happens when nobody takes it.

use chrono::TimeDelta;
use connect::State;
use connect_service::acts::{pause, ping, replay, resume};
use connect_service::reads::deliveries;
use platform::Fault;

use crate::ground::{Mood, Place, each_place, each_place_with};

const ACCEPTED: &str = "casework.accepted";

async fn log(place: &Place, id: uuid::Uuid) -> Vec<(i64, State, Option<String>, i32)> {
    let (lines, _) = deliveries(&place.counter(), id, None, 50).await.unwrap();
    lines.into_iter().rev().map(|line| (line.order, line.state, line.outcome, line.tries)).collect()
}

fn as_told(outcome: &str) -> Option<String> {
    Some(outcome.to_owned())
}

#[tokio::test]
async fn what_happens_is_told_signed_numbered_and_without_people() {
    each_place(async |place| {
        let made = place.subscribe(&place.counter(), &[ACCEPTED, "casework.decided"]).await.unwrap();
        for topic in [ACCEPTED, "casework.withdrawn", "casework.decided"] {
            place.happens(topic, "440604012", "market-chancheng").await;
            // What happens at one moment is heard in any order.
            place.settle().await;
        }
        let calls = place.receiver.calls();
        assert_eq!(place.receiver.orders(), [1, 2], "not what was not subscribed to");
        assert!(calls.iter().all(|call| call.is_signed_with(&made.secret) && !call.is_signed_with("another secret")));
        let body = &calls[0].body;
        assert_eq!(
            (body["topic"].as_str(), body["subject"].as_str(), body["order"].as_i64()),
            (Some(ACCEPTED), Some("a-case"), Some(1))
        );
        assert_eq!(body["facts"]["number"], "YM1");
        let text = String::from_utf8(calls[0].raw.clone()).unwrap();
        assert!(!text.contains("a-person") && !text.contains("三楼") && !text.contains("开办餐饮店"), "{text}");
        assert_eq!(log(place, made.id).await[0], (1, State::Taken, as_told("taken"), 1));
    })
    .await;
}

#[tokio::test]
async fn a_receiver_in_trouble_is_tried_again_with_pauses_under_the_same_number() {
    each_place(async |place| {
        let made = place.subscribe(&place.counter(), &[ACCEPTED]).await.unwrap();
        for (mood, outcome) in [(Mood::Error, "refused"), (Mood::Redirect, "refused"), (Mood::Slow, "slow")] {
            place.receiver.feel(mood);
            place.happens(ACCEPTED, "440604012", "market-chancheng").await;
            place.settle().await;
            let last = log(place, made.id).await.pop().unwrap();
            assert_eq!((last.1, last.2, last.3), (State::Waiting, as_told(outcome), 1), "{mood:?}");
        }
        assert_eq!(place.receiver.orders(), [1, 2, 3], "a redirect is not followed");
        place.settle().await;
        assert_eq!(place.receiver.calls().len(), 3, "not before its pause is over");
        place.receiver.feel(Mood::Well);
        place.clock.advance(TimeDelta::seconds(5));
        place.settle().await;
        let calls = place.receiver.calls();
        assert_eq!(calls.len(), 6);
        assert_eq!(calls.iter().filter(|call| call.delivery == calls[0].delivery).count(), 2, "the same delivery");
        assert!(log(place, made.id).await.iter().all(|one| one.1 == State::Taken && one.3 == 2));
    })
    .await;
}

#[tokio::test]
async fn a_receiver_gone_for_good_is_paused_and_loses_nothing() {
    each_place(async |place| {
        let made = place.subscribe(&place.counter(), &[ACCEPTED]).await.unwrap();
        place.receiver.feel(Mood::Error);
        for _ in 0..3 {
            place.happens(ACCEPTED, "440604012", "market-chancheng").await;
        }
        for _ in 0..12 {
            place.settle().await;
            place.clock.advance(TimeDelta::hours(13));
        }
        let one = connect_service::reads::one(&place.counter(), made.id).await.unwrap();
        let called = place.receiver.calls().len();
        assert_eq!((one.pause_reason.as_deref(), one.failures as usize), (Some("failures"), called));
        assert!((20..=22).contains(&called), "{called}: at most the other two were under way when it was paused");
        place.happens(ACCEPTED, "440604012", "market-chancheng").await;
        place.settle().await;
        assert_eq!(place.receiver.calls().len(), called, "nobody is called while it is paused");
        assert_eq!(ping(&place.counter(), None, made.id).await, Err(Fault::Conflict));
        place.receiver.feel(Mood::Well);
        resume(&place.counter(), None, made.id).await.unwrap();
        place.settle().await;
        assert!(log(place, made.id).await.iter().all(|one| one.1 == State::Taken), "{:?}", log(place, made.id).await);
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_is_sent_again_from_a_number_on() {
    each_place(async |place| {
        let made = place.subscribe(&place.counter(), &[ACCEPTED]).await.unwrap();
        for _ in 0..3 {
            place.happens(ACCEPTED, "440604012", "market-chancheng").await;
        }
        place.settle().await;
        assert_eq!(replay(&place.counter(), None, made.id, 2).await, Ok(2));
        ping(&place.counter(), None, made.id).await.unwrap();
        place.settle().await;
        let mut orders = place.receiver.orders();
        orders.sort_unstable();
        assert_eq!(orders, [1, 2, 2, 3, 3, 4]);
        let ids: std::collections::BTreeSet<String> =
            place.receiver.calls().into_iter().map(|call| call.delivery).collect();
        assert_eq!(ids.len(), 4, "sent again it is the same delivery");
        pause(&place.counter(), None, made.id).await.unwrap();
        assert_eq!(replay(&place.counter(), None, made.id, 1).await, Err(Fault::Conflict));
    })
    .await;
}

#[tokio::test]
async fn nobody_inside_is_called() {
    each_place_with(
        |config| config.webhooks_private = false,
        async |place| {
            let clerk = place.counter();
            let refused = place.subscribe(&clerk, &[ACCEPTED]).await.unwrap_err();
            assert_eq!(refused, Fault::field("url", "webhook-url"), "no TLS");
            for (url, code) in [
                ("https://127.0.0.1/hook", "webhook-inside"),
                ("https://169.254.169.254/latest", "webhook-inside"),
                ("https://[::1]/hook", "webhook-inside"),
                ("https://user:pass@example.com/", "webhook-url"),
                ("ftp://example.com/", "webhook-url"),
                ("example.com", "webhook-url"),
            ] {
                let order = connect_service::acts::Subscribe { url: url.into(), topics: [ACCEPTED.to_owned()].into() };
                let fault = connect_service::acts::subscribe(&clerk, None, order).await.unwrap_err();
                assert_eq!(fault, Fault::field("url", code), "{url}");
            }
            // A name is judged when it is called: this one leads here.
            let url = "https://localhost:1/hook".to_owned();
            let order = connect_service::acts::Subscribe { url, topics: [ACCEPTED.to_owned()].into() };
            let made = connect_service::acts::subscribe(&clerk, None, order).await.unwrap();
            place.happens(ACCEPTED, "440604012", "market-chancheng").await;
            place.settle().await;
            assert_eq!(log(place, made.id).await, [(1, State::Waiting, as_told("forbidden"), 1)]);
        },
    )
    .await;
}

//! How one is sent: once, not at night, not too often, again and again while the other side is down, and what is known of
//! it afterwards.

use messages::{FaultCode, State};
use messages_service::acts::send_again;
use messages_service::reads::{self, SendingLine};
use platform::Fault;
use serde_json::json;

use crate::ground::{Place, each_place, each_place_with};

async fn lines(place: &Place) -> Vec<SendingLine> {
    reads::sendings(&place.admin(), false, None, 50).await.unwrap().lines
}

/// Every two hours for two days: longer than anything is tried.
async fn days_pass(place: &Place) {
    for _ in 0..24 {
        place.clock.advance(chrono::TimeDelta::hours(2));
        place.settle().await;
    }
}

#[tokio::test]
async fn what_was_taken_and_not_answered_is_asked_again_and_brought_once() {
    each_place(async |place| {
        place.mood("sms", json!({ "garbled": true })).await;
        place.apply().await;
        place.settle().await;
        let line = &lines(place).await[0];
        assert_eq!((line.state, line.fault, line.tries), (State::Failed, Some(FaultCode::Garbled), 1));
        place.mood("sms", json!({})).await;
        place.at("2026-03-02 09:31").await;
        // On a slow machine the receipt is there before we look.
        let state = lines(place).await[0].state;
        assert!(matches!(state, State::Sent | State::Arrived), "{state:?}");
        let taken = place.taken("sms").await;
        assert_eq!((taken.len(), taken[0]["asked"].as_u64()), (1, Some(2)));
    })
    .await;
}

#[tokio::test]
async fn at_night_it_waits_for_the_morning() {
    each_place(async |place| {
        place.at("2026-03-02 22:15").await;
        place.apply().await;
        place.settle().await;
        assert_eq!(place.titles().await.len(), 1, "the portal does not sleep");
        assert_eq!((lines(place).await[0].state, place.taken("sms").await.len()), (State::Held, 0));
        place.at("2026-03-03 07:59").await;
        assert_eq!(place.taken("sms").await.len(), 0);
        place.at("2026-03-03 08:00").await;
        assert_eq!((lines(place).await[0].state, place.taken("sms").await.len()), (State::Sent, 1));
    })
    .await;
}

#[tokio::test]
async fn when_the_other_side_stays_down_it_is_given_up_shown_and_sent_again_by_hand() {
    each_place(async |place| {
        place.mood("sms", json!({ "down": true })).await;
        place.apply().await;
        place.settle().await;
        days_pass(place).await;
        assert_eq!(platform::queue::dead_letters(&place.world.db, 10).await.unwrap(), [], "it has a list of its own");
        let found = reads::sendings(&place.admin(), true, None, 50).await.unwrap();
        assert_eq!((found.troubles, found.lines[0].state, found.lines[0].tries), (1, State::GivenUp, 12));
        let id = found.lines[0].id;
        assert_eq!(send_again(&place.clerk(), None, id).await, Err(Fault::NotAllowed));
        place.mood("sms", json!({})).await;
        send_again(&place.admin(), None, id).await.unwrap();
        assert_eq!(send_again(&place.admin(), None, id).await, Err(Fault::Conflict), "it is on its way");
        place.settle().await;
        let found = reads::sendings(&place.admin(), true, None, 50).await.unwrap();
        assert_eq!((found.troubles, lines(place).await[0].state), (0, State::Sent));
        assert_eq!(place.taken("sms").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_report_counts_when_it_is_signed_and_what_was_lost_is_asked_anew() {
    each_place(async |place| {
        place.mood("sms", json!({ "early": true, "twice": true })).await;
        place.apply().await;
        place.settle().await;
        assert_eq!(lines(place).await[0].state, State::Arrived, "even before the answer");
        let late = json!({ "event": "receipt", "id": place.taken("sms").await[0]["id"], "arrived": false });
        assert_eq!(place.call_back("/callbacks/sms", &late).await, 401, "nobody signed it");
        assert_eq!(lines(place).await[0].state, State::Arrived);
    })
    .await;
    each_place(async |place| {
        place.mood("sms", json!({ "early": true, "forged": true })).await;
        place.apply().await;
        place.settle().await;
        assert_eq!(lines(place).await[0].state, State::Sent, "a forged report tells nothing");
    })
    .await;
    each_place(async |place| {
        place.mood("sms", json!({ "early": true, "wrong": true })).await;
        place.apply().await;
        place.settle().await;
        let line = lines(place).await.remove(0);
        assert_eq!((line.state, line.may_send_again), (State::Lost, true));
        place.mood("sms", json!({ "early": true })).await;
        send_again(&place.admin(), None, line.id).await.unwrap();
        place.settle().await;
        assert_eq!((lines(place).await[0].state, place.taken("sms").await.len()), (State::Arrived, 2));
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_more_in_a_day_than_the_installation_says() {
    each_place_with(
        |config| config.limits.messages_person_day = 2,
        async |place| {
            for _ in 0..3 {
                place.apply().await;
            }
            place.settle().await;
            assert_eq!((place.titles().await.len(), place.taken("sms").await.len()), (3, 2));
            place.at("2026-03-03 08:00").await;
            assert_eq!(place.taken("sms").await.len(), 3, "the third came with the morning");
        },
    )
    .await;
    each_place_with(
        |config| config.limits.messages_minute = 1,
        async |place| {
            place.apply().await;
            place.apply().await;
            place.settle().await;
            assert_eq!(place.taken("sms").await.len(), 1);
            place.at("2026-03-02 09:32").await;
            assert_eq!(place.taken("sms").await.len(), 2);
        },
    )
    .await;
}

#[tokio::test]
async fn without_a_line_it_waits_and_says_so() {
    each_place_with(
        |config| config.lines.clear(),
        async |place| {
            place.apply().await;
            place.settle().await;
            let line = &lines(place).await[0];
            assert_eq!((line.state, line.fault), (State::Failed, Some(FaultCode::NoLine)));
            assert_eq!(place.titles().await.len(), 1);
        },
    )
    .await;
}

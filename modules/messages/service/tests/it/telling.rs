//! What is told, to whom, in which words.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use messages::Kind;
use messages_service::reads;
use platform::{Fault, Listener};
use records::{Purpose, Why};

use crate::ground::{each_place, founder};

#[tokio::test]
async fn a_matter_is_told_at_every_turn_and_no_sms_names_the_person() {
    each_place(async |place| {
        let opened = place.apply().await;
        place.clock.advance(TimeDelta::minutes(1));
        place.ask_to_correct(&opened).await;
        place.clock.advance(TimeDelta::minutes(1));
        place.correct(&opened).await;
        place.clock.advance(TimeDelta::minutes(1));
        place.accept(&opened).await;
        // All at once and in any order: the portal tells them in the order they happened.
        place.settle().await;
        let titles = place.titles().await;
        assert_eq!(titles.len(), 4, "{titles:?}");
        for (title, begins) in
            titles.iter().rev().zip(["“开办餐饮店”的申请", "“个体工商户", "“个体工商户", "“个体工商户"])
        {
            assert!(title.starts_with(begins), "{titles:?}");
        }
        assert!(titles[2].contains("需要补正") && titles[0].contains("已受理"), "{titles:?}");
        let sms = place.taken("sms").await;
        assert_eq!(sms.len(), 4, "{sms:?}");
        let (visit, own) = (place.founder(), Purpose::of(Why::OwnRecord));
        let person = records_service::reads::person(&visit, founder().subject, &own).await.unwrap();
        for one in &sms {
            let text = one["text"].as_str().unwrap();
            assert!(text.starts_with("【禅城一门】"), "{text}");
            assert_eq!(one["to"].as_str(), person.mobile.as_deref());
            for secret in [founder().name, founder().citizen_id.as_str(), person.mobile.as_deref().unwrap()] {
                assert!(!text.contains(secret), "{text}");
            }
            assert_eq!(messages::sms::check(text), Ok(()));
        }
        let looks = records_service::reads::lookups_of(&place.founder(), founder().subject, 50).await.unwrap();
        assert_eq!(looks.iter().filter(|look| look.why == Why::Told).count(), 4, "the person sees every look");
    })
    .await;
}

/// One listener that fails has all of them hear the event again.
#[tokio::test]
async fn heard_twice_it_is_told_once() {
    each_place(async |place| {
        let opened = place.apply().await;
        place.accept(&opened).await;
        let heard = Arc::new(AtomicU32::new(0));
        let counting = heard.clone();
        let fails_once = Listener::new("casework.accepted", "test.fails-once", move |_, _| {
            let first = counting.fetch_add(1, Ordering::SeqCst) == 0;
            async move { if first { Err(Fault::unavailable("test")) } else { Ok(()) } }
        });
        // It stands behind the messages in the row, so that they have heard before it fails.
        place.settle_beside(vec![fails_once]).await;
        place.clock.advance(TimeDelta::minutes(1));
        place.settle().await;
        assert_eq!(
            (heard.load(Ordering::SeqCst), place.titles().await.len(), place.taken("sms").await.len()),
            (1, 2, 2)
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_due_soon_is_told_once_more_if_it_is_still_owed() {
    each_place(async |place| {
        let opened = place.apply().await;
        place.ask_to_correct(&opened).await;
        place.settle().await;
        let due = casework_service::reads::awaited_by(&place.clerk(), opened.cases[0].case).await.unwrap()[0];
        let near = |titles: &[String]| titles.iter().filter(|title| title.contains("期限快到了")).count();
        // Two working days before the last day, and not before that.
        let mut day = due;
        for _ in 0..2 {
            day = day.pred_opt().unwrap();
            while !place.calendar().is_workday(day).unwrap() {
                day = day.pred_opt().unwrap();
            }
        }
        place.at(&format!("{} 08:59", day)).await;
        assert_eq!(near(&place.titles().await), 0);
        place.at(&format!("{} 09:00", day)).await;
        assert_eq!(near(&place.titles().await), 1);
        assert!(place.taken("sms").await[0]["text"].as_str().unwrap().contains("提醒"));
    })
    .await;
    each_place(async |place| {
        let opened = place.apply().await;
        place.ask_to_correct(&opened).await;
        place.settle().await;
        let due = casework_service::reads::awaited_by(&place.clerk(), opened.cases[0].case).await.unwrap()[0];
        place.correct(&opened).await;
        place.at(&format!("{} 09:30", due.pred_opt().unwrap())).await;
        assert!(!place.titles().await.iter().any(|title| title.contains("期限快到了")), "nothing is owed any more");
    })
    .await;
}

#[tokio::test]
async fn opening_a_message_is_reading_it_and_nobody_reads_anothers() {
    each_place(async |place| {
        let opened = place.apply().await;
        place.clock.advance(TimeDelta::minutes(1));
        place.accept(&opened).await;
        place.settle().await;
        let founder = place.founder();
        assert_eq!(reads::unread(&founder).await.unwrap(), 2);
        let inbox = reads::inbox(&founder, None, 1).await.unwrap();
        assert_eq!((inbox.messages.len(), inbox.messages[0].kind), (1, Kind::Accepted));
        let next = reads::inbox(&founder, inbox.next, 1).await.unwrap();
        assert_eq!((next.messages[0].kind, next.next), (Kind::Received, None));
        let id = inbox.messages[0].id;
        messages_service::acts::mark_read(&founder, id).await.unwrap();
        assert_eq!(reads::unread(&founder).await.unwrap(), 1);
        messages_service::acts::mark_all_read(&founder, id).await.unwrap();
        assert_eq!(reads::unread(&founder).await.unwrap(), 0);
        let other = access_service::Visit::of(
            &place.world,
            access::Actor::resident("0193a000-0000-7000-8000-00000000ffff", "某人"),
        );
        assert_eq!(reads::message(&other, id).await, Err(Fault::NotFound));
        assert_eq!(reads::inbox(&place.clerk(), None, 5).await, Err(Fault::NotAllowed));
    })
    .await;
}

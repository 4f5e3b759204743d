//! The queue before its keeper: what failed and why, trying again, giving up on the record, and nothing personal.

use axum::http::StatusCode;
use platform::journal::{named_chain, read};
use platform::queue::{self, Place, TRIES_MAX};
use platform::{Clock, Dispatcher, Fault, Job, JobKind};
use uuid::Uuid;

use crate::house::{House, hidden};

/// A phone number no page may show.
const PHONE: &str = "13800138000";

async fn schedule(house: &House, jobs: impl IntoIterator<Item = Job>) {
    let jobs: Vec<Job> = jobs.into_iter().collect();
    let schedule = async |tx: platform::Tx| {
        jobs.iter().cloned().for_each(|job| tx.schedule(job));
        Ok(())
    };
    house.world.db.write(None, &schedule).await.unwrap();
}

/// One job that failed as often as it may, and one that failed once; both hold a phone number.
async fn failing(house: &House) -> (Uuid, Uuid) {
    let world = &house.world;
    let subject = Uuid::new_v4();
    let job = |about: String| Job::new("test.send-sms", about).holding(&serde_json::json!({ "to": PHONE }));
    schedule(house, [job(subject.to_string())]).await;
    let worker =
        JobKind::new("test.send-sms", |_, _| async { Err(Fault::unavailable(format!("gateway refused {PHONE}"))) });
    let dispatcher = Dispatcher::new(world.clone(), vec![], vec![worker]);
    let Clock::Fixed(hand) = &world.clock else { panic!("the clock stands still") };
    for _ in 0..TRIES_MAX {
        dispatcher.round().await.unwrap();
        hand.advance(chrono::TimeDelta::hours(3));
    }
    schedule(house, [job(PHONE.to_owned())]).await;
    dispatcher.round().await.unwrap();
    let dead = queue::items(&world.db, Place::Dead, None, 10).await.unwrap();
    let waiting = queue::items(&world.db, Place::Waiting, None, 100).await.unwrap();
    let waiting = waiting.iter().find(|item| item.topic == "test.send-sms").expect("it waits");
    (dead[0].id, waiting.id)
}

#[tokio::test]
async fn the_administrator_sees_what_failed_tries_again_and_gives_up_on_the_record() {
    let house = House::build().await;
    let (dead, waiting) = failing(&house).await;
    let mut admin = house.officer("admin1").await;

    let list = admin.get("/desk/work?place=dead").await;
    assert!(list.text.contains("test.send-sms") && list.text.contains(&format!("/desk/work/{dead}")), "{}", list.text);
    let page = admin.get(&format!("/desk/work/{dead}")).await;
    assert_eq!(page.text.matches("对方不可用：gateway refused ***").count(), TRIES_MAX as usize, "{}", page.text);
    let other = admin.get(&format!("/desk/work/{waiting}")).await;
    assert!(!other.text.contains("放弃并记录"), "what is still tried is not given up: {}", other.text);
    for text in [&list.text, &page.text, &other.text] {
        assert!(!text.contains(PHONE), "a number is shown:\n{text}");
    }

    let retry = format!("/desk/work/{waiting}/retry");
    let key = hidden(&other.text, &retry, "_key");
    let done = admin.send(&retry, &[("_key", &key)]).await;
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, "/desk/work"));
    assert!(admin.get("/desk/work").await.text.contains("已重新排队"));
    let again = admin.send(&retry, &[("_key", &key)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "sent twice, done once");

    let give_up = format!("/desk/work/{dead}/give-up");
    let empty = admin.send(&give_up, &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("请填写放弃的原因"), "{}", empty.text);
    let done = admin.send(&give_up, &[("reason", &format!("号码 {PHONE} 已停机"))]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(admin.get(&format!("/desk/work/{dead}")).await.status, StatusCode::NOT_FOUND);
    let record = read(house.world.db.reader(), named_chain("operations"), 0).await.unwrap();
    let acts: Vec<&str> = record.iter().map(|row| row.act.as_ref()).collect();
    assert_eq!(acts, ["access.retry-delivery", "access.give-up-delivery"]);
    assert!(
        record[1].payload.contains("号码 *** 已停机") && !record[1].payload.contains(PHONE),
        "{}",
        record[1].payload
    );
}

#[tokio::test]
async fn a_dead_letter_is_revived_by_hand() {
    let house = House::build().await;
    let (dead, _) = failing(&house).await;
    let mut admin = house.officer("admin1").await;
    assert_eq!(admin.send(&format!("/desk/work/{dead}/retry"), &[]).await.status, StatusCode::SEE_OTHER);
    let (item, troubles) = queue::item(&house.world.db, dead).await.unwrap();
    assert_eq!((item.place, item.tries, troubles.len()), (Place::Waiting, 0, TRIES_MAX as usize));
}

#[tokio::test]
async fn lists_go_on_where_the_page_ended() {
    let house = House::build().await;
    schedule(&house, (0..120).map(|number| Job::new("test.many", number))).await;
    let mut admin = house.officer("admin1").await;
    let (mut path, mut seen) = ("/desk/work".to_owned(), std::collections::BTreeSet::new());
    loop {
        let page = admin.get(&path).await.text;
        let rows: Vec<&str> =
            page.split("href=\"/desk/work/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(rows.len() <= 50 && !rows.is_empty(), "{} rows", rows.len());
        seen.extend(rows.into_iter().map(str::to_owned));
        let Some(next) = page.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()) else {
            break;
        };
        path = next.replace("&#38;", "&").replace("&amp;", "&");
    }
    let waiting = queue::loads(&house.world.db).await.unwrap();
    assert_eq!(seen.len() as u64, waiting.iter().map(|load| load.waiting).sum::<u64>());
}

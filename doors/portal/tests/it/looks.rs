//! Who looked: told by authority and post, objected to once, answered by the steward; and the copy a person takes.

use access_service::Visit;
use axum::http::StatusCode;
use casework_service::reads;
use district::demo;
use kernel::id::Uuid;
use platform::{Clock, Fault};
use records_service::acts::{AnswerObjection, ObjectToLook, answer_objection, object_to_look};
use records_service::looks::{looks, objections};

use crate::house::{House, hidden};

/// The clerk opens what the founder has filed.
async fn looked(house: &House) -> Visit {
    let opened = house.salon("salon-founder").await;
    let clerk = house.clerk_visit().await;
    reads::application_view(&clerk, opened.application).await.expect("the clerk sees it");
    clerk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_is_told_by_authority_and_post_objected_to_once_and_answered() {
    let house = House::build().await;
    let clerk = looked(&house).await;
    let cookie = house.resident("salon-founder").await;
    let page = house.get("/records/looks?why=case", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("综合窗口") && page.text.contains("办理申请"), "{}", page.text);
    assert!(page.text.contains("开一家理发店") || page.text.contains("理发"), "the matter is named");
    assert!(!page.text.contains(&clerk.actor.name), "officers are not named here");
    let none = house.get("/records/looks?why=issue", &cookie).await;
    assert!(none.text.contains("没有这样的查看"));

    let ask =
        page.text.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|href| href.ends_with("/object"));
    let ask = ask.expect("a way to object").to_owned();
    let form = house.get(&ask, &cookie).await;
    let (token, key) = (hidden(&form.text, "_csrf"), hidden(&form.text, "_key"));
    let empty = house.post(&ask, &cookie, &[("_csrf", &token), ("_key", &key), ("words", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = "那天我没有办这件事";
    let done = house.post(&ask, &cookie, &[("_csrf", &token), ("_key", &key), ("words", words)]).await;
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, "/records/looks?said=objected"));
    let page = house.get(&done.to, &cookie).await;
    assert!(page.text.contains("异议已经记下") && page.text.contains(words) && page.text.contains("正在核查"));
    assert_eq!(house.get(&ask, &cookie).await.to, "/records/looks", "there is no second objection");
    let other = house.resident("job-seeker").await;
    assert_eq!(house.get(&ask, &other).await.status, StatusCode::NOT_FOUND, "a look at somebody else");

    let steward = house.sample.officer_visit("steward1").await;
    let listed = objections(&steward).await.expect("the steward's list");
    assert_eq!((listed.len(), listed[0].0.words.as_str()), (1, words));
    assert_eq!(listed[0].1.actor, clerk.actor.id, "the steward sees who it was");
    assert_eq!(objections(&clerk).await, Err(Fault::NotAllowed));
    let answer = |words: &str| AnswerObjection { objection: listed[0].0.id, words: words.into() };
    assert_eq!(answer_objection(&clerk, None, answer("没有问题")).await, Err(Fault::NotAllowed));
    answer_objection(&steward, None, answer("查看依据是您当日的申请")).await.expect("the answer");
    assert_eq!(answer_objection(&steward, None, answer("再答一次")).await, Err(Fault::Conflict));
    let page = house.get("/records/looks", &cookie).await;
    assert!(page.text.contains("答复：查看依据是您当日的申请"));

    let again = ObjectToLook { look: listed[0].1.id, words: "再来".into() };
    let owner = house.sample.resident_visit("salon-founder");
    assert!(matches!(object_to_look(&owner, None, again.clone()).await, Err(Fault::Refusal(_))));
    let stranger = house.sample.resident_visit("job-seeker");
    assert_eq!(object_to_look(&stranger, None, again).await, Err(Fault::NotFound));
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_told_page_by_page_and_none_is_missed() {
    let house = House::build().await;
    let Clock::Fixed(hand) = house.world.clock.clone() else { panic!("the clock stands") };
    let owner = house.sample.resident_visit("salon-founder");
    let subject = demo("salon-founder").subject;
    for _ in 0..5 {
        let purpose = records::Purpose::of(records::Why::OwnRecord);
        records_service::reads::person(&owner, subject, &purpose).await.expect("the record");
        hand.advance_days(1);
    }
    let (mut after, mut seen): (Option<String>, Vec<Uuid>) = (None, Vec::new());
    loop {
        let page = looks(&owner, subject, None, after.as_deref(), 2).await.expect("a page");
        seen.extend(page.rows.iter().map(|(look, _)| look.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let all = looks(&owner, subject, None, None, 100).await.expect("all");
    assert_eq!(seen, all.rows.iter().map(|(look, _)| look.id).collect::<Vec<_>>());
    assert!(seen.len() >= 5, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_takes_a_copy_of_everything_three_times_a_day() {
    let house = House::build().await;
    looked(&house).await;
    let cookie = house.resident("salon-founder").await;
    let page = house.get("/records", &cookie).await;
    let (token, founder) = (hidden(&page.text, "_csrf"), demo("salon-founder"));
    let take = async || {
        let key = Uuid::new_v4().to_string();
        house.post("/records/export", &cookie, &[("_csrf", &token), ("_key", &key)]).await
    };
    let copy = take().await;
    assert_eq!((copy.status, copy.kind.as_str()), (StatusCode::OK, "application/json; charset=utf-8"), "{}", copy.text);
    let copy: serde_json::Value = serde_json::from_str(&copy.text).expect("JSON");
    assert_eq!(copy["person"]["citizen_id"], founder.citizen_id.as_str());
    assert_eq!(copy["applications"][0]["title"], "开一家理发店");
    assert!(copy["licences"].as_array().is_some_and(|all| !all.is_empty()));
    assert!(copy["looks"].as_array().is_some_and(|all| all.iter().any(|look| look["why"] == "本人导出")), "{copy:#}");
    assert_eq!(take().await.status, StatusCode::OK);
    assert_eq!(take().await.status, StatusCode::OK);
    assert_eq!(take().await.status, StatusCode::TOO_MANY_REQUESTS);
}

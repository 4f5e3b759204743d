//! A clerk fills in for the person at the window.

use access::Actor;
use access_service::Visit;
use axum::http::StatusCode;
use uuid::Uuid;

use crate::browser::Browser;
use crate::house::{house, person};
use crate::markup::{form, set};
use crate::way::{fill, submit};

#[tokio::test]
async fn the_clerk_files_for_the_person_in_front() {
    let (world, _folder) = house().await;
    let founder = person("salon-founder");
    let clerk = Browser::clerk(&world).await;
    let start = vec![
        ("_csrf".to_owned(), clerk.csrf.clone()),
        ("_key".to_owned(), Uuid::new_v4().to_string()),
        ("_subject".to_owned(), founder.subject.to_string()),
    ];
    let to = clerk.post("/matters/open-hair-salon/drafts", &start).await.leads();
    let draft = to.strip_suffix("/questions").expect("the questions come first").to_owned();
    let page = clerk.get(&to).await.ok();
    page.says("正在为 <b>陈嘉怡</b> 办理");
    page.says("data-door=\"desk\"");
    let mut answers = form(&page.html, &to);
    set(&mut answers, "site_area", "60");
    set(&mut answers, "_go", "plan");
    clerk.post(&to, &answers).await.leads();
    clerk.get(&format!("{draft}/plan")).await.ok().says("继续填写");
    fill(&world, &clerk, &draft).await;
    receive_on_paper(&clerk, &draft).await;
    let check = clerk.get(&format!("{draft}/check")).await.ok();
    check.says("已当面收到纸质材料");
    check.says("请申请人本人确认");
    let (application, _) = submit(&world, &clerk, &draft).await;
    let own = Visit::of(&world, Actor::resident(founder.subject.to_string(), founder.name));
    let seen = casework_service::reads::my_application(&own, application).await.expect("the person sees it");
    assert_eq!(seen.cases.len(), 2);
    let looks = records_service::reads::lookups_of(&own, founder.subject, 50).await.expect("the looks");
    let at_window = looks.iter().filter(|look| look.actor_name == "陈蔼仪" && look.why == records::Why::AtWindow);
    assert_eq!(at_window.count(), 1, "one look, however many pages the clerk has turned: {looks:?}");
    let whole = casework_service::reads::application_view(&Visit::system(&world), application).await;
    assert_eq!(
        whole.expect("the application").region_name,
        "祖庙街道",
        "where the shop lies, within the clerk's district"
    );
}

async fn receive_on_paper(clerk: &Browser, draft: &str) {
    let received = format!("{draft}/papers/received");
    let page = clerk.get(&format!("{draft}/papers")).await.ok();
    for key in crate::markup::uploads(&page.html) {
        let form = vec![
            ("_csrf".to_owned(), clerk.csrf.clone()),
            ("_slot".to_owned(), key),
            ("_received".to_owned(), "true".to_owned()),
        ];
        clerk.post(&received, &form).await.leads();
    }
    clerk.get(&format!("{draft}/papers")).await.ok().says("材料都交齐了");
}

#[tokio::test]
async fn the_person_goes_on_at_home_and_nobody_at_home_claims_paper_was_received() {
    let (world, _folder) = house().await;
    let founder = person("salon-founder");
    let clerk = Browser::clerk(&world).await;
    let start = vec![
        ("_csrf".to_owned(), clerk.csrf.clone()),
        ("_subject".to_owned(), founder.subject.to_string()),
        ("site_area".to_owned(), "60".to_owned()),
    ];
    let to = clerk.post("/matters/open-hair-salon/drafts", &start).await.leads();
    let draft = to.strip_suffix("/form").expect("answers came along").to_owned();
    let own = Browser::resident(&world, &founder).await;
    let page = own.get(&format!("{draft}/form")).await.ok();
    assert!(!page.html.contains("正在为"));
    let claim = vec![
        ("_csrf".to_owned(), own.csrf.clone()),
        ("_slot".to_owned(), "site-proof.premises".to_owned()),
        ("_received".to_owned(), "true".to_owned()),
    ];
    assert_eq!(own.post(&format!("{draft}/papers/received"), &claim).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_else_begins_a_draft_for_somebody() {
    let (world, _folder) = house().await;
    let founder = person("salon-founder");
    let other = Browser::resident(&world, &person("restaurant-founder")).await;
    let form = vec![
        ("_csrf".to_owned(), other.csrf.clone()),
        ("_subject".to_owned(), founder.subject.to_string()),
        ("site_area".to_owned(), "60".to_owned()),
    ];
    other.post("/matters/open-hair-salon/drafts", &form).await.leads();
    let theirs = Visit::of(&world, Actor::resident(founder.subject.to_string(), founder.name));
    let drafts = themes_service::reads::open_drafts(&theirs, founder.subject).await.expect("a list");
    assert!(drafts.is_empty(), "a resident's draft is their own, whatever the form says");
    let approver = Browser::staff(&world, "approver1").await;
    let form = vec![("_csrf".to_owned(), approver.csrf.clone()), ("_subject".to_owned(), founder.subject.to_string())];
    assert_eq!(approver.post("/matters/open-hair-salon/drafts", &form).await.status, StatusCode::FORBIDDEN);
    let visitor = Browser::visitor(&world);
    let to = visitor.post("/matters/open-hair-salon/drafts", &[("site_area".into(), "60".into())]).await.leads();
    assert!(to.starts_with("/sign-in?back=%2Fmatters%2Fopen-hair-salon%2Fplan"), "{to}");
}

//! The pages of connectors: what needs somebody, and what can be done about it.

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use outside::Lines;
use platform::Dispatcher;
use platform::config::LineConfig;
use serde_json::json;
use tokio::net::TcpListener;

use crate::house::{House, hidden};

const PAGE: &str = "/desk/connectors/signboard";

/// A house whose authority of signs reports a case that nobody has, and a state nobody agreed on.
async fn house() -> House {
    let house = House::build().await;
    let rows = ["30", "99"].map(|state| {
        json!({
            "event_no": format!("E{state}"), "case_no": "4406040000000000000000000000001", "state": state,
            "officer_no": "0012", "officer": "李秉文", "handler_no": "0007", "handler": "何少芬", "opinion": "符合<规范>",
        })
    });
    let answer = json!({ "reports": rows, "cursor": "2", "more": false });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let theirs = Router::new().route("/reports", get(async move || Json(answer)));
    tokio::spawn(async move { axum::serve(listener, theirs).await });
    let line = LineConfig { url, secret: "a-secret-of-both-ends".into(), timeout_s: 5 };
    house.world.parts.install(Lines::of(&[("authority".to_owned(), line)].into()).unwrap());
    connect_service::arrange(&house.world).await.unwrap();
    let dispatcher = Dispatcher::new(house.world.clone(), connect_service::listeners(), connect_service::jobs());
    dispatcher.run_until_empty().await.unwrap();
    house
}

#[tokio::test]
async fn what_was_not_followed_stands_with_both_sides_and_can_be_set_aside() {
    let house = house().await;
    let mut admin = house.officer("admin1").await;
    let list = admin.get("/desk/connectors").await;
    for words in ["户外招牌管理系统", "区城管", "接口", "有待处理"] {
        assert!(list.text.contains(words), "{words}: {}", list.text);
    }
    let page = admin.get(PAGE).await;
    for words in [
        "第1号报告",
        "没有这个办件编号",
        "准予（30）",
        "李秉文（0012）",
        "符合&#60;规范&#62;",
        "没有约定的状态",
        "没有找到办件",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let start = page.text.find("/desk/connectors/signboard/aside/").unwrap();
    let action = page.text[start..].split('"').next().unwrap().to_owned();
    let key = hidden(&page.text, &action, "_key");
    let faulty = admin.send(&action, &[("_key", &key), ("reason-2", " ")]).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text.contains("href=\"#f-reason-2\"") && faulty.text.contains("搁置的原因"), "{}", faulty.text);

    let done = admin.send(&action, &[("_key", &key), ("reason-2", "对方系统还在试运行")]).await;
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, PAGE));
    let page = admin.get(PAGE).await;
    assert!(page.text.contains("已搁置，办件没有变化") && page.text.contains("对方系统还在试运行"), "{}", page.text);
    assert!(!page.text.contains("第2号报告") && page.text.contains("第1号报告"));
}

#[tokio::test]
async fn it_is_tried_again_by_the_administrator_and_by_nobody_else() {
    let house = house().await;
    let mut admin = house.officer("admin1").await;
    let page = admin.get(PAGE).await;
    let start = page.text.find("/desk/connectors/signboard/again/").unwrap();
    let action = page.text[start..].split('"').next().unwrap().to_owned();
    let key = hidden(&page.text, &action, "_key");
    let mut approver = house.officer("urban-approver").await;
    assert_eq!(approver.get("/desk/connectors").await.status, StatusCode::FORBIDDEN);
    assert_eq!(approver.get(PAGE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(approver.send(&action, &[("_key", &key)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.send(&action, &[("_key", &key)]).await.to, PAGE);
    assert_eq!(admin.get("/desk/connectors/no-such").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_that_nobody_connected_says_so() {
    let house = House::build().await;
    let mut admin = house.officer("admin1").await;
    assert!(admin.get("/desk/connectors").await.text.contains("没有接通"));
    let page = admin.get(PAGE).await;
    for words in ["没有冲突", "没有推不出去的办件", "还没有报告", "还没有过"] {
        assert!(page.text.contains(words), "{words}");
    }
}

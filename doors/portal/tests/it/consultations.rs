//! What the public is asked about: anybody reads what would change and says something; nothing is shown before it is answered.

use authoring::form;
use authoring::{Order, Subject};
use authoring_service::acts::{
    AnswerComment, OpenRevision, Part, answer_comment, edit_section, open_revision, order_revision,
};
use authoring_service::reads::{consultations, revisions};
use axum::http::StatusCode;

use crate::house::House;

const ITEM: &str = "sign-filing";

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_reads_what_would_change_and_says_something() {
    let house = House::build().await;
    let (admin, office) =
        (house.sample.officer_visit("urban-item-admin").await, house.sample.officer_visit("standards1").await);
    assert!(house.get("/consultations", "").await.text.contains("现在没有正在征求意见的改动"));
    let order =
        OpenRevision { title: "招牌备案写明效果图要求".into(), item: Some(ITEM.into()), request: None };
    let id = open_revision(&admin, None, order).await.unwrap();
    let page = format!("/consultations/{id}");
    assert_eq!(house.get(&page, "").await.status, StatusCode::NOT_FOUND, "a draft is nobody's business yet");
    let item = revisions::record(&admin, id, Subject::Item, ITEM).await.unwrap();
    let section = Subject::Item.section("materials").unwrap();
    let mut rows = form::rows(section, &item.value);
    rows[2].cells.insert("standard", vec!["标明尺寸和位置".into()]);
    edit_section(&admin, None, id, Part { subject: Subject::Item, id: ITEM, section, seen: None }, &rows)
        .await
        .unwrap();
    order_revision(&admin, None, id, Order::Submit { remark: "写明要求".into() }).await.unwrap();
    let last_day = admin.today() + chrono::Days::new(20);
    order_revision(&office, None, id, Order::Consult { last_day }).await.unwrap();

    let list = house.get("/consultations", "").await.text;
    assert!(list.contains("招牌备案写明效果图要求") && list.contains("可以提意见"), "{list}");
    let shown = house.get(&page, "").await.text;
    assert!(shown.contains("申请材料 · 受理标准") && shown.contains("标明尺寸和位置"), "{shown}");
    let none = house.post(&page, "", &[("said", "好")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text.contains("请填写您的态度"), "{}", none.text);
    let silent = house.post(&page, "", &[("stance", "suggestion"), ("said", " ")]).await;
    assert!(silent.text.contains("请填写您的意见"), "{}", silent.text);
    let said = house.post(&page, "", &[("stance", "suggestion"), ("said", "租的场所也不用交")]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text);
    let after = house.get(&format!("{page}?thanks=1"), "").await.text;
    assert!(after.contains("已经收到您的意见") && !after.contains("租的场所也不用交"), "{after}");
    let resident = house.resident("salon-founder").await;
    assert!(house.get(&page, &resident).await.text.contains("是否让部门知道您是谁"));

    let (_, all, _) = consultations::said(&office, id, None).await.unwrap();
    let answer = AnswerComment { answer: "租用场所仍要核对权属。".into(), shown: true };
    answer_comment(&office, None, all[0].id, answer).await.unwrap();
    let after = house.get(&page, "").await.text;
    assert!(after.contains("租的场所也不用交") && after.contains("租用场所仍要核对权属。"), "{after}");
}

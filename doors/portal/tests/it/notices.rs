//! Notices for whom they are for, and the page where a stranger checks one.

use axum::http::StatusCode;

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_read_by_its_applicant_and_checked_by_anybody() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let owner = house.resident("salon-founder").await;
    let matter = house.get(&format!("/applications/{}", opened.application), &owner).await;
    assert!(matter.text.contains("收到的文书") && matter.text.contains("材料接收凭证"), "{}", matter.text);
    let id = matter.text.split("/notices/").nth(1).and_then(|rest| rest.split('"').next()).expect("a notice");

    let page = house.get(&format!("/notices/{id}"), &owner).await;
    for word in ["佛山市禅城区政务服务和数据管理局", "禅政数收〔2026〕1号", "不代表申请已被受理"]
    {
        assert!(page.text.contains(word), "{word}: {}", page.text);
    }
    // No press stands in this house: the page is there all the same.
    assert_eq!(house.get(&format!("/notices/{id}/pdf"), &owner).await.status, StatusCode::SERVICE_UNAVAILABLE);

    let code = page.text.split("查验码：<b>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code");
    let told = house.get(&format!("/notices/verify?code={}", code.to_lowercase()), "").await;
    for word in ["真实有效", "禅政数收〔2026〕1号", "材料接收凭证"] {
        assert!(told.text.contains(word), "{word}: {}", told.text);
    }
    let name = page.text.split("doc-to\">").nth(1).and_then(|rest| rest.split('：').next()).expect("a name");
    assert!(!told.text.contains(name), "a stranger does not learn the name");

    let wrong = house.get("/notices/verify?code=ABCD-EFGH-JKMN-PQRS", "").await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert!(wrong.text.contains("没有查到这个查验码") && !wrong.text.contains("真实有效"));
    let hostile = house.get("/notices/verify?code=%3Cscript%3E%27--", "").await;
    assert!(hostile.text.contains("没有查到这个查验码") && !hostile.text.contains("<script>\u{27}"));
}

//! Notices on the desk: listed where the matter is, read by those it is for, made void by who answers for them.

use axum::http::StatusCode;

use crate::house::{House, hidden};

#[tokio::test]
async fn a_notice_is_listed_shown_and_made_void_with_a_reason() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let accepted = clerk.send(&format!("/desk/applications/{}/orders/accept", filed.application), &[]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
    let page = clerk.get(&format!("/desk/applications/{}", filed.application)).await;
    for title in ["材料接收凭证", "受理通知书", "综合窗口受理交接单"] {
        assert!(page.text.contains(title), "{title}");
    }

    let mut approver = house.officer("health-approver").await;
    let case = approver.get(&format!("/desk/cases/{}", filed.case)).await;
    assert!(!case.text.contains("材料接收凭证"), "what concerns the whole is not this authority's");
    let id = case.text.split("/desk/notices/").nth(1).and_then(|rest| rest.split('"').next()).expect("a notice");
    let (path, action) = (format!("/desk/notices/{id}"), format!("/desk/notices/{id}/void"));
    let shown = approver.get(&path).await;
    assert!(shown.text.contains("禅卫健受〔2026〕1号") && shown.text.contains("行政审批专用章"), "{}", shown.text);

    assert!(!clerk.get(&path).await.text.contains("作废这份文书"), "the window voids nothing");
    assert_eq!(clerk.send(&action, &[("reason", "错")]).await.status, StatusCode::FORBIDDEN);
    let mut elsewhere = house.officer("market-approver").await;
    assert_eq!(elsewhere.get(&path).await.status, StatusCode::NOT_FOUND);

    let key = hidden(&shown.text, &action, "_key");
    let blank = approver.send(&action, &[("_key", &key), ("reason", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.text.contains("作废文书须说明理由"), "{}", blank.text);
    let done = approver.send(&action, &[("_key", &key), ("reason", "事项名称打印有误")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let after = approver.get(&path).await;
    for word in ["文书已作废，文号保留", "事项名称打印有误", "（印章）"] {
        assert!(after.text.contains(word), "{word}: {}", after.text);
    }
    assert!(!after.text.contains("作废这份文书"), "void once and for all");
}

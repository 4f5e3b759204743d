//! The licence that stands for a paper, as the officer looks at it.

use axum::http::StatusCode;
use casework_service::{NewPaper, PaperReason, PaperStatus};
use catalog::model::HolderRole;

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_sees_the_licence_marked_with_the_matter_and_its_holder_sees_the_look() {
    let house = House::build().await;
    let card = NewPaper {
        material: "id-card".into(),
        name: "身份证".into(),
        holder: HolderRole::Operator,
        scope: None,
        status: PaperStatus::Exempt,
        reason: Some(PaperReason {
            code: "licence".into(), text: "电子证照库中已有有效的居民身份证，不用提交".into()
        }),
        file: None,
        asked_by: Vec::new(),
    };
    let filed = house.file_paper(card).await;
    let mut clerk = house.officer("clerk1").await;
    let page = clerk.get(&format!("/desk/applications/{}", filed.application)).await;
    assert!(page.text.contains("可信等级 B 库中核实") && page.text.contains("看证照"), "{}", page.text);
    let shown = clerk.get(&format!("/desk/papers/{}/licence", filed.paper)).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    for word in ["居民身份证", "公民身份号码", "仅供办理", &filed.number, "已记入持证人的查看记录"]
    {
        assert!(shown.text.contains(word), "{word}: {}", shown.text);
    }
    let mut other = house.officer("market-approver").await;
    assert_eq!(other.get(&format!("/desk/papers/{}/licence", filed.paper)).await.status, StatusCode::NOT_FOUND);
}

//! The window: from a number to a person to a draft.

use axum::http::StatusCode;

use crate::house::{House, demo, hidden};

#[tokio::test]
async fn a_number_leads_to_a_person_a_matter_and_a_draft() {
    let house = House::build().await;
    let mut clerk = house.officer("clerk1").await;
    let founder = demo("salon-founder");
    let number = founder.citizen_id.to_string();
    let found = clerk.send("/desk/window", &[("citizen_id", &format!(" {number} "))]).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text);
    assert!(found.text.contains(founder.name) && found.text.contains("查询已记录：窗口当面办理"), "{}", found.text);
    assert!(!found.text.contains(&format!("<span>{number}")), "the number is masked beside the name");

    let searched = clerk.send("/desk/window", &[("citizen_id", &number), ("q", "想开个发廊")]).await.text;
    assert!(searched.contains("/matters/open-hair-salon/drafts") && !searched.contains("/matters/newborn/drafts"));
    let action = "/matters/open-hair-salon/drafts";
    let (subject, key) = (hidden(&searched, action, "_subject"), hidden(&searched, action, "_key"));
    assert_eq!(subject, founder.subject.to_string());
    let begun = clerk.send(action, &[("_subject", &subject), ("_key", &key)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    assert!(begun.to.starts_with("/drafts/"), "{}", begun.to);
    assert_eq!(clerk.get(&begun.to).await.status.as_u16() / 100, 2);
    let none = clerk.send("/desk/window", &[("citizen_id", &number), ("q", "火星移民")]).await.text;
    assert!(none.contains("没有找到和“火星移民”相近的事"));
}

#[tokio::test]
async fn a_wrong_number_is_told_and_a_stranger_is_taken_in_by_the_card() {
    let house = House::build().await;
    let mut clerk = house.officer("clerk1").await;
    for (number, said) in
        [("4406", "应当是 18 位"), ("11010119900307003X", "校验位不对"), ("11010119901307003X", "不存在")]
    {
        let answer = clerk.send("/desk/window", &[("citizen_id", number)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text.contains(said) && answer.text.contains(&format!(r#"value="{number}""#)), "{}", answer.text);
    }
    let stranger = "110101199003070038";
    let unknown = clerk.send("/desk/window", &[("citizen_id", stranger)]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text.contains("查无此人"));
    let taken = clerk.send("/desk/window", &[("citizen_id", stranger), ("name", "赵远来")]).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    assert!(taken.text.contains("赵远来") && taken.text.contains("仅实名认证"));
}

#[tokio::test]
async fn invented_people_stand_at_the_window_of_a_demonstration_only() {
    let house = House::build().await;
    let mut clerk = house.officer("clerk1").await;
    let number = demo("salon-founder").citizen_id.to_string();
    house.world.parts.install(access_service::DemoMode(false));
    assert!(!clerk.get("/desk/window").await.text.contains(&number));
    house.world.parts.install(access_service::DemoMode(true));
    assert!(clerk.get("/desk/window").await.text.contains(&number));
}

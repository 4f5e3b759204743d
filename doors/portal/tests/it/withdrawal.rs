//! Withdrawing: asked once, done once, and shown.

use axum::http::StatusCode;

use crate::house::{House, hidden};

#[tokio::test(flavor = "multi_thread")]
async fn one_case_is_withdrawn_and_the_other_goes_on_then_all() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let cookie = house.resident("salon-founder").await;
    let own = format!("/applications/{}", opened.application);
    let path = format!("{own}/withdraw");
    let page = house.get(&path, &cookie).await;
    assert!(page.text.contains("2 件全部撤回") && page.text.contains("撤回以后不能恢复"));
    let (token, key) = (hidden(&page.text, "_csrf"), hidden(&page.text, "_key"));
    let permit = opened.cases.iter().find(|case| case.item == "hygiene-permit-salon").unwrap().case.to_string();
    let form = [("_csrf", token.as_str()), ("_key", &key), ("case", &permit), ("reason", "先不开了")];
    let done = house.post(&path, &cookie, &form).await;
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, format!("{own}?said=withdrawn").as_str()));
    let again = house.post(&path, &cookie, &form).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "the same request shows the same result");
    let matter = house.get(&done.to, &cookie).await;
    assert!(matter.text.contains("已经撤回。") && matter.text.contains("先不开了"));
    assert!(matter.text.contains(&path), "the other case can still be withdrawn");

    let key = hidden(&house.get(&path, &cookie).await.text, "_key");
    house.post(&path, &cookie, &[("_csrf", &token), ("_key", &key), ("case", "all")]).await;
    let matter = house.get(&own, &cookie).await;
    assert!(!matter.text.contains(&path), "nothing is left to withdraw");
    assert_eq!(house.get(&path, &cookie).await.to, own);
    let refused = house.post(&path, &cookie, &[("_csrf", &token), ("case", &permit)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

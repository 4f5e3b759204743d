//! The page of the exchange: the steward makes a batch and takes its file, the administrator only looks.

use axum::http::{StatusCode, header};

use crate::house::{House, hidden};

const PAGE: &str = "/desk/exchange";

#[tokio::test]
async fn the_steward_makes_a_batch_and_takes_its_file_and_the_administrator_only_looks() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let accepted = clerk.send(&format!("/desk/applications/{}/orders/accept", filed.application), &[]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER);

    let mut steward = house.officer("steward1").await;
    let page = steward.get(PAGE).await;
    assert!(page.text.contains("数据上报") && page.text.contains("还没有批次"), "{}", page.text);
    let key = hidden(&page.text, PAGE, "_key");
    let made = steward.send(PAGE, &[("_key", &key)]).await;
    assert_eq!((made.status, made.to.as_str()), (StatusCode::SEE_OTHER, PAGE));
    let page = steward.get(PAGE).await;
    for words in ["已汇总成新的一批", "受理信息：新增 1", "未取走", "下载"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert_eq!(steward.send(PAGE, &[("_key", &key)]).await.to, PAGE);
    assert!(steward.get(PAGE).await.text.contains("已经"), "pressed twice with one key it was done once");
    let start = page.text.find("/desk/exchange/2").expect("a file");
    let file = page.text[start..].split('"').next().expect("an address").to_owned();

    let mut admin = house.officer("admin1").await;
    let seen = admin.get(PAGE).await;
    assert!(seen.text.contains("受理信息：新增 1") && !seen.text.contains(&file), "{}", seen.text);
    assert!(!seen.text.contains("现在汇总上报"));
    assert_eq!(admin.get(&file).await.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.get(PAGE).await.status, StatusCode::FORBIDDEN);

    let taken = steward.get(&file).await;
    assert_eq!((taken.status, &taken.text[..2]), (StatusCode::OK, "PK"));
    assert_eq!(taken.headers[header::CONTENT_TYPE], "application/zip");
    assert!(steward.get(PAGE).await.text.contains("已取走"));
}

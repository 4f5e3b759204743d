//! The to-do list: as long as the installation says, and on from page to page.

use crate::house::House;

#[tokio::test]
async fn a_page_of_the_list_is_as_long_as_the_installation_says() {
    let house = House::build_with(|config| config.limits.page_rows = 2).await;
    for _ in 0..3 {
        house.file().await;
    }
    let mut clerk = house.officer("clerk1").await;
    let first = clerk.get("/desk").await.text;
    assert!(first.contains("本页 2 件，共 3 件"), "{first}");
    let (_, rest) = first.split_once("rel=\"next\" href=\"").expect("a way on");
    let on = rest.split('"').next().unwrap_or_default().replace("&#38;", "&");
    let last = clerk.get(&on).await.text;
    assert!(last.contains("本页 1 件，共 3 件") && !last.contains("rel=\"next\""), "{last}");
}

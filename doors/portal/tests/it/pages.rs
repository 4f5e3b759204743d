//! What pages must say, whatever they look like.

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_states_every_element() {
    let house = House::build().await;
    let page = house.get("/items/food-permit-new", "").await.text;
    for words in [
        "食品经营许可证",
        "食品经营许可（新办·餐饮服务）",
        "佛山市禅城区市场监督管理局",
        "5个工作日，从受理之日起算",
        "10个工作日",
        "《中华人民共和国食品安全法》第三十五条",
        "食品经营许可申请书",
        "委托代理人办理的，才要交",
        "现场核查",
        "佛山市禅城区人民法院",
        "0757-82000201",
        "11440604MB2C90012D444013101200101",
        "href=\"/matters/open-restaurant\"",
        "廉政风险点",
        "不收费",
    ] {
        assert!(page.contains(words), "the guide does not say {words}");
    }
    assert!(!page.contains("portal.") && !page.contains("role."), "a word is missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_has_a_guide_and_every_page_is_light() {
    let house = House::build().await;
    let shelf = house.world.part::<catalog_service::Shelf>();
    let cookie = house.resident("company-owner").await;
    let guides = shelf.catalog().items.keys().map(|id| format!("/items/{id}"));
    let others =
        ["/", "/items", "/help", "/about", "/mine", "/records", "/search?q=kcyd", "/sign-in"].map(String::from);
    for path in guides.chain(others) {
        let page = house.get(&path, &cookie).await;
        assert!(page.status.is_success() || page.to == "/mine", "{path}: {}", page.status);
        // Over the wire it is gzipped to about a fifth.
        assert!(page.text.len() < 160 * 1024, "{path} has {} bytes", page.text.len());
        assert!(!page.text.contains("style=\"") && !page.text.contains("<script>"), "{path} breaks the safety policy");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn my_matter_says_who_has_it_and_the_receipt_names_the_law() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let cookie = house.resident("salon-founder").await;
    let own = format!("/applications/{}", opened.application);
    let page = house.get(&own, &cookie).await.text;
    for words in
        ["2 件事各办到哪一步", &opened.number, "区市场监管局", "区卫生健康局", "您现在不用做什么", "个体工商户设立登记"]
    {
        assert!(page.contains(words), "my matter does not say {words}");
    }
    let receipt = house.get(&format!("{own}/receipt"), &cookie).await.text;
    assert!(receipt.contains("收件回执") && receipt.contains("行政许可法第三十二条"));
    let mine = house.get("/mine", &cookie).await.text;
    assert!(mine.contains("开一家理发店") && mine.contains("我的证照"));
    let records = house.get("/records", &cookie).await.text;
    assert!(records.contains("来自") || records.contains("公安人口库"));
    assert!(!records.contains(crate::house::demo("salon-founder").citizen_id.as_str()), "the number is masked");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_items_goes_on_page_by_page_and_comes_back() {
    let house = House::build_with(|config| config.limits.page_rows = 10).await;
    let items = |text: &str| -> Vec<String> {
        text.split("href=\"/items/").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let link = |text: &str, rel: &str| {
        let (_, rest) = text.split_once(&format!("rel=\"{rel}\" href=\""))?;
        Some(format!("/items{}", rest.split('"').next()?.replace("&#38;", "&")))
    };
    let first = house.get("/items?by=authority", "").await.text;
    assert!(link(&first, "prev").is_none() && first.contains("本页 10 项，共 "), "{first}");
    let (mut seen, mut page, mut pages) = (items(&first), first.clone(), vec![items(&first)]);
    while let Some(on) = link(&page, "next") {
        page = house.get(&on, "").await.text;
        seen.extend(items(&page));
        pages.push(items(&page));
    }
    let whole = House::build().await.get("/items?by=authority", "").await.text;
    assert_eq!(seen, items(&whole), "every item once, in the order of the whole list");
    while let Some(back) = link(&page, "prev") {
        pages.pop();
        page = house.get(&back, "").await.text;
        assert_eq!(Some(&items(&page)), pages.last());
    }
    assert_eq!(items(&page), items(&first));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_of_my_matter_can_be_proven_once_its_day_is_closed() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let cookie = house.resident("salon-founder").await;
    let own = format!("/applications/{}/proof", opened.application);
    let early = house.get(&own, &cookie).await;
    assert!(early.text.contains("还没有到封存的时候"), "{}", early.text);
    assert!(house.get(&format!("{own}?as=json"), &cookie).await.kind.starts_with("text/html"));
    assert!(house.get("/trust/roots", "").await.text.contains("还没有封存过"));

    house.close_days(1).await;
    // The session has ended overnight.
    let cookie = house.resident("salon-founder").await;
    let page = house.get(&own, &cookie).await.text;
    let file = house.get(&format!("{own}?as=json"), &cookie).await;
    assert_eq!(file.kind, "application/json");
    let receipt: platform::roots::Receipt = serde_json::from_str(&file.text).unwrap();
    let ring = platform::vault::KeyRing::of(house.keys());
    assert_eq!(receipt.check(Some(&ring), None).faults, []);
    assert_eq!(receipt.number, opened.number);
    let root = hex::encode(receipt.root.root);
    for words in ["留痕凭证", "2026年11月23日", &opened.number, &root, "下载凭证文件"] {
        assert!(page.contains(words), "the receipt does not say {words}");
    }
    let public = house.get("/trust/roots", "").await.text;
    assert!(public.contains(&root) && public.contains("BEGIN PUBLIC KEY"), "{public}");
    let kept: platform::roots::RootsFile = serde_json::from_str(&house.json("/trust/roots").await.text).unwrap();
    assert_eq!(receipt.check(Some(&ring), Some(&kept.roots)).faults, []);
    assert_eq!(house.get("/trust/keys", "").await.kind, "application/json");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_month_of_roots_has_an_older_page() {
    let house = House::build().await;
    house.close_days(33).await;
    let page = house.get("/trust/roots", "").await.text;
    assert!(page.contains("本页 31 天") && page.contains("/trust/roots?before=2026-11-25"), "{page}");
    let older = house.get("/trust/roots?before=2026-11-25", "").await.text;
    assert!(older.contains("2026-11-24") && older.contains("2026-11-22") && !older.contains("rel=\"next\""), "{older}");
}

#[tokio::test(flavor = "multi_thread")]
async fn delegations_are_public_with_their_paper_and_period() {
    let house = House::build().await;
    let page = house.get("/delegations", "").await.text;
    let office = "佛山市禅城区人民政府张槎街道办事处";
    for words in
        [office, "禅市监函〔2026〕8号", "2027年12月31日", "《中华人民共和国行政许可法》第二十四条", "只受理，不审批"]
    {
        assert!(page.contains(words), "the page of delegations does not say {words}");
    }
}

//! What people say finds what they mean.

use crate::house::House;

/// What is typed, and the theme that must be among the first three.
const PHRASES: [(&str, &str); 36] = [
    ("我要开一家餐饮店", "open-restaurant"),
    ("想开个小饭馆", "open-restaurant"),
    ("开奶茶店要办什么证", "open-restaurant"),
    ("开个肠粉店", "open-restaurant"),
    ("茶餐厅", "open-restaurant"),
    ("大排档怎么办手续", "open-restaurant"),
    ("开餐厅消防检查", "open-restaurant"),
    ("kcyd", "open-restaurant"),
    ("canyindian", "open-restaurant"),
    ("开餐银店", "open-restaurant"),
    ("我想开理发店", "open-hair-salon"),
    ("开发廊", "open-hair-salon"),
    ("开一间美容院", "open-hair-salon"),
    ("剪头发的店要什么手续", "open-hair-salon"),
    ("发型屋", "open-hair-salon"),
    ("klfd", "open-hair-salon"),
    ("立法店", "open-hair-salon"),
    ("注册公司", "start-company"),
    ("我要创业", "start-company"),
    ("成立有限公司流程", "start-company"),
    ("zhuce gongsi", "start-company"),
    ("新公司刻公章", "start-company"),
    ("孩子出生了", "newborn"),
    ("给宝宝上户口", "newborn"),
    ("小孩入户", "newborn"),
    ("刚生了个女儿", "newborn"),
    ("婴儿医保", "newborn"),
    ("怀孕了", "birth-registration"),
    ("准生证", "birth-registration"),
    ("办生育证", "birth-registration"),
    ("失业金", "unemployment-benefit"),
    ("失业了怎么领钱", "unemployment-benefit"),
    ("下岗", "unemployment-benefit"),
    ("被公司裁员了", "unemployment-benefit"),
    ("失业斤", "unemployment-benefit"),
    ("syj", "unemployment-benefit"),
];

/// What is typed, and the item whose guide must be among the first lines.
const ITEMS: [(&str, &str); 8] = [
    ("老人卡", "senior-card"),
    ("卖烟", "tobacco-permit-new"),
    ("打针本", "vaccination-card"),
    ("招牌", "sign-filing"),
    ("个体户执照", "register-individual"),
    ("长寿钱", "senior-allowance"),
    ("关店注销", "cancel-individual"),
    ("jzz", "residence-permit-endorse"),
];

#[tokio::test(flavor = "multi_thread")]
async fn everyday_words_find_the_matter_among_the_first_three() {
    let house = House::build().await;
    let mut missed = Vec::new();
    for (query, theme) in PHRASES {
        let page = house.get(&format!("/search?{}", access_service::door::pair("q", query)), "").await;
        let found: Vec<&str> = hrefs(&page.text, "/matters/").into_iter().take(3).collect();
        if !found.contains(&theme) {
            missed.push(format!("{query}: {found:?}"));
        }
    }
    for (query, item) in ITEMS {
        let page = house.get(&format!("/search?{}", access_service::door::pair("q", query)), "").await;
        let found: Vec<&str> = hrefs(&page.text, "/items/").into_iter().take(3).collect();
        if !found.contains(&item) {
            missed.push(format!("{query}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_leads_to_the_hotline_and_what_most_come_for() {
    let house = House::build().await;
    for query in ["火星移民签证", "qqqqqq", "%%%", "<script>alert(1)</script>"] {
        let page = house.get(&format!("/search?{}", access_service::door::pair("q", query)), "").await;
        assert!(page.text.contains("tel:12345"), "{query}");
        assert!(!page.text.contains("<script>alert"), "{query}");
    }
    let page = house.get("/search?q=qqqqqq", "").await;
    assert!(page.text.contains("没有找到“qqqqqq”") && hrefs(&page.text, "/matters/").len() == 6);
}

/// The ids behind this start of an address, in the order of the page, each once.
fn hrefs<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    let mark = format!("href=\"{start}");
    let mut found = Vec::new();
    for rest in text.split(&mark).skip(1) {
        let id = rest.split('"').next().unwrap_or_default();
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

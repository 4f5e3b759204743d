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
        let page = house.get(&asked(query), "").await;
        let found: Vec<&str> = hrefs(&page.text, "/matters/").into_iter().take(3).collect();
        if !found.contains(&theme) {
            missed.push(format!("{query}: {found:?}"));
        }
    }
    for (query, item) in ITEMS {
        let page = house.get(&asked(query), "").await;
        let found: Vec<&str> = hrefs(&page.text, "/items/").into_iter().take(3).collect();
        if !found.contains(&item) {
            missed.push(format!("{query}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_leads_to_the_hotline_to_the_topics_and_to_what_most_come_for() {
    let house = House::build().await;
    for query in ["火星移民签证", "qqqqqq", "%%%", "<script>alert(1)</script>", "' OR 1=1 --"] {
        let page = house.get(&asked(query), "").await;
        assert!(page.text.contains("tel:12345"), "{query}");
        assert!(!page.text.contains("<script>alert"), "{query}");
    }
    let page = house.get(&asked("qqqqqq"), "").await;
    assert!(page.text.contains("没有找到“qqqqqq”") && hrefs(&page.text, "/matters/").len() == 6);
    assert!(hrefs(&page.text, "/items?topic=").len() > 5, "topics to browse");
    let long = house.get(&asked(&"开".repeat(500)), "").await;
    assert!(long.status.is_success() && !long.text.contains(&"开".repeat(61)), "a long question is cut");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_meant_is_a_link_and_what_fitted_is_marked() {
    let house = House::build().await;
    let page = house.get(&asked("失液金"), "").await;
    assert!(page.text.contains("您是不是要找：") && page.text.contains(&asked("失业金")));
    let page = house.get(&asked("敬老优待证"), "").await;
    assert!(page.text.contains("<mark>敬老优待证"), "the name is marked");
    let page = house.get(&asked("开饭馆"), "").await;
    assert!(page.text.contains("也有人说“<mark>开饭馆</mark>”"), "another way to say it is told");
    assert!(!page.text.contains("您是不是要找"));
}

#[tokio::test(flavor = "multi_thread")]
async fn conditions_narrow_it_down_and_can_be_dropped() {
    let house = House::build().await;
    let has = async |more: &str| {
        let page = house.get(&format!("{}{more}", asked("营业执照")), "").await;
        (page.text.contains("/items/register-individual"), page.text.contains("去掉条件"))
    };
    assert_eq!(has("").await, (true, false));
    assert_eq!(has("&for=person").await, (true, true));
    assert_eq!(has("&for=company").await, (false, true));
    assert_eq!(has("&place=440604012").await, (true, true));
    assert_eq!(has("&for=nobody&place=nowhere").await, (true, true), "what nobody knows narrows nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_while_typing_is_a_part_to_pick_from() {
    let house = House::build().await;
    let list = async |query: &str| {
        house.get(&format!("/search/suggest?{}", access_service::door::pair("q", query)), "").await.text
    };
    let text = list("kcyd").await;
    assert!(text.contains("role=\"option\"") && text.contains("data-href=\"/matters/open-restaurant\""), "{text}");
    assert!(!text.contains("<html") && text.contains("data-href=\"/search?q=kcyd\""));
    assert!(!list("<b>&\"x").await.contains("<b>"));
    assert_eq!(list("qqqqqq").await.trim(), "");
    assert_eq!(list("").await.trim(), "", "nobody has looked for anything today");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_many_look_for_today_is_offered_to_the_next() {
    let house = House::build().await;
    for _ in 0..themes_service::sought::LEAST {
        house.get(&asked("敬老优待证"), "").await;
        house.get("/search/suggest?q=kcyd", "").await;
    }
    themes_service::sought::write(&house.world).await.expect("written");
    let page = house.get("/search", "").await;
    assert!(page.text.contains("今天大家在找") && page.text.contains("/items/senior-card"));
    let list = house.get("/search/suggest?q=", "").await.text;
    assert!(list.contains("今天大家在找") && list.contains("/items/senior-card"));
    assert!(!list.contains("open-restaurant"), "half a word is not counted");
}

fn asked(query: &str) -> String {
    format!("/search?{}", access_service::door::pair("q", query))
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

//! Exploring without signing in: questions, running total, plan, ways out.

use axum::http::StatusCode;

use crate::browser::Browser;
use crate::house::{house, person};
use crate::markup::{form, get};

#[tokio::test]
async fn every_matter_is_listed_and_opens() {
    let (world, _folder) = house().await;
    let browser = Browser::visitor(&world);
    let list = browser.get("/matters").await.ok();
    for theme in themes_service::ThemeShelf::current(&world).expect("themes").themes() {
        list.says(&theme.name);
        list.says(&format!("href=\"/matters/{}\"", theme.id));
        browser.get(&format!("/matters/{}", theme.id)).await.ok().says("按您目前的回答");
        browser.get(&format!("/matters/{}/plan", theme.id)).await.ok().says("办事方案");
        browser.get(&format!("/matters/{}/plan?print=1", theme.id)).await.ok();
    }
    assert_eq!(browser.get("/matters/open-a-bank").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn answers_in_the_address_change_questions_and_total() {
    let (world, _folder) = house().await;
    let browser = Browser::visitor(&world);
    let page = browser.get("/matters/open-hair-salon").await.ok();
    // Whoever answers the first question with yes is not asked what to register as.
    page.says("您打算办成哪一种");
    let mut answers = form(&page.html, "/matters/open-hair-salon");
    assert_eq!(get(&answers, "has_licence"), "false", "the default is ticked already");
    crate::markup::set(&mut answers, "has_licence", "true");
    let query = serde_urlencoded::to_string(&answers).expect("a query");
    let page = browser.get(&format!("/matters/open-hair-salon?{query}")).await.ok();
    assert!(!page.html.contains("您打算办成哪一种"));
    page.says("您已有营业执照");
    let carried = form(&page.html, "/matters/open-hair-salon");
    assert_eq!(get(&carried, "org_form"), "individual", "an answer that is not asked for now is carried along");
}

#[tokio::test]
async fn the_salon_plan_says_fourteen_to_nine() {
    let (world, _folder) = house().await;
    let browser = Browser::visitor(&world);
    let plan = browser.get("/matters/open-hair-salon/plan?has_agent=true&commit=true&site_area=60").await.ok();
    for words in ["原来 14 份", "<b>9</b>", "原来 51 项", "<b>36</b>", "登录并开始办理", "谁来办", "用表格看时间安排"]
    {
        plan.says(words);
    }
    plan.says("由本次一并办理的");
    plan.says("现在不用交的");
}

#[tokio::test]
async fn a_wrong_answer_is_kept_and_told_at_its_field() {
    let (world, _folder) = house().await;
    let browser = Browser::visitor(&world);
    let page = browser.get("/matters/open-hair-salon?site_area=very+large").await.ok();
    page.says("要填数字");
    page.says("value=\"very large\"");
    page.says("有错误：");
    let page = browser.get("/matters/open-hair-salon?site_area=6000").await.ok();
    page.says("不能大于 5000 平方米");
}

#[tokio::test]
async fn out_of_scope_says_where_to_go() {
    let (world, _folder) = house().await;
    let browser = Browser::visitor(&world);
    let plan = browser.get("/matters/open-hair-salon/plan?scope=medical-beauty").await.ok();
    plan.says("医疗美容属于医疗服务");
    plan.says("区卫生健康局医政窗口");
    assert!(!plan.html.contains("开始办理"));
}

#[tokio::test]
async fn who_signs_in_sees_what_the_registers_know() {
    let (world, _folder) = house().await;
    let founder = person("salon-founder");
    let browser = Browser::resident(&world, &founder).await;
    let plan = browser.get("/matters/open-hair-salon/plan?site_area=60").await.ok();
    plan.says("电子证照库中已有有效的");
    plan.says("开始办理</button>");
    let stranger = Browser::visitor(&world).get("/matters/open-hair-salon/plan?site_area=60").await.ok();
    assert!(!stranger.html.contains("电子证照库中已有有效的"));
}

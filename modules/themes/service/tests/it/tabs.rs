//! Two pages of one draft: the one that saves second is told, and loses nothing.

use axum::http::StatusCode;

use crate::browser::Browser;
use crate::house::{house, person};
use crate::markup::{form, get, set};
use crate::way::begin;

#[tokio::test]
async fn the_second_page_is_told_and_keeps_what_was_typed() {
    let (world, _folder) = house().await;
    let browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let path = format!("{draft}/form");
    let mut first = form(&browser.get(&path).await.ok().html, &path);
    let mut second = form(&browser.get(&path).await.ok().html, &path);
    set(&mut first, "site_addr", "禅城区锦华路85号");
    set(&mut second, "site_addr", "禅城区同济路2号");
    // Typing saves by itself, and the same page may save as often as it likes.
    for _ in 0..3 {
        assert_eq!(browser.autosave(&path, &first).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(browser.autosave(&path, &second).await.status, StatusCode::CONFLICT);
    let told = browser.post(&path, &second).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    told.says("刚刚在另一个页面改过");
    told.says("另一个页面保存的是“禅城区锦华路85号”");
    let again = form(&told.html, &path);
    assert_eq!(get(&again, "site_addr"), "禅城区同济路2号");
    assert_eq!(browser.post(&path, &again).await.leads(), path, "saved again, this page counts");
    let kept = form(&browser.get(&path).await.ok().html, &path);
    assert_eq!(get(&kept, "site_addr"), "禅城区同济路2号");
}

#[tokio::test]
async fn questions_and_the_last_page_are_guarded_too() {
    let (world, _folder) = house().await;
    let browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let (questions, check) = (format!("{draft}/questions"), format!("{draft}/check"));
    let old_questions = form(&browser.get(&questions).await.ok().html, &questions);
    let old_check = form(&browser.get(&check).await.ok().html, &format!("{draft}/submit"));
    let mut newer = form(&browser.get(&questions).await.ok().html, &questions);
    set(&mut newer, "has_board", "true");
    browser.post(&questions, &newer).await.leads();
    browser.get(&questions).await.ok().says("您要设置户外招牌");
    let told = browser.post(&questions, &old_questions).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    told.says("再保存一次就以这一页为准");
    let mut last = old_check;
    set(&mut last, "sign", "陈嘉怡");
    set(&mut last, "_declare", "yes");
    let told = browser.post(&format!("{draft}/submit"), &last).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    told.says("还没有提交");
    assert_eq!(get(&form(&told.html, &format!("{draft}/submit")), "sign"), "陈嘉怡");
}

#[tokio::test]
async fn answers_changed_faster_than_the_page_is_drawn_are_one_pages_answers() {
    let (world, _folder) = house().await;
    let browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let path = format!("{draft}/questions");
    let mut answers = form(&browser.get(&path).await.ok().html, &path);
    set(&mut answers, "site_area", "48");
    let first = browser.change(&path, &answers).await.ok();
    // The second answer was on its way before the first one's page had come back.
    set(&mut answers, "has_board", "true");
    browser.change(&path, &answers).await.ok().says("您要设置户外招牌");
    let mut late = form(&first.html, &path);
    set(&mut late, "has_board", "true");
    set(&mut late, "_go", "plan");
    assert_eq!(browser.post(&path, &late).await.leads(), format!("{draft}/plan"));
}

#[tokio::test]
async fn an_unanswered_question_stops_the_way_and_an_answer_opens_it() {
    let (world, _folder) = house().await;
    let browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let path = format!("{draft}/questions");
    let mut answers = form(&browser.get(&path).await.ok().html, &path);
    set(&mut answers, "site_area", "");
    set(&mut answers, "_go", "plan");
    let told = browser.post(&path, &answers).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    told.says("请回答：店面多大？");
    answers = form(&told.html, &path);
    set(&mut answers, "site_area", "80");
    set(&mut answers, "_go", "plan");
    assert_eq!(browser.post(&path, &answers).await.leads(), format!("{draft}/plan"));
    browser.get(&format!("{draft}/plan")).await.ok().says("继续填写");
}

//! Signing in, staying on this site, going on with a form whose session ended, signing out.

use access_service::DemoMode;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::house::{House, cookie_of, demo, hidden};

#[tokio::test(flavor = "multi_thread")]
async fn name_and_number_must_be_those_of_somebody_on_the_register() {
    let house = House::build().await;
    let person = demo("senior");
    let number = person.citizen_id.as_str();
    let give = async |name: &str, number: &str| {
        house.post("/sign-in", "", &[("name", name), ("citizen_id", number), ("back", "/records")]).await
    };
    let good = give(person.name, &number.to_lowercase()).await;
    assert_eq!((good.status, good.to.as_str()), (StatusCode::SEE_OTHER, "/records"));
    assert!(good.cookie.as_deref().is_some_and(|cookie| cookie.contains("HttpOnly; SameSite=Lax")));
    let seen = house.get("/records", &cookie_of(&good)).await;
    assert!(seen.text.contains("实名登录核对"), "the look is on record");

    let wrong = give("冯桂芳", number).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("姓名与公民身份号码对不上") && wrong.text.contains(number), "what was typed is kept");
    // Right by its check digit, and nobody's: no record comes into being, and the words are the same.
    let nobody = give("冯桂兰", "11010519491231002X").await;
    assert!(nobody.text.contains("姓名与公民身份号码对不上"));
    let empty = give("", "44060319440406002").await;
    assert!(empty.text.contains("请填写姓名") && empty.text.contains("应为 18 位"));
    for _ in 0..5 {
        give("冯桂芳", number).await;
    }
    assert_eq!(give(person.name, number).await.status, StatusCode::TOO_MANY_REQUESTS, "the right name comes too late");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_stays_on_this_site_and_posts_of_others_are_refused() {
    let house = House::build().await;
    for (back, to) in
        [("/items", "/items"), ("//evil.example", "/mine"), ("https://evil.example", "/mine"), ("", "/mine")]
    {
        let answer = house.post("/sign-in", "", &[("person", "tenant"), ("back", back)]).await;
        assert_eq!(answer.to, to, "{back}");
    }
    let forged = Request::post("/sign-in")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("person=tenant"))
        .unwrap();
    let answer = house.send(forged).await;
    assert!(answer.cookie.is_none() && answer.status == StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_kept_from_an_ended_session_goes_on_with_a_fresh_token() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let cookie = house.resident("salon-founder").await;
    let path = format!("/applications/{}/withdraw", opened.application);
    let page = house.get(&path, &cookie).await;
    let (token, key) = (hidden(&page.text, "_csrf"), hidden(&page.text, "_key"));
    house.post("/sign-out", &cookie, &[("_csrf", &token)]).await;

    let form = [("_csrf", token.as_str()), ("_key", &key), ("reason", "换个地方开")];
    let expired = house.post(&path, &cookie, &form).await;
    assert_eq!(expired.status, StatusCode::UNAUTHORIZED);
    let kept = [("path", hidden(&expired.text, "path")), ("body", unescape(&hidden(&expired.text, "body")))];
    let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let resume = house.post("/sign-in/resume", "", &kept).await;
    assert!(resume.status == StatusCode::OK && resume.text.contains("您填写的内容已经保留"));

    let signed_in = house.post("/sign-in", "", &[&[("person", "salon-founder")][..], &kept].concat()).await;
    let fresh = cookie_of(&signed_in);
    assert!(signed_in.text.contains("继续提交") && hidden(&signed_in.text, "reason") == "换个地方开");
    assert_eq!(hidden(&signed_in.text, "_key"), key, "the request key stays, so nothing happens twice");
    let fresh_token = last_hidden(&signed_in.text, "_csrf");
    assert_ne!(fresh_token, token);
    let done = house.post(&path, &fresh, &[("_csrf", &fresh_token), ("_key", &key), ("reason", "换个地方开")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let foreign = house.post("/sign-in/resume", "", &[("path", "https://evil.example/"), ("body", "a=1")]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session() {
    let house = House::build().await;
    let cookie = house.resident("senior").await;
    let page = house.get("/mine", &cookie).await;
    assert_eq!(house.post("/sign-out", &cookie, &[("_csrf", "wrong")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.get("/mine", &cookie).await.status, StatusCode::OK);
    let gone = house.post("/sign-out", &cookie, &[("_csrf", &hidden(&page.text, "_csrf"))]).await;
    assert_eq!((gone.status, gone.to.as_str()), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(house.get("/mine", &cookie).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_real_server_nobody_signs_in_without_proof_and_the_page_says_where_to_go() {
    let house = House::build().await;
    house.world.parts.install(DemoMode(false));
    let page = house.get("/sign-in", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("还没有接入统一身份认证") && page.text.contains("综合窗口"), "{}", page.text);
    assert!(!page.text.contains("演示") && !page.text.contains("name=\"citizen_id\""), "there is nothing to fill in");

    let person = demo("senior");
    let by_number = [("name", person.name), ("citizen_id", person.citizen_id.as_str())];
    for form in [&[("person", "senior")][..], &by_number] {
        let answer = house.post("/sign-in", "", form).await;
        assert_eq!((answer.status, answer.cookie), (StatusCode::UNPROCESSABLE_ENTITY, None), "{form:?}");
        assert!(answer.text.contains("还没有接入统一身份认证"));
    }
}

fn last_hidden(text: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    text.rsplit(&start).next().and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

fn unescape(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&").replace("&#34;", "\"").replace("&#39;", "'")
}

//! Signing in: lock-out, ways back, forged posts, and a form that outlives its session.

use access_service::DemoMode;
use access_service::accounts::FIRST_PASSWORD;
use axum::http::StatusCode;

use crate::house::{House, hidden};

#[tokio::test]
async fn five_wrong_passwords_lock_the_account() {
    let house = House::build().await;
    let mut browser = house.visitor();
    for _ in 0..4 {
        let answer = browser.post("/desk/sign-in", &[("login", "clerk1"), ("password", "wrong")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text.contains("账号或密码不对") && answer.text.contains(r#"value="clerk1""#));
    }
    browser.post("/desk/sign-in", &[("login", "clerk1"), ("password", "wrong")]).await;
    let locked = browser.post("/desk/sign-in", &[("login", "clerk1"), ("password", FIRST_PASSWORD)]).await;
    assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(locked.text.contains("暂时锁定"), "{}", locked.text);
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn the_way_back_stays_on_this_site_and_the_cookie_is_closed_to_scripts() {
    let house = House::build().await;
    for (back, to) in
        [("/desk/window", "/desk/window"), ("https://evil.example/", "/desk"), ("//evil.example", "/desk")]
    {
        let mut browser = house.visitor();
        let form = [("login", "clerk1"), ("password", FIRST_PASSWORD), ("back", back)];
        let answer = browser.post("/desk/sign-in", &form).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, to));
        let cookie = &answer.cookies[0];
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    }
    let mut browser = house.visitor();
    let asked = browser.get("/desk/cases/x?y=1").await;
    assert_eq!(asked.to, "/desk/sign-in?back=%2Fdesk%2Fcases%2Fx%3Fy%3D1");
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let house = House::build().await;
    let mut browser = house.officer("clerk1").await;
    let kept = browser.cookies.clone();
    assert_eq!(browser.send("/desk/sign-out", &[]).await.to, "/desk/sign-in");
    browser.cookies = kept;
    assert_eq!(browser.get("/desk").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_post_from_elsewhere_is_refused() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let path = format!("/desk/applications/{}/orders/accept", filed.application);
    for token in ["", "not-the-token"] {
        let answer = clerk.post(&path, &[("_csrf", token)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text.contains("不是从本站页面发出"), "{}", answer.text);
    }
    let view = clerk.get(&format!("/desk/cases/{}", filed.case)).await;
    assert!(view.text.contains("已收件"), "nothing was accepted");
    let mut visitor = house.visitor();
    for path in ["/desk/sign-in", "/desk/sign-in/resume"] {
        let form = [("login", "clerk1"), ("password", FIRST_PASSWORD), ("path", "/desk"), ("body", "")];
        let answer = visitor.post_as(path, &form, &[("sec-fetch-site", "cross-site")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_form_that_outlives_its_session_is_sent_on_after_signing_in() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let path = format!("/desk/cases/{}/orders/refuse-acceptance", filed.case);
    let token = clerk.token().await;
    clerk.send("/desk/sign-out", &[]).await;
    let form =
        [("_csrf", token.as_str()), ("_key", "k-1"), ("ground", "not-needed"), ("ground_reason", "理由\"<写好了>")];
    let expired = clerk.post(&path, &form).await;
    assert_eq!(expired.status, StatusCode::UNAUTHORIZED);
    let sent = |text: &str, name: &str| unescape(&hidden(text, "/desk/sign-in/resume", name));
    let (kept_path, kept_body) = (sent(&expired.text, "path"), sent(&expired.text, "body"));
    assert_eq!(kept_path, path);

    let asked = clerk.post("/desk/sign-in/resume", &[("path", &kept_path), ("body", &kept_body)]).await;
    assert!(asked.text.contains("您填写的内容已保留"), "{}", asked.text);
    let form = [("login", "clerk1"), ("password", FIRST_PASSWORD), ("path", &kept_path), ("body", &kept_body)];
    let resumed = clerk.post("/desk/sign-in", &form).await;
    assert_eq!(resumed.status, StatusCode::OK);
    assert!(
        resumed.text.contains("继续提交") && resumed.text.contains("理由&#34;&#60;写好了&#62;"),
        "{}",
        resumed.text
    );
    let fresh = hidden(&resumed.text, &path, "_csrf");
    assert_eq!(fresh, clerk.token().await);
    assert_eq!(hidden(&resumed.text, &path, "_key"), "k-1");
    assert_eq!(resumed.text.matches(r#"name="_csrf""#).count(), 1, "the old token is gone");

    for foreign in ["https://evil.example/", "//evil.example/x", "/desk/sign-in"] {
        let answer = clerk.post("/desk/sign-in/resume", &[("path", foreign), ("body", "a=1")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{foreign}");
    }
}

#[tokio::test]
async fn accounts_are_shown_only_in_a_demonstration() {
    let house = House::build().await;
    let mut browser = house.visitor();
    house.world.parts.install(DemoMode(false));
    assert!(!browser.get("/desk/sign-in").await.text.contains(FIRST_PASSWORD));
    assert!(!browser.get("/desk/sign-in").await.text.contains("health-approver"));
    house.world.parts.install(DemoMode(true));
    let page = browser.get("/desk/sign-in").await.text;
    assert!(
        page.contains(FIRST_PASSWORD) && page.contains(r#"value="health-approver""#) && page.contains("区卫生健康局")
    );
    let entered = browser.post("/desk/sign-in", &[("login", "health-approver"), ("password", FIRST_PASSWORD)]).await;
    assert_eq!(entered.to, "/desk");
}

fn unescape(text: &str) -> String {
    text.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

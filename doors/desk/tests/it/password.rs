//! Changing the password: led there after the first sign-in, told what is wrong, and the other browsers are out.

use access_service::DemoMode;
use access_service::accounts::FIRST_PASSWORD;
use axum::http::StatusCode;

use crate::house::House;

const NEW: &str = "Zumiao-Bridge-7";

#[tokio::test]
async fn a_first_password_leads_to_the_page_and_the_change_leads_on() {
    let house = House::build().await;
    house.world.parts.install(DemoMode(false));
    let mut elsewhere = house.officer("clerk1").await;
    let mut clerk = house.visitor();
    let form = [("login", "clerk1"), ("password", FIRST_PASSWORD), ("back", "/desk/window")];
    let entered = clerk.post("/desk/sign-in", &form).await;
    assert_eq!(entered.to, "/desk/password?back=%2Fdesk%2Fwindow");
    let page = clerk.get(&entered.to).await;
    assert!(page.text.contains("请先换成自己的密码") && page.text.contains(r#"name="back" value="/desk/window""#));

    let wrong = [
        ("password_old", FIRST_PASSWORD),
        ("password_new", "short"),
        ("password_repeat", "longer"),
        ("back", "/desk/window"),
    ];
    let told = clerk.send("/desk/password", &wrong).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text.contains("新密码至少 10 位") && told.text.contains("两次填写的新密码不一样"), "{}", told.text);
    assert!(!told.text.contains("short") && !told.text.contains(FIRST_PASSWORD), "no password is echoed");

    let right =
        [("password_old", FIRST_PASSWORD), ("password_new", NEW), ("password_repeat", NEW), ("back", "/desk/window")];
    assert_eq!(clerk.send("/desk/password", &right).await.to, "/desk/window");
    assert!(clerk.get("/desk").await.text.contains("密码已修改"));
    assert_eq!(elsewhere.get("/desk").await.status, StatusCode::SEE_OTHER, "the other browser is out");
    let form = [("login", "clerk1"), ("password", NEW)];
    assert_eq!(house.visitor().post("/desk/sign-in", &form).await.to, "/desk", "an own password leads nowhere else");
}

#[tokio::test]
async fn a_password_is_not_kept_over_a_session_that_ended() {
    let house = House::build().await;
    let mut clerk = house.officer("clerk1").await;
    let token = clerk.token().await;
    clerk.send("/desk/sign-out", &[]).await;
    let form = [("_csrf", token.as_str()), ("password_old", FIRST_PASSWORD), ("password_new", NEW)];
    let answer = clerk.post("/desk/password", &form).await;
    assert_eq!(answer.to, "/desk/sign-in?back=%2Fdesk%2Fpassword");
    assert!(!answer.text.contains(NEW) && !answer.text.contains(FIRST_PASSWORD));
}

#[tokio::test]
async fn a_demonstration_asks_for_no_change_and_the_way_back_stays_on_this_site() {
    let house = House::build().await;
    let mut clerk = house.visitor();
    let entered = clerk.post("/desk/sign-in", &[("login", "clerk1"), ("password", FIRST_PASSWORD)]).await;
    assert_eq!(entered.to, "/desk");
    let page = clerk.get("/desk/password?back=https://evil.example/").await.text;
    assert!(page.contains(r#"name="back" value="/desk""#) && !page.contains("请先换成自己的密码"), "{page}");
    assert_eq!(house.visitor().get("/desk/password").await.to, "/desk/sign-in?back=%2Fdesk%2Fpassword");
}

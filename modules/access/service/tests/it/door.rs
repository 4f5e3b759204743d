//! The door: forged posts are refused, expired sessions keep what was typed, faults are dressed for whoever asks.

use access_service::acts::sign_in_resident;
use access_service::{DoorFault, Posted, ResidentVisit, door};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::{get, post};
use platform::{Fault, World};
use serde::Deserialize;
use tower::ServiceExt;

use crate::ground::one_world;

#[derive(Deserialize)]
struct Note {
    words: String,
}

async fn write(posted: Posted<Note>) -> Result<String, DoorFault> {
    Ok(format!("{} wrote {}", posted.visit.actor.name, posted.form.words))
}

async fn own(ResidentVisit(visit): ResidentVisit) -> String {
    visit.actor.name
}

fn routes(world: World) -> Router {
    Router::new()
        .route("/note", post(write))
        .route("/own", get(own))
        .route("/slow", get(async || std::future::pending::<()>().await))
        .route("/broken", get(async || -> Result<(), DoorFault> { Err(Fault::internal("a secret cause").into()) }))
        .layer(axum::middleware::from_fn_with_state(world.clone(), door::dress))
        .with_state(world)
}

async fn ask(world: &World, request: Request<Body>) -> (StatusCode, String, String) {
    let response = routes(world.clone()).oneshot(request).await.expect("an answer");
    let status = response.status();
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    (status, String::from_utf8_lossy(&body).into_owned(), to)
}

fn note(token: &str, body: String) -> Request<Body> {
    Request::post("/note")
        .header(header::COOKIE, format!("yimen_session={token}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .expect("a request")
}

#[tokio::test]
async fn a_post_needs_the_token_of_its_session() {
    let (world, _folder) = one_world(|_| {}).await;
    let opened = sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
    let csrf = access_service::session::find(&world, &opened.token).await.expect("a database").expect("a session").csrf;

    let (status, body, _) = ask(&world, note(&opened.token, format!("words=hello&_csrf={csrf}"))).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "陈小明 wrote hello"));
    for forged in ["words=hello".to_owned(), format!("words=hello&_csrf={}", "0".repeat(64))] {
        let (status, body, _) = ask(&world, note(&opened.token, forged)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("不是从本站页面发出"), "{body}");
    }
}

#[tokio::test]
async fn an_expired_session_keeps_what_was_typed() {
    let (world, _folder) = one_world(|_| {}).await;
    let (status, body, _) = ask(&world, note("gone", "words=%E5%8D%81%E5%B9%B3%E6%96%B9&_csrf=old".into())).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(body.contains("words=%E5%8D%81%E5%B9%B3%E6%96%B9"), "the fields travel on: {body}");
    assert!(body.contains("action=\"/sign-in/resume\""), "{body}");
}

#[tokio::test]
async fn visitors_are_led_to_sign_in_and_back() {
    let (world, _folder) = one_world(|_| {}).await;
    let (status, _, to) = ask(&world, Request::get("/own?page=2").body(Body::empty()).expect("a request")).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/sign-in?back=%2Fown%3Fpage%3D2"));
}

#[tokio::test]
async fn an_internal_error_shows_a_number_and_no_cause() {
    let (world, _folder) = one_world(|_| {}).await;
    let (status, page, _) = ask(&world, Request::get("/broken").body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.contains("系统出了点问题") && !page.contains("secret"), "{page}");
    let json =
        Request::get("/broken").header(header::ACCEPT, "application/json").body(Body::empty()).expect("a request");
    let (_, problem, _) = ask(&world, json).await;
    assert!(problem.contains("\"reference\":\"") && !problem.contains("secret"), "{problem}");
}

#[tokio::test]
async fn a_form_too_large_is_not_taken_and_the_limit_is_named() {
    let (world, _folder) = one_world(|config| config.limits.form_bytes = 2048).await;
    let opened = sign_in_resident(&world, "p1", "陈小明").await.expect("signs in");
    let csrf = access_service::session::find(&world, &opened.token).await.expect("a database").expect("a session").csrf;
    let form = |letters: usize| note(&opened.token, format!("_csrf={csrf}&words={}", "a".repeat(letters)));
    assert_eq!(ask(&world, form(1_900)).await.0, StatusCode::OK);
    let (status, page, _) = ask(&world, form(2_000)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("超过 2 KB") && page.contains("后退"), "{page}");
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_broken_off_with_a_page() {
    let (world, _folder) = one_world(|config| config.limits.request_s = 1).await;
    let (status, page, _) = ask(&world, Request::get("/slow").body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.contains("系统暂时繁忙"), "{page}");
}

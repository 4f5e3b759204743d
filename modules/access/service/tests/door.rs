//! The door: forged posts are refused, expired sessions keep what was typed, faults are dressed for whoever asks.

use access::{Policies, acts};
use access_service::acts::sign_in_resident;
use access_service::{DoorFault, Posted, ResidentVisit, Words, door};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::{get, post};
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Fault, Migrations, World};
use serde::Deserialize;
use tower::ServiceExt;

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

async fn world(folder: &tempfile::TempDir) -> World {
    let clock = Clock::fixed(testkit::moment("2026-10-12 09:00"));
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("door.db").display());
    let db = Database::open(&url).await.expect("a database").with_clock(clock.clone());
    db.migrate(&[Migrations::new("access", access_service::migrations())]).await.expect("migrations");
    let blobs = Blobs::open(folder.path().join("blobs")).expect("a folder for files");
    let world = World::of(Ground { db, clock, blobs, config: Config::default(), parts: Default::default() });
    world.parts.install(Policies::compile(&[acts::ACCESS]).expect("policies"));
    world.parts.install(Words::collect(&[access_service::TEXT_ZH]).expect("words"));
    world
}

fn routes(world: World) -> Router {
    Router::new()
        .route("/note", post(write))
        .route("/own", get(own))
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
    let folder = tempfile::tempdir().expect("a folder");
    let world = world(&folder).await;
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
    let folder = tempfile::tempdir().expect("a folder");
    let world = world(&folder).await;
    let (status, body, _) = ask(&world, note("gone", "words=%E5%8D%81%E5%B9%B3%E6%96%B9&_csrf=old".into())).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(body.contains("words=%E5%8D%81%E5%B9%B3%E6%96%B9"), "the fields travel on: {body}");
    assert!(body.contains("action=\"/sign-in/resume\""), "{body}");
}

#[tokio::test]
async fn visitors_are_led_to_sign_in_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = world(&folder).await;
    let (status, _, to) = ask(&world, Request::get("/own?page=2").body(Body::empty()).expect("a request")).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/sign-in?back=%2Fown%3Fpage%3D2"));
}

#[tokio::test]
async fn an_internal_error_shows_a_number_and_no_cause() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = world(&folder).await;
    let (status, page, _) = ask(&world, Request::get("/broken").body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.contains("系统出了点问题") && !page.contains("secret"), "{page}");
    let json =
        Request::get("/broken").header(header::ACCEPT, "application/json").body(Body::empty()).expect("a request");
    let (_, problem, _) = ask(&world, json).await;
    assert!(problem.contains("\"reference\":\"") && !problem.contains("secret"), "{problem}");
}

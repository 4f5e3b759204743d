//! What the doors share: one count of tries, one set of limits.

use access_service::DemoMode;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use district::{Sample, demo};
use tower::ServiceExt;
use yimen::commands::serve;

const DOORS: [&str; 3] = [portal::TEXT_ZH, desk::TEXT_ZH, api::TEXT_ZH];

async fn post(router: &Router, path: &str, kind: &str, body: String) -> StatusCode {
    let request = Request::post(path).header(header::CONTENT_TYPE, kind).body(Body::from(body)).expect("a request");
    router.clone().oneshot(request).await.expect("an answer").status()
}

#[tokio::test]
async fn names_guessed_at_one_door_are_counted_at_the_other() {
    let sample = Sample::open(&DOORS).await;
    let router = serve::routes(sample.world.clone());
    let number = demo("senior").citizen_id;
    let by_page = async || {
        let body = format!("name=%E7%8E%8B%E4%BA%94&citizen_id={}", number.as_str());
        post(&router, "/sign-in", "application/x-www-form-urlencoded", body).await
    };
    let by_call = async || {
        let body = format!(r#"{{"kind":"resident","citizen_id":"{}","name":"王五"}}"#, number.as_str());
        post(&router, "/api/v1/session", "application/json", body).await
    };
    for _ in 0..2 {
        assert_eq!(
            (by_page().await, by_call().await),
            (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
        );
    }
    assert_eq!(by_page().await, StatusCode::UNPROCESSABLE_ENTITY, "the fifth");
    assert_eq!((by_call().await, by_page().await), (StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn a_real_server_lets_no_resident_in_at_either_door() {
    let sample = Sample::open(&DOORS).await;
    sample.world.parts.install(DemoMode(false));
    let router = serve::routes(sample.world.clone());
    let person = demo("senior");
    let body =
        format!(r#"{{"kind":"resident","citizen_id":"{}","name":"{}"}}"#, person.citizen_id.as_str(), person.name);
    assert_eq!(post(&router, "/api/v1/session", "application/json", body).await, StatusCode::UNPROCESSABLE_ENTITY);
    let form = "application/x-www-form-urlencoded";
    assert_eq!(post(&router, "/sign-in", form, "person=senior".into()).await, StatusCode::UNPROCESSABLE_ENTITY);
}

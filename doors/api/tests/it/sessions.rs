//! Signing in and out through the interface.

use access_service::DemoMode;
use api::views::{Session, SignedInKind};
use axum::http::{Method, StatusCode, header};
use serde_json::json;

use crate::ground::{District, PASSWORD, demo};

#[tokio::test]
async fn staff_sign_in_by_password_and_out_again() {
    let district = District::open().await;
    let client = district.staff("market-approver").await;
    let session: Session = client.get("/session").await.told();
    assert_eq!((session.actor.kind, session.actor.roles), (SignedInKind::Staff, vec!["approver".to_owned()]));
    assert_eq!(session.actor.authority.as_deref(), Some("market-chancheng"));
    assert_eq!(Some(session.csrf), client.csrf);

    let left = client.delete("/session").await;
    assert_eq!(left.status, StatusCode::NO_CONTENT);
    assert!(left.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    let after = client.get("/session").await;
    assert_eq!((after.status, after.problem().code.as_str()), (StatusCode::UNAUTHORIZED, "access.sign-in-first"));
}

#[tokio::test]
async fn a_wrong_password_is_told_and_locks_after_five() {
    let district = District::open().await;
    let wrong = json!({"kind": "staff", "login": "clerk1", "password": "guess"});
    let mut last = String::new();
    for _ in 0..5 {
        let answer = district.visitor().post("/session", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        last = answer.problem().code;
    }
    assert_eq!(last, "access.locked");
    let right = json!({"kind": "staff", "login": "clerk1", "password": PASSWORD});
    assert_eq!(district.visitor().post("/session", &right).await.problem().code, "access.locked");
}

#[tokio::test]
async fn residents_sign_in_as_whom_the_register_knows() {
    let district = District::open().await;
    let client = district.resident("restaurant-founder").await;
    let session: Session = client.get("/session").await.told();
    assert_eq!(session.actor.id, demo("restaurant-founder").subject.to_string());
    assert_eq!(session.actor.kind, SignedInKind::Resident);

    let person = demo("salon-founder");
    let other = json!({"kind": "resident", "citizen_id": person.citizen_id.as_str(), "name": "何志远"});
    assert_eq!(district.visitor().post("/session", &other).await.problem().code, "records.name-mismatch");
    let mistyped = json!({"kind": "resident", "citizen_id": "440603199003180001", "name": "何志远"});
    let problem = district.visitor().post("/session", &mistyped).await.problem();
    assert_eq!((problem.code.as_str(), problem.faults[0].field.as_str()), ("invalid", "citizen_id"));
    assert_eq!(problem.faults[0].code, "citizen-id-check");
    assert!(problem.faults[0].text.starts_with("公民身份号码"), "{problem:?}");
    let nobody = json!({"kind": "resident", "citizen_id": "44060319900318002X", "name": "何志远"});
    let problem = district.visitor().post("/session", &nobody).await.problem();
    assert!(["records.name-mismatch", "invalid"].contains(&problem.code.as_str()), "{problem:?}");
}

#[tokio::test]
async fn names_to_a_number_cannot_be_guessed() {
    let district = District::open().await;
    let number = demo("salon-founder").citizen_id;
    let guess = json!({"kind": "resident", "citizen_id": number.as_str(), "name": "王五"});
    for _ in 0..5 {
        assert_eq!(district.visitor().post("/session", &guess).await.problem().code, "records.name-mismatch");
    }
    let answer = district.visitor().post("/session", &guess).await;
    assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::TOO_MANY_REQUESTS, "too-many"));
}

#[tokio::test]
async fn on_a_real_server_residents_cannot_sign_in_without_proof() {
    let district = District::open().await;
    district.world.parts.install(DemoMode(false));
    let person = demo("salon-founder");
    let order = json!({"kind": "resident", "citizen_id": person.citizen_id.as_str(), "name": person.name});
    let answer = district.visitor().post("/session", &order).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
    let problem = answer.problem();
    assert_eq!(
        (problem.code.as_str(), problem.next.as_deref()),
        ("access.identity-not-connected", Some("come-in-person"))
    );
    assert!(problem.title.contains("还没有接入统一身份认证") && problem.detail.contains("综合窗口"), "{problem:?}");
    district.staff("clerk1").await;
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let district = District::open().await;
    let first = district.staff("clerk1").await;
    let mut second = first.clone();
    second.sign_in(json!({"kind": "staff", "login": "clerk2", "password": PASSWORD})).await;
    assert_eq!(first.get("/session").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(second.get("/session").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_writing_call_without_the_token_is_refused() {
    let district = District::open().await;
    let mut client = district.resident("salon-founder").await;
    let order = json!({"theme": "open-hair-salon"});
    for csrf in [None, Some("0".repeat(64)), Some(String::new())] {
        client.csrf = csrf;
        let answer = client.post("/drafts", &order).await;
        assert_eq!((answer.status, answer.problem().code.as_str()), (StatusCode::FORBIDDEN, "api.csrf"));
        let ended = client.delete("/session").await;
        assert_eq!(ended.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(client.get("/session").await.status, StatusCode::OK, "the session is still there");
}

#[tokio::test]
async fn a_form_of_another_site_cannot_sign_in() {
    let district = District::open().await;
    let client = district.visitor();
    for media in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"] {
        let request = client.request(Method::POST, "/session").header(header::CONTENT_TYPE, media);
        let body = json!({"kind": "staff", "login": "clerk1", "password": PASSWORD}).to_string();
        let answer = client.send(request.body(body.into()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(answer.problem().code, "api.media-type");
    }
}

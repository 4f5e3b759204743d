//! A line over a real socket.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::any;
use outside::signature::{SIGNATURE, Signed, TIME};
use outside::{LineFault, Lines};
use platform::config::LineConfig;
use serde_json::{Value, json};

const SECRET: &str = "a secret of both ends";

/// Answers what the path asks for, if the call is signed.
async fn other_end(method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let path = uri.path_and_query().unwrap().as_str();
    let call = Signed { method: method.as_str(), path, body: &body };
    if call.check(SECRET, header(TIME), header(SIGNATURE), platform::Clock::System.now_utc()).is_err() {
        return (StatusCode::UNAUTHORIZED, "whose call is this?".to_owned());
    }
    match uri.path() {
        "/v1/slow" => tokio::time::sleep(Duration::from_secs(3)).await,
        "/v1/down" => return (StatusCode::BAD_GATEWAY, String::new()),
        "/v1/garbled" => return (StatusCode::OK, "<html>".to_owned()),
        "/v1/large" => return (StatusCode::OK, "[".repeat(5 << 20)),
        "/v1/no" => return (StatusCode::CONFLICT, "not like this".to_owned()),
        _ => {}
    }
    (StatusCode::OK, json!({ "path": path, "body": String::from_utf8_lossy(&body) }).to_string())
}

async fn lines(secret: &str) -> Lines {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/", listener.local_addr().unwrap());
    let end = Router::new().fallback(any(other_end));
    tokio::spawn(async move { axum::serve(listener, end).await.unwrap() });
    let line = LineConfig { url, secret: secret.to_owned(), timeout_s: 1 };
    Lines::of(&[("bank".to_owned(), line)].into()).unwrap()
}

#[tokio::test]
async fn a_signed_call_is_answered_with_its_path_and_body() {
    let lines = lines(SECRET).await;
    let line = lines.get("bank").unwrap();
    let answer: Value = line.post("/orders?day=2026-11-28&who=张", &json!({ "a": 1 })).await.unwrap();
    assert_eq!(answer, json!({ "path": "/v1/orders?day=2026-11-28&who=%E5%BC%A0", "body": "{\"a\":1}" }));
    let answer: Value = line.get("/orders").await.unwrap();
    assert_eq!(answer, json!({ "path": "/v1/orders", "body": "" }));
}

#[tokio::test]
async fn each_failure_says_which_kind_it_is() {
    let lines = lines(SECRET).await;
    let line = lines.get("bank").unwrap();
    let fault = async |path: &str| line.get::<Value>(path).await.unwrap_err();
    assert!(matches!(fault("/slow").await, LineFault::Slow(_)));
    assert!(matches!(fault("/down").await, LineFault::Down(_)));
    assert!(matches!(fault("/garbled").await, LineFault::Garbled(_)));
    assert!(matches!(fault("/large").await, LineFault::Garbled(_)));
    assert!(matches!(fault("/no").await, LineFault::Refused { status: 409, words, .. } if words == "not like this"));
}

#[tokio::test]
async fn without_the_secret_or_the_line_there_is_no_answer() {
    let lines = lines("another secret altogether").await;
    let refused = lines.get("bank").unwrap().get::<Value>("/orders").await.unwrap_err();
    assert!(matches!(refused, LineFault::Refused { status: 401, .. }), "{refused}");
    assert_eq!(lines.get("mint").unwrap_err(), platform::Fault::unavailable("line.mint"));
    let nowhere = LineConfig { url: "nowhere".to_owned(), secret: SECRET.to_owned(), timeout_s: 1 };
    assert!(matches!(Lines::of(&[("x".to_owned(), nowhere)].into()), Err(LineFault::Address { .. })));
}

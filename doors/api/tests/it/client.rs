//! A program that calls the interface: it keeps its cookie and its token, and reads JSON.

use api::document::Problem;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::ServiceExt;

/// A caller.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
    pub csrf: Option<String>,
    /// A token instead of a session.
    pub token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Client {
    pub fn new(router: Router) -> Self {
        Self { router, cookie: None, csrf: None, token: None }
    }

    pub async fn sign_in(&mut self, order: Value) {
        let answer = self.post("/session", &order).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        self.csrf = answer.json()["csrf"].as_str().map(str::to_owned);
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.json(Method::POST, path, body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.json(Method::PUT, path, body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    /// A call under a key.
    pub async fn post_under(&self, key: &str, path: &str, body: &Value) -> Answer {
        let mut request = self.json(Method::POST, path, body);
        request.headers_mut().insert("idempotency-key", key.parse().unwrap());
        self.send(request).await
    }

    /// A form with files: (part, file name, content).
    pub async fn upload(&self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
            body.extend(format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--part--\r\n");
        let request =
            self.request(Method::POST, path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub fn json(&self, method: Method, path: &str, body: &Value) -> Request<Body> {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        request.body(Body::from(body.to_string())).unwrap()
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-csrf-token", csrf);
        }
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        request
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|fault| panic!("{fault}: {}", self.text()))
    }

    /// The answer as its documented type, which must say all of it and nothing else.
    pub fn told<T: DeserializeOwned + Serialize>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        self.read()
    }

    /// The problem document.
    pub fn problem(&self) -> Problem {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{}", self.text());
        let problem: Problem = self.read();
        assert_eq!(problem.status, self.status.as_u16());
        assert_eq!(problem.kind, format!("urn:yimen:problem:{}", problem.code));
        assert!(!problem.title.is_empty() && !problem.title.contains("refusal."), "words for {problem:?}");
        assert!(!problem.detail.is_empty() && !problem.detail.contains("next."), "a way on for {problem:?}");
        problem
    }

    fn read<T: DeserializeOwned + Serialize>(&self) -> T {
        let told: T = serde_json::from_slice(&self.bytes).unwrap_or_else(|fault| panic!("{fault}: {}", self.text()));
        assert_eq!(serde_json::to_value(&told).unwrap(), self.json(), "the documented type says all of it");
        told
    }
}

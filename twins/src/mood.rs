//! How a twin feels: well, slow, down, or wrong. `GET` and `PUT /TWIN/mood`.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

/// What is wrong with it at the moment. All at once is possible.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feeling {
    /// It answers so many milliseconds late.
    pub slow_ms: u64,
    /// It answers 503 and does nothing.
    pub down: bool,
    /// It does what it was asked and answers what nobody can read, so the asker doesn't know.
    pub garbled: bool,
    /// It does wrong things that can be read: wrong amounts, wrong states. Each twin says which.
    pub wrong: bool,
    /// What it calls back, it calls back twice.
    pub twice: bool,
    /// It calls back before it has answered.
    pub early: bool,
    /// What it calls back bears a signature made with another secret.
    pub forged: bool,
}

/// A feeling that can be changed while the twin runs. Cheap to clone; clones are one.
#[derive(Debug, Clone, Default)]
pub struct Mood(Arc<RwLock<Feeling>>);

impl Mood {
    /// How it is now.
    pub fn now(&self) -> Feeling {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes it.
    pub fn set(&self, feeling: Feeling) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = feeling;
    }
}

/// Lets a twin's answers suffer from its mood, and the mood be read and set. The mood itself always answers.
pub fn around(twin: Router, mood: Mood) -> Router {
    let moods = Router::new().route("/mood", get(read).put(set)).with_state(mood.clone());
    twin.layer(from_fn_with_state(mood, suffer)).merge(moods)
}

async fn read(State(mood): State<Mood>) -> Json<Feeling> {
    Json(mood.now())
}

async fn set(State(mood): State<Mood>, Json(feeling): Json<Feeling>) -> Json<Feeling> {
    mood.set(feeling);
    Json(feeling)
}

async fn suffer(State(mood): State<Mood>, request: Request, next: Next) -> Response {
    let feeling = mood.now();
    tokio::time::sleep(Duration::from_millis(feeling.slow_ms)).await;
    if feeling.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let answer = next.run(request).await;
    if feeling.garbled { "<html>正在维护".into_response() } else { answer }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_twin_suffers_from_its_mood_and_can_be_cheered_up() {
        let twin = around(Router::new().route("/hello", get(async || "hello")), Mood::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, twin).await.unwrap() });
        let client = outside::client().unwrap();
        let hello = async || {
            let answer = client.get(format!("{base}/hello")).send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        assert_eq!(hello().await, (200, "hello".to_owned()));
        for (feeling, status, text) in [
            (Feeling { down: true, ..Feeling::default() }, 503, ""),
            (Feeling { garbled: true, ..Feeling::default() }, 200, "<html>正在维护"),
            (Feeling::default(), 200, "hello"),
        ] {
            client.put(format!("{base}/mood")).json(&feeling).send().await.unwrap().error_for_status().unwrap();
            assert_eq!(hello().await, (status, text.to_owned()), "{feeling:?}");
        }
    }
}

//! A world, a receiver that checks signatures and has moods, and events as casework publishes them.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use access::{Actor, ActorKind, Policies, Role, Scope};
use access_service::Visit;
use access_service::token::Pass;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use connect_service::acts::{Made, Subscribe, subscribe};
use outside::signature::{SIGNATURE, Signed, TIME};
use platform::clock::FixedClock;
use platform::sealed::Sealer;
use platform::vault::Vault;
use platform::world::Ground;
use platform::{Blobs, Clock, Config, Database, Dispatcher, Fault, Migrations, OutboxEvent, World};
use serde_json::{Value, json};
use testkit::moment;
use uuid::Uuid;

/// How the receiver feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Well,
    Error,
    Redirect,
    /// Answers after the sender has lost its patience.
    Slow,
}

/// One call that came in.
#[derive(Debug, Clone)]
pub struct Call {
    pub order: i64,
    pub delivery: String,
    pub body: Value,
    /// What it was signed with, checked against the secrets the test knows.
    pub time: String,
    pub signature: String,
    pub raw: Vec<u8>,
}

#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Receiver {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let url = format!("http://{}/hook?of=yimen", listener.local_addr().unwrap());
        let receiver = Self { url, mood: Arc::new(Mutex::new(Mood::Well)), calls: Arc::default() };
        let routes = Router::new().fallback(take).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        receiver
    }

    pub fn feel(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    pub fn orders(&self) -> Vec<i64> {
        self.calls().iter().map(|call| call.order).collect()
    }
}

async fn take(State(receiver): State<Receiver>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    assert_eq!((method.as_str(), uri.to_string().as_str()), ("POST", "/hook?of=yimen"));
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let call = Call {
        order: text("yimen-order").parse().unwrap(),
        delivery: text("yimen-delivery"),
        body: serde_json::from_slice(&body).unwrap(),
        time: text(TIME),
        signature: text(SIGNATURE),
        raw: body.to_vec(),
    };
    receiver.calls.lock().unwrap().push(call);
    let mood = *receiver.mood.lock().unwrap();
    match mood {
        Mood::Well => StatusCode::NO_CONTENT.into_response(),
        Mood::Error => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mood::Redirect => (StatusCode::FOUND, [(header::LOCATION, receiver.url.clone())]).into_response(),
        Mood::Slow => {
            tokio::time::sleep(Duration::from_secs(3)).await;
            StatusCode::OK.into_response()
        }
    }
}

impl Call {
    /// Whether it was signed with this secret.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let call = Signed { method: "POST", path: "/hook?of=yimen", body: &self.raw };
        call.check(secret, Some(&self.time), Some(&self.signature), Clock::System.now_utc()).is_ok()
    }
}

/// The world of one test.
pub struct Place {
    pub world: World,
    pub clock: FixedClock,
    pub receiver: Receiver,
    _folder: tempfile::TempDir,
}

pub async fn each_place(body: impl AsyncFn(&Place)) {
    each_place_with(|config| config.webhooks_private = true, body).await;
}

pub async fn each_place_with(change: fn(&mut Config), body: impl AsyncFn(&Place)) {
    testkit::each_engine(async |url: String| {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(moment("2026-03-02 09:30"));
        let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
        let db = Database::open(&url).await.unwrap().with_clock(clock.clone());
        db.migrate(&[Migrations::new("connect", connect_service::migrations())]).await.unwrap();
        let blobs =
            Blobs::open(folder.path().join("blobs"), Sealer::in_folder(testkit::engines::key_folder())).unwrap();
        let mut config = Config { database_url: url, data: folder.path().to_owned(), ..Config::default() };
        config.limits.webhook_s = 1;
        change(&mut config);
        let world = World::of(Ground { db, clock, blobs, config, parts: Default::default() });
        world.parts.install(Policies::compile(&[connect::acts::CONNECT]).unwrap());
        world.parts.install(Vault::open_at(&folder.path().join("keys"), None, None).unwrap());
        let place = Place { world, clock: hand, receiver: Receiver::open().await, _folder: folder };
        body(&place).await;
        place.world.db.close().await;
    })
    .await;
}

impl Place {
    pub async fn settle(&self) {
        let dispatcher = Dispatcher::new(self.world.clone(), connect_service::listeners(), connect_service::jobs());
        dispatcher.run_until_empty().await.unwrap();
    }

    /// A system with these posts that came with a token for webhooks.
    pub fn system(&self, name: &str, role: Role, region: &str, authority: Option<&str>) -> Visit {
        let kind = ActorKind::Staff {
            roles: BTreeSet::from([role]),
            region: region.into(),
            authority: authority.map(Into::into),
            hall: None,
        };
        let mut visit = Visit::of(&self.world, Actor { id: name.into(), name: name.into(), kind });
        let expires_at = self.clock.now_utc();
        visit.pass = Some(Pass { token: Uuid::nil(), scopes: BTreeSet::from([Scope::Webhooks]), expires_at });
        visit
    }

    /// The counter's software, which sees the whole district.
    pub fn counter(&self) -> Visit {
        self.system("counter", Role::Clerk, "440604", None)
    }

    pub async fn subscribe(&self, visit: &Visit, topics: &[&str]) -> Result<Made, Fault> {
        let topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
        subscribe(visit, None, Subscribe { url: self.receiver.url.clone(), topics }).await
    }

    /// Something happens to a case of this place and authority.
    pub async fn happens(&self, topic: &str, region: &str, authority: &str) {
        let facts = json!({
            "application": Uuid::nil(), "number": "YM1", "theme": "open-restaurant", "theme_name": "开办餐饮店",
            "item": "food-permit-new", "authority": authority, "region": region, "subject": "a-person", "place": "三楼",
        });
        let event = &OutboxEvent::new(topic, "a-case").holding(&facts);
        let published = self.world.db.write(None, async |tx| {
            tx.publish(event.clone());
            Ok(())
        });
        published.await.unwrap();
    }
}

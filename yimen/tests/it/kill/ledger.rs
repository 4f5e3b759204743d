//! Who calls, and what was acknowledged. A call without a whole answer is sent again with the same key until there is one.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::http::{Answer, ask};

/// Longest wait for one answer, through kills and starts.
const PATIENCE: Duration = Duration::from_secs(120);

/// Everything the clients share.
pub struct Ledger {
    /// The servers there are; every call goes to the next one, as a balancer before them would send it.
    addresses: Mutex<Vec<SocketAddr>>,
    calls: AtomicUsize,
    /// No further story is to begin.
    pub last_story: AtomicBool,
    /// Calls that got no whole answer.
    pub interrupted: AtomicU32,
    /// Calls that were told to come again.
    pub put_off: AtomicU32,
    turn: AtomicUsize,
    sessions: Mutex<HashMap<String, Session>>,
    acknowledged: Mutex<Vec<Acknowledged>>,
    stories: Mutex<Vec<String>>,
}

/// A session: cookie, and the token that goes with every writing call.
#[derive(Clone)]
pub struct Session {
    cookie: String,
    csrf: String,
}

/// One call, as it is sent however often.
#[derive(Clone)]
pub struct Call {
    pub method: &'static str,
    pub path: String,
    pub kind: String,
    pub body: Vec<u8>,
    /// The `Idempotency-Key`, for acts that take one.
    pub key: Option<String>,
}

/// A call with a key that was answered, and what the answer was about.
struct Acknowledged {
    session: Session,
    call: Call,
    status: u16,
    about: Value,
}

impl Call {
    /// A reading call.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), kind: String::new(), body: Vec::new(), key: None }
    }

    /// A writing call that may be sent again because its content says all.
    pub fn put(path: impl Into<String>, body: &Value) -> Self {
        Self {
            method: "PUT",
            path: path.into(),
            kind: "application/json".into(),
            body: body.to_string().into(),
            key: None,
        }
    }

    /// An act under a key of its own.
    pub fn act(path: impl Into<String>, body: &Value) -> Self {
        let key = Some(Uuid::new_v4().simple().to_string());
        Self { method: "POST", key, ..Self::put(path, body) }
    }
}

impl Ledger {
    pub fn new(addresses: &[SocketAddr]) -> Self {
        Self {
            addresses: Mutex::new(addresses.to_vec()),
            calls: AtomicUsize::new(0),
            last_story: AtomicBool::new(false),
            interrupted: AtomicU32::new(0),
            put_off: AtomicU32::new(0),
            turn: AtomicUsize::new(0),
            sessions: Mutex::default(),
            acknowledged: Mutex::default(),
            stories: Mutex::default(),
        }
    }

    /// The server of this place listens elsewhere now.
    pub fn moved(&self, place: usize, address: SocketAddr) {
        self.addresses.lock().expect("no client panicked")[place] = address;
    }

    fn next_address(&self) -> SocketAddr {
        let addresses = self.addresses.lock().expect("no client panicked");
        addresses[self.calls.fetch_add(1, Ordering::Relaxed) % addresses.len()]
    }

    /// The number of the next story; each is another resident's.
    pub fn next_story(&self) -> usize {
        self.turn.fetch_add(1, Ordering::Relaxed)
    }

    /// A story came to its end.
    pub fn ended(&self, application: &str) {
        self.stories.lock().expect("no client panicked").push(application.to_owned());
    }

    /// The applications of the stories that ended.
    pub fn stories(&self) -> Vec<String> {
        self.stories.lock().expect("no client panicked").clone()
    }

    /// The keys of all acknowledged acts.
    pub fn keys(&self) -> Vec<String> {
        self.acknowledged.lock().expect("no client panicked").iter().filter_map(|one| one.call.key.clone()).collect()
    }

    /// The session of this officer, or a new one; everybody shares it, because an account has few at a time.
    pub fn officer(&self, login: &str) -> Session {
        // Held while signing in, so that nobody signs the same officer in twice.
        let mut sessions = self.sessions.lock().expect("no client panicked");
        if let Some(known) = sessions.get(login) {
            return known.clone();
        }
        let session = self
            .sign_in(&json!({ "kind": "staff", "login": login, "password": access_service::accounts::FIRST_PASSWORD }));
        sessions.insert(login.to_owned(), session.clone());
        session
    }

    /// Signs somebody in.
    pub fn sign_in(&self, who: &Value) -> Session {
        let call = Call { method: "POST", ..Call::put("/api/v1/session", who) };
        let answer = self.until_answered(None, &call);
        assert_eq!(answer.status, 201, "signing in as {who}: {}", answer.text());
        let csrf = answer.json()["csrf"].as_str().expect("a token").to_owned();
        Session { cookie: answer.cookie().expect("a cookie"), csrf }
    }

    /// Calls until there is an answer, which must be a success; an act is written down as acknowledged.
    #[track_caller]
    pub fn call(&self, session: &Session, call: Call) -> Value {
        let answer = self.until_answered(Some(session), &call);
        let good = (200..300).contains(&answer.status);
        assert!(good, "{} {} was answered {}: {}", call.method, call.path, answer.status, answer.text());
        let value = answer.json();
        if call.key.is_some() {
            let acknowledged =
                Acknowledged { session: session.clone(), call, status: answer.status, about: about(&value) };
            self.acknowledged.lock().expect("no client panicked").push(acknowledged);
        }
        value
    }

    fn until_answered(&self, session: Option<&Session>, call: &Call) -> Answer {
        let since = Instant::now();
        loop {
            match send(self.next_address(), session, call) {
                // 503: the database is busy, full or not there yet, which is to be tried again with the same key.
                Ok(answer) if answer.status != 503 => return answer,
                Ok(_) => {
                    self.put_off.fetch_add(1, Ordering::Relaxed);
                }
                Err(fault) if fault.kind() == std::io::ErrorKind::ConnectionRefused => {}
                Err(_) => {
                    self.interrupted.fetch_add(1, Ordering::Relaxed);
                }
            }
            assert!(since.elapsed() < PATIENCE, "{} {} is never answered", call.method, call.path);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Sends every acknowledged act once more with its key; tells which were answered otherwise than the first time.
    pub fn ask_everything_again(&self, address: SocketAddr) -> Vec<String> {
        let mut faults = Vec::new();
        for first in self.acknowledged.lock().expect("no client panicked").iter() {
            let Call { method, path, .. } = &first.call;
            match send(address, Some(&first.session), &first.call) {
                Ok(answer) if is_the_same(first, &answer) => {}
                Ok(answer) => {
                    let then = format!("{} {}", first.status, first.about);
                    let now = if answer.status < 300 { about(&answer.json()).to_string() } else { answer.text() };
                    faults.push(format!("{method} {path}: {then} became {} {now}", answer.status));
                }
                Err(fault) => faults.push(format!("{method} {path}: {fault}")),
            }
        }
        faults
    }
}

/// What an answer is about: the draft, application or case itself, or the cases an act was done to. The rest of it tells
/// the state of now, which goes on.
fn about(answer: &Value) -> Value {
    if !answer["id"].is_null() {
        return json!({ "id": answer["id"], "number": answer["number"], "project_no": answer["project_no"] });
    }
    let cases: Vec<&Value> = answer["cases"].as_array().into_iter().flatten().map(|case| &case["id"]).collect();
    json!({ "application": answer["application"], "cases": cases })
}

/// Whether an answer to a key sent again is the first one's, and admits it where answers of its kind do.
fn is_the_same(first: &Acknowledged, again: &Answer) -> bool {
    let json = again.json();
    again.status == first.status && about(&json) == first.about && json["repeated"] != false
}

fn send(address: SocketAddr, session: Option<&Session>, call: &Call) -> std::io::Result<Answer> {
    let mut headers = vec![("accept", "application/json")];
    if !call.kind.is_empty() {
        headers.push(("content-type", &call.kind));
    }
    if let Some(session) = session {
        headers.extend([("cookie", session.cookie.as_str()), ("x-csrf-token", session.csrf.as_str())]);
    }
    if let Some(key) = &call.key {
        headers.push(("idempotency-key", key));
    }
    ask(address, call.method, &call.path, &headers, &call.body)
}

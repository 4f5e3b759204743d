//! A database that goes away and comes back: pages with words meanwhile, nothing lost, no new start needed.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use serde_json::json;
use testkit::{Durability, PrivatePostgres};

use crate::binary::yimen;
use crate::district::{demo, sample};
use crate::http::{Answer, ask};
use crate::server::Server;

/// No answer may take longer, whatever is down.
const ANSWERED_IN: Duration = Duration::from_secs(15);
/// The server must be of use again so long after the database is.
const BACK_IN: Duration = Duration::from_secs(15);

/// Somebody signed in over the REST interface; the same cookie opens the pages.
struct Caller {
    address: SocketAddr,
    cookie: String,
    csrf: String,
}

impl Caller {
    fn sign_in(address: SocketAddr, who: &serde_json::Value) -> Self {
        let json = [("content-type", "application/json")];
        let answer = ask(address, "POST", "/api/v1/session", &json, who.to_string().as_bytes()).expect("an answer");
        assert_eq!(answer.status, 201, "{}", answer.text());
        let csrf = answer.json()["csrf"].as_str().expect("a token").to_owned();
        Self { address, cookie: answer.cookie().expect("a cookie"), csrf }
    }

    fn page(&self, path: &str) -> Answer {
        let since = Instant::now();
        let answer = ask(self.address, "GET", path, &[("cookie", &self.cookie)], b"").expect("an answer");
        assert!(since.elapsed() < ANSWERED_IN, "{path} took {:?}", since.elapsed());
        answer
    }

    fn start_draft(&self, key: &str) -> Answer {
        let headers = [
            ("content-type", "application/json"),
            ("cookie", self.cookie.as_str()),
            ("x-csrf-token", self.csrf.as_str()),
            ("idempotency-key", key),
        ];
        let body = json!({ "theme": "open-hair-salon" }).to_string();
        ask(self.address, "POST", "/api/v1/drafts", &headers, body.as_bytes()).expect("an answer")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_and_comes_back_loses_nothing() {
    // Durable, because what a forgetful server lost would not be ours to answer for.
    let postgres = PrivatePostgres::start(Durability::Durable).expect("PostgreSQL starts");
    let url = new_database(&postgres).await;
    let work = tokio::task::spawn_blocking(move || through_an_outage(&postgres, &url));
    work.await.expect("the work");
}

async fn new_database(postgres: &PrivatePostgres) -> String {
    let mut options = ConnectOptions::new(postgres.url("postgres"));
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.expect("a connection");
    db.execute_unprepared("CREATE DATABASE district").await.expect("a database");
    db.close().await.expect("the connection closes");
    let url = postgres.url("district");
    let (path, folder) = (sample(), tempfile::tempdir().expect("a folder"));
    let load = yimen(["load", path.to_str().expect("a path"), "--residents", "20"]);
    load.data(folder.path()).database(&url).run().ends_with(0);
    url
}

fn through_an_outage(postgres: &PrivatePostgres, url: &str) {
    let server = Server::start(url);
    let address = server.address();
    let founder = demo("salon-founder");
    let who = json!({ "kind": "resident", "citizen_id": founder.citizen_id.as_str(), "name": founder.name });
    let resident = Caller::sign_in(address, &who);
    let staff = json!({ "kind": "staff", "login": "clerk1", "password": access_service::accounts::FIRST_PASSWORD });
    let clerk = Caller::sign_in(address, &staff);
    let draft = resident.start_draft("before");
    assert_eq!(draft.status, 201, "{}", draft.text());

    postgres.crash().expect("the database goes away");
    for (who, path) in [(&resident, "/mine"), (&resident, "/"), (&clerk, "/desk")] {
        let answer = who.page(path);
        let text = answer.text();
        assert_eq!(answer.status, 503, "{path}: {text}");
        assert!(
            text.contains("<html") && text.contains("暂时") && text.contains("再试"),
            "{path} has no words:\n{text}"
        );
        let number = answer.header("x-request-id").expect("a number");
        assert!(text.contains(number), "{path} does not tell its number {number}:\n{text}");
        assert!(server.log().contains(number), "the log does not know {number}");
    }
    let visitor = ask(address, "GET", "/", &[], b"").expect("an answer");
    assert!(visitor.status == 200 || visitor.status == 503, "the home page is answered {}", visitor.status);
    assert!(visitor.text().contains("<html"), "a visitor gets a page:\n{}", visitor.text());
    assert_eq!(ask(address, "GET", "/health", &[], b"").expect("an answer").status, 200, "the process itself is well");
    let ready = ask(address, "GET", "/ready", &[], b"").expect("an answer");
    assert_eq!((ready.status, &ready.json()["database"]), (503, &json!("does not answer")));
    let figures = ask(address, "GET", "/metrics", &[], b"").expect("an answer").text();
    for line in ["yimen_database_up 0", "yimen_queue_waiting{lane=\"job\"} NaN", "status=\"503\""] {
        assert!(figures.contains(line), "no {line} in\n{figures}");
    }
    let refused = resident.start_draft("during");
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    assert_eq!(refused.json()["code"], "unavailable", "{}", refused.text());

    postgres.start_again().expect("the database comes back");
    let since = Instant::now();
    let mine = loop {
        let answer = resident.page("/mine");
        if answer.status == 200 {
            break answer.text();
        }
        assert!(
            since.elapsed() < BACK_IN,
            "still {} after {:?}; the log says:\n{}",
            answer.status,
            since.elapsed(),
            server.log()
        );
        std::thread::sleep(Duration::from_millis(100));
    };
    let first = draft.json()["id"].as_str().expect("an id").to_owned();
    assert!(mine.contains(&first), "the draft of before is still there:\n{mine}");
    assert_eq!(resident.start_draft("before").json()["id"], first, "its key still answers as it did");
    let second = resident.start_draft("during");
    assert_eq!(second.status, 201, "what was refused can be done now: {}", second.text());
    assert_eq!(resident.start_draft("during").json()["id"], second.json()["id"]);
    assert_eq!(clerk.page("/desk").status, 200);
    assert_eq!(ask(address, "GET", "/ready", &[], b"").expect("an answer").status, 200);
    drop(server);
    let folder = tempfile::tempdir().expect("a folder");
    yimen(["verify"]).data(folder.path()).database(url).run().ends_with(0);
}

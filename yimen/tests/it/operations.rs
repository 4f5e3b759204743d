//! What an operator relies on: readiness that says what is lacking, figures for those who may have them, a request's
//! number everywhere, no personal data anywhere, and an orderly end.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use platform::config::Config;
use platform::telemetry::figures;
use records_service::sample::demo_people;
use serde_json::json;

use crate::binary::yimen;
use crate::chart;
use crate::district;
use crate::http::{Answer, ask};
use crate::kill::ledger::Ledger;
use crate::kill::story::{Cast, tell};
use crate::sealed;
use crate::server::{Server, terminate};

const TOKEN: &str = "a-token-only-for-this-test";

fn get(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(address, "GET", path, headers, b"").expect("an answer")
}

#[test]
fn a_server_says_that_it_lives_and_whether_it_is_ready() {
    let folder = district::loaded_folder();
    let server = Server::start(&district::database_of(folder.path()));
    assert_eq!(get(server.address(), "/health", &[]).text(), "ok");
    let ready = get(server.address(), "/ready", &[]);
    let said = json!({ "ready": true, "database": "ok", "migrations": "ok", "catalogue": "ok" });
    assert_eq!((ready.status, ready.json()), (200, said));
    let sql = "INSERT INTO platform_schema (module, name, place, at) VALUES ('hall', 'hall_0001_later', 0, '2030-01-01 00:00:00+00:00')";
    execute(&district::database_of(folder.path()), sql);
    let ready = get(server.address(), "/ready", &[]);
    assert_eq!(ready.status, 503, "{}", ready.text());
    assert!(
        ready.json()["migrations"].as_str().is_some_and(|said| said.contains("hall_0001_later")),
        "{}",
        ready.text()
    );
}

fn execute(url: &str, sql: &str) {
    use sea_orm::ConnectionTrait;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let db = sea_orm::Database::connect(url).await.expect("a connection");
        db.execute_unprepared(sql).await.unwrap_or_else(|fault| panic!("{sql}: {fault}"));
        db.close().await.expect("the connection closes");
    });
}

#[test]
fn figures_are_told_on_the_machine_or_for_the_token_and_hold_what_happened() {
    let folder = district::loaded_folder();
    let server = Server::start_with(&district::database_of(folder.path()), &[("YIMEN_METRICS_TOKEN", TOKEN)]);
    let address = server.address();
    let ledger = Ledger::new(&[address]);
    assert!(tell(&ledger, &Cast::of_sample()));
    let wrong = json!({ "kind": "staff", "login": "clerk1", "password": "wrong" }).to_string();
    let refused = ask(address, "POST", "/api/v1/session", &[("content-type", "application/json")], wrong.as_bytes());
    assert_eq!(refused.expect("an answer").status, 422);
    get(address, "/nothing/110101199003070038/13800138000", &[]);

    let proxied = [("x-forwarded-for", "203.0.113.7")];
    assert_eq!(get(address, "/metrics", &proxied).status, 404, "a proxy on the machine stands before the world");
    let bearer = format!("Bearer {TOKEN}");
    let with_token = [("x-forwarded-for", "203.0.113.7"), ("authorization", bearer.as_str())];
    assert_eq!(get(address, "/metrics", &with_token).status, 200);
    let text = get(address, "/metrics", &[]).text();
    for line in [
        r#"yimen_http_requests_total{method="POST",route="/api/v1/drafts",status="201"} 1"#,
        r#"yimen_http_requests_total{method="GET",route="none",status="404"} 1"#,
        r#"yimen_http_request_seconds_count{method="POST",route="/api/v1/drafts/{id}/submit"} 1"#,
        r#"yimen_acts_total{act="casework.decide",outcome="done"} 2"#,
        r#"yimen_sign_in_failures_total{door="api",reason="refused"} 1"#,
        r#"yimen_queue_waiting{lane="job"}"#,
        r#"yimen_dead_letters{lane="event"} 0"#,
        "yimen_db_write_seconds_count",
        "yimen_db_write_wait_seconds_count",
        "yimen_sessions ",
        r#"yimen_build_info{"#,
        "# HELP yimen_acts_total",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    assert!(!text.contains("13800138000") && !text.contains("/nothing"), "an address became a label:\n{text}");
}

#[test]
fn a_request_has_one_number_in_answer_log_and_page() {
    let folder = district::loaded_folder();
    let server =
        Server::start_with(&district::database_of(folder.path()), &[("YIMEN_LOG", "info"), ("YIMEN_LOG_FORM", "json")]);
    let answer = get(server.address(), "/items", &[]);
    let number = answer.header("x-request-id").expect("a number").to_owned();
    assert_eq!(number.len(), 14, "{number}");
    let log = server.log();
    let line = log.lines().find(|line| line.contains(&number)).unwrap_or_else(|| panic!("{number} is not in\n{log}"));
    let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
    assert_eq!((&line["status"], &line["span"]["route"]), (&json!(200), &json!("/items")), "{line}");
    let given = "0190a8f2-0000-7000-8000-00000000000a";
    assert_eq!(get(server.address(), "/", &[("x-request-id", given)]).header("x-request-id"), Some(given));
    let personal = get(server.address(), "/", &[("x-request-id", "110101199003070038")]);
    assert_ne!(personal.header("x-request-id"), Some("110101199003070038"));
    assert!(!server.log().contains("110101199003070038"));
}

/// Names, numbers and phones of everybody in the sample who could appear.
fn personal() -> BTreeSet<String> {
    let demo = demo_people().into_iter().flat_map(|person| [person.name.to_owned(), person.citizen_id.to_string()]);
    let known = [Cast::of_sample().persons(), vec!["13800138000".to_owned()]].concat();
    demo.chain(known).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_personal_data_is_in_logs_figures_error_pages_or_the_database_while_people_go_about_their_matters() {
    district::each_engine(async |url| {
        let at = url.clone();
        tokio::task::spawn_blocking(move || nothing_personal(&at)).await.expect("the work");
        sealed::nothing_in_clear(&url, &personal()).await;
    })
    .await;
}

fn nothing_personal(url: &str) {
    // Everything that can be logged at all.
    let server = Server::start_with(url, &[("YIMEN_LOG", "trace")]);
    let address = server.address();
    let (ledger, cast) = (Ledger::new(&[address]), Cast::of_sample());
    for _ in 0..3 {
        assert!(tell(&ledger, &cast));
    }
    let mut pages = Vec::new();
    let founder = district::demo("salon-founder");
    let (name, number) = (founder.name, founder.citizen_id.as_str());
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let typed = format!("citizen_id={number}&name={}&back=%2Fmine", encoded(name));
    pages.push(ask(address, "POST", "/desk/window", &form, typed.as_bytes()));
    pages.push(ask(address, "POST", "/drafts/not-an-id/form", &form, typed.as_bytes()));
    pages.push(ask(address, "GET", &format!("/nothing/{number}"), &[("referer", &format!("/x?id={number}"))], b""));
    pages.push(ask(address, "GET", &format!("/desk/find?number={number}&text={}", encoded(name)), &[], b""));
    let json = [("content-type", "application/json")];
    let body = json!({ "kind": "resident", "citizen_id": number, "name": "别人" }).to_string();
    pages.push(ask(address, "POST", "/api/v1/session", &json, body.as_bytes()));
    pages.push(ask(address, "POST", "/api/v1/session", &json, format!("{{\"citizen_id\": \"{number}\"").as_bytes()));
    let pages: String = pages.into_iter().map(|page| page.expect("an answer").text()).collect();
    let figures = get(address, "/metrics", &[]).text();
    let log = server.log();
    assert!(log.contains("/api/v1/drafts/{id}/submit"), "the log tells what was done");
    for one in personal() {
        for (what, text) in [("the log", &log), ("the figures", &figures), ("an error page", &pages)] {
            let place = text.lines().find(|line| line.contains(&one));
            assert!(place.is_none(), "{what} has {one}:\n{}", place.unwrap_or_default());
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Sends the beginning of a post whose end is still to come.
fn begin_post(address: SocketAddr) -> TcpStream {
    let mut socket = TcpStream::connect(address).expect("a connection");
    socket.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    let head = "POST /sign-out HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n\
        content-length: 6\r\nconnection: close\r\n\r\n_cs";
    socket.write_all(head.as_bytes()).expect("it is sent");
    // The server has taken the request in when it answers the next one.
    assert_eq!(get(address, "/health", &[]).status, 200);
    std::thread::sleep(Duration::from_millis(100));
    socket
}

#[test]
fn a_server_asked_to_stop_finishes_what_it_began_and_begins_nothing() {
    let folder = district::loaded_folder();
    let mut server = Server::start_with(&district::database_of(folder.path()), &[("YIMEN_LOG", "info")]);
    let address = server.address();
    let mut slow = begin_post(address);
    terminate(server.process());
    let since = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(since.elapsed() < Duration::from_secs(5), "connections are still taken");
        std::thread::sleep(Duration::from_millis(10));
    }
    slow.write_all(b"rf=").expect("the rest is sent");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert_eq!(server.stop(Duration::from_secs(10)), Some(0), "{}", server.log());
    assert!(server.log().contains("asked to stop") && server.log().contains("stopped"), "{}", server.log());
}

#[test]
fn a_request_that_does_not_end_is_broken_off_after_the_configured_time() {
    let folder = district::loaded_folder();
    let settings = [("YIMEN_LOG", "info"), ("YIMEN_SHUTDOWN_S", "1")];
    let mut server = Server::start_with(&district::database_of(folder.path()), &settings);
    let _stuck = begin_post(server.address());
    let since = Instant::now();
    assert_eq!(server.stop(Duration::from_secs(15)), Some(0), "{}", server.log());
    assert!(since.elapsed() >= Duration::from_secs(1), "it waited");
    assert!(server.log().contains("broken off"), "{}", server.log());
}

#[test]
fn the_configuration_in_force_is_printed_without_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("yimen.toml");
    let text = format!("log_form = 'json'\nmetrics_token = '{TOKEN}'\n[limits]\ndrafts = 3\n");
    std::fs::write(&file, text).expect("a file");
    let config = |arguments: &[&'static str]| {
        let run = yimen(arguments.iter().copied()).database("postgres://yimen:s3cret@db/yimen");
        run.configured(&file).run().ends_with(0)
    };
    let printed = config(&["config"]).out;
    assert!(printed.contains("postgres://yimen:(hidden)@db/yimen") && printed.contains("drafts = 3"), "{printed}");
    assert!(!printed.contains("s3cret") && !printed.contains(TOKEN), "{printed}");
    let json = config(&["config", "--json"]).json();
    assert_eq!((&json["log_form"], &json["metrics_token"]), (&json!("json"), &json!("(hidden)")));
}

/// The guide for operators, as it lies in the repository.
fn guide() -> String {
    std::fs::read_to_string(chart::root().join("docs/guides/operate.md")).expect("the guide")
}

#[test]
fn every_key_of_the_configuration_is_in_the_guide() {
    let guide = guide();
    let outside = Config::keys().into_iter().map(|key| (key, format!("YIMEN_{}", key.to_ascii_uppercase())));
    let limits = Config::limit_keys().iter().map(|key| (*key, format!("YIMEN_LIMITS_{}", key.to_ascii_uppercase())));
    let lacking: Vec<String> = outside
        .chain(limits)
        .filter(|(key, variable)| !guide.contains(&format!("| `{key}` | `{variable}` |")))
        .map(|(key, _)| key.to_owned())
        .collect();
    assert!(lacking.is_empty(), "docs/guides/operate.md does not explain {lacking:?}");
}

#[test]
fn every_figure_is_in_the_guide_and_every_figure_of_the_guide_is_told() {
    let guide = guide();
    let lacking: Vec<&str> =
        figures::ALL.iter().map(|one| one.name).filter(|name| !guide.contains(&format!("`{name}`"))).collect();
    assert!(lacking.is_empty(), "docs/guides/operate.md does not explain {lacking:?}");
    let known: BTreeSet<&str> = figures::ALL.iter().map(|one| one.name).collect();
    let told = guide
        .split('`')
        .filter(|word| word.starts_with("yimen_") && word.bytes().all(|b| b == b'_' || b.is_ascii_lowercase()));
    let invented: Vec<&str> = told.filter(|name| !known.contains(name)).collect();
    assert!(invented.is_empty(), "docs/guides/operate.md tells of {invented:?}");
}

#[test]
fn the_unit_waits_longer_than_the_server_takes_to_stop() {
    let unit = std::fs::read_to_string(chart::root().join("packaging/yimen.service")).expect("the unit");
    let stop = unit.lines().find_map(|line| line.strip_prefix("TimeoutStopSec=")).expect("a limit");
    assert!(stop.parse::<u64>().expect("seconds") > 2 * Config::default().shutdown_s);
    assert!(unit.contains("ExecStart=/usr/local/bin/yimen serve") && guide().contains("packaging/yimen.service"));
}

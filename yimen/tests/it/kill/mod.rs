//! The server is killed twenty times while residents submit and officers decide. What was acknowledged is there once.
//!
//! Reads in this order: `ledger` (who calls, calls again until there is an answer, and writes down what was
//! acknowledged), `story` (one matter from draft to hand-over through the REST interface), then the test. `gate` and
//! `payment`: the server is killed while the payment platform tells it of money.

pub mod gate;
pub mod ledger;
mod payment;
pub mod story;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::binary::yimen;
use crate::database::{connect, count};
use crate::district;
use crate::server::Server;

use ledger::Ledger;
use story::{Cast, tell};

/// Kills on each engine.
const KILLS: u32 = 20;
/// Residents who are at it at the same time.
const CLIENTS: usize = 4;
/// Longest life of a server between its first answer and its end, in milliseconds.
const LIFE_MS: std::ops::Range<u64> = 60..700;

/// What must be nowhere when all is over: a count that is not zero, and what that would mean.
const NOWHERE: [(&str, &str); 6] = [
    (
        "an application without all of its cases",
        "SELECT count(*) FROM casework_application a \
         WHERE a.cases <> (SELECT count(*) FROM casework_case c WHERE c.application = a.id)",
    ),
    (
        "a case without its application",
        "SELECT count(*) FROM casework_case c \
         WHERE NOT EXISTS (SELECT 1 FROM casework_application a WHERE a.id = c.application)",
    ),
    ("a draft that was not submitted", "SELECT count(*) FROM themes_draft WHERE application IS NULL"),
    (
        "an act that was done twice",
        "SELECT count(*) FROM (SELECT chain FROM platform_journal WHERE act <> 'casework.step-completed' \
         GROUP BY chain, subject, act HAVING count(*) > 1) twice",
    ),
    (
        "a step that was completed twice",
        "SELECT count(*) FROM (SELECT chain FROM platform_journal WHERE act = 'casework.step-completed' \
         GROUP BY chain, subject, actor HAVING count(*) > 1) twice",
    ),
    ("a dead letter", "SELECT count(*) FROM platform_dead_letter"),
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_or_done_twice_when_the_server_is_killed_twenty_times() {
    let cast = Arc::new(Cast::of_sample());
    district::each_engine(async |url| {
        let begun = Instant::now();
        let licences_before = count(&connect(&url).await, "SELECT count(*) FROM records_licence").await;
        let (work, place) = (cast.clone(), url.clone());
        let (server, ledger) =
            tokio::task::spawn_blocking(move || kill_and_serve(&place, &work)).await.expect("the work");
        let (stories, interrupted) = (ledger.stories(), ledger.interrupted.load(Ordering::Relaxed));
        assert!(
            stories.len() >= CLIENTS,
            "only {} matters were settled; the test is too short to mean much",
            stories.len()
        );
        assert!(interrupted >= KILLS / 2, "only {interrupted} calls were cut off by {KILLS} kills");

        let db = connect(&url).await;
        for (what, sql) in NOWHERE {
            assert_eq!(count(&db, sql).await, 0, "{what} was found");
        }
        let opened = count(&db, "SELECT count(*) FROM casework_application").await;
        assert_eq!(opened, stories.len() as i64, "every submission is there exactly once");
        let undelivered = "SELECT count(*) FROM casework_case WHERE status <> 'delivered'";
        assert_eq!(count(&db, undelivered).await, 0, "every case came to its end");
        for key in ledger.keys() {
            let sql = format!("SELECT count(*) FROM platform_journal WHERE request_key LIKE '%/{key}'");
            assert_eq!(count(&db, &sql).await, 1, "the act with key {key} was acknowledged and is on record once");
        }
        let issued = count(&db, "SELECT count(*) FROM platform_journal WHERE act = 'casework.issued'").await;
        let licences = count(&db, "SELECT count(*) FROM records_licence").await - licences_before;
        assert_eq!(licences, issued, "every licence issued is on record once");
        numbers_have_no_gaps(&db, stories.len()).await;

        let rows = count(&db, "SELECT count(*) FROM platform_journal").await;
        let again = tokio::task::spawn_blocking(move || {
            let faults = ledger.ask_everything_again(server.address());
            drop(server);
            faults
        });
        let faults = again.await.expect("the asking again");
        assert!(faults.is_empty(), "a key sent again was answered otherwise:\n  {}", faults.join("\n  "));
        assert_eq!(count(&db, "SELECT count(*) FROM platform_journal").await, rows, "asking again does nothing");
        db.close().await.expect("the connection closes");

        let folder = tempfile::tempdir().expect("a folder");
        let ran = yimen(["verify"]).data(folder.path()).database(&url).run().ends_with(0);
        assert!(ran.out.contains(" 0 findings"), "{}", ran.out);
        eprintln!(
            "{} matters, {KILLS} kills, {interrupted} calls cut off, {:.0} s",
            stories.len(),
            begun.elapsed().as_secs_f32()
        );
    })
    .await;
}

/// Lets the clients work while the server is killed; gives the server that is left and what was acknowledged.
fn kill_and_serve(url: &str, cast: &Cast) -> (Server, Ledger) {
    let mut server = Server::start(url);
    let ledger = Ledger::new(server.address());
    std::thread::scope(|scope| {
        let ledger = &ledger;
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(move || while tell(ledger, cast) {})).collect();
        for _ in 0..KILLS {
            std::thread::sleep(Duration::from_millis(rand::random_range(LIFE_MS)));
            server.kill();
            server.start_again();
            ledger.moved(server.address());
        }
        ledger.last_story.store(true, Ordering::Relaxed);
        for client in clients {
            if let Err(panic) = client.join() {
                eprintln!("the server's log:\n{}", server.log());
                std::panic::resume_unwind(panic);
            }
        }
    });
    assert!(!server.log().contains("internal error"), "the server met an error of its own:\n{}", server.log());
    (server, ledger)
}

/// Serials of a day are 1, 2, 3 …: a killed submission leaves no hole.
async fn numbers_have_no_gaps(db: &DatabaseConnection, expected: usize) {
    let ask =
        Statement::from_string(db.get_database_backend(), "SELECT number FROM casework_application ORDER BY number");
    let rows = db.query_all_raw(ask).await.expect("the numbers");
    let numbers: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).expect("a number")).collect();
    let mut days: std::collections::BTreeMap<&str, Vec<u32>> = std::collections::BTreeMap::new();
    for number in &numbers {
        days.entry(&number[..12]).or_default().push(number[12..18].parse().expect("six digits"));
    }
    for (day, serials) in days {
        let whole: Vec<u32> = (1..=serials.len() as u32).collect();
        assert_eq!(serials, whole, "the numbers of {day} have gaps or twins");
    }
    assert_eq!(numbers.len(), expected);
}

//! What must be true of the books when the trouble is over, whatever it was: what was acknowledged is there, once.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::ledger::Ledger;
use crate::binary::yimen;
use crate::database::{connect, count};
use crate::server::Server;

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

/// Licences on record, to be asked before anything is done.
pub async fn licences(url: &str) -> i64 {
    count(&connect(url).await, "SELECT count(*) FROM records_licence").await
}

/// Reads the books against what was acknowledged, sends every key again to a server that is left, and verifies the record.
///
/// # Panics
/// When anything is missing, there twice, or answered otherwise than the first time.
pub async fn balance(url: &str, licences_before: i64, server: Server, ledger: Ledger) {
    let stories = ledger.stories();
    let db = connect(url).await;
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
    let interrupted = ledger.interrupted.load(Ordering::Relaxed);
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
    let ran = yimen(["verify"]).data(folder.path()).database(url).run().ends_with(0);
    assert!(ran.out.contains(" 0 findings"), "{}", ran.out);
    eprintln!("{} matters, {interrupted} calls cut off", stories.len());
}

/// Serials of a day are 1, 2, 3 …: a killed submission leaves no hole.
async fn numbers_have_no_gaps(db: &DatabaseConnection, expected: usize) {
    let ask =
        Statement::from_string(db.get_database_backend(), "SELECT number FROM casework_application ORDER BY number");
    let rows = db.query_all_raw(ask).await.expect("the numbers");
    let numbers: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).expect("a number")).collect();
    let mut days: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for number in &numbers {
        days.entry(&number[..12]).or_default().push(number[12..18].parse().expect("six digits"));
    }
    for (day, serials) in days {
        let whole: Vec<u32> = (1..=serials.len() as u32).collect();
        assert_eq!(serials, whole, "the numbers of {day} have gaps or twins");
    }
    assert_eq!(numbers.len(), expected);
}

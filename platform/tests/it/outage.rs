//! A database that goes away and comes back.

use platform::{Clock, Database, Fault, JournalEntry, RequestKey, journal};
use sea_orm::{ConnectOptions, ConnectionTrait};
use testkit::{Durability, PrivatePostgres};
use uuid::Uuid;

use crate::ground::{migrations, put, things};

async fn act(db: &Database, key: &RequestKey, chain: Uuid, name: &str) -> Result<(), Fault> {
    db.write(Some(key), async |tx| {
        put(&tx, name, 1).await?;
        tx.record(JournalEntry::new(chain, "a", "act", name));
        Ok(())
    })
    .await
}

fn key(number: u32) -> RequestKey {
    RequestKey::new("account", &number.to_string()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_fail_as_unavailable_while_it_is_away_and_go_on_when_it_is_back() {
    let server = PrivatePostgres::start(Durability::Durable).unwrap();
    let db = Database::open(&server.url("postgres")).await.unwrap().with_clock(Clock::System);
    db.migrate(&migrations()).await.unwrap();
    let chain = Uuid::new_v4();
    // Several connections, all of which die.
    let warm: Vec<_> = (0..8).map(|number| (key(number), format!("warm{number}"))).collect();
    let warmed = futures::future::join_all(warm.iter().map(|(key, name)| act(&db, key, chain, name))).await;
    assert!(warmed.iter().all(Result::is_ok), "{warmed:?}");

    // One act is in the middle when the server goes.
    let outcome: Result<(), Fault> = db
        .write(Some(&key(100)), async |tx| {
            put(&tx, "half", 1).await?;
            tx.record(JournalEntry::new(chain, "a", "act", "half"));
            server.crash().map_err(Fault::internal)
        })
        .await;
    assert!(matches!(&outcome, Err(fault) if fault.is_outage()), "{outcome:?}");
    assert!(matches!(act(&db, &key(101), chain, "away").await, Err(fault) if fault.is_outage()));
    assert!(matches!(db.ping().await, Err(fault) if fault.is_outage()));

    server.start_again().unwrap();
    // Readers meet at most one dead connection: the others are then asked before they are given out.
    let reads = futures::future::join_all((0..8).map(|_| journal::read(db.reader(), chain, 0))).await;
    assert!(reads.iter().filter(|read| read.is_err()).count() <= 1, "{reads:?}");
    // The very first act after the return succeeds: dead connections are passed over.
    assert_eq!(act(&db, &key(100), chain, "half").await, Ok(()));
    assert_eq!(act(&db, &key(101), chain, "back").await, Ok(()));
    assert_eq!(db.ping().await, Ok(()));
    assert_eq!(things(&db).await.len(), 10);
    let verified = journal::verify(&db).await.unwrap();
    assert_eq!((verified.rows, verified.is_whole()), (10, true), "{:?}", verified.findings);
    db.close().await;
}

/// The commit's answer is lost on the way: whoever asks again with the same key learns that it was done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_whose_answer_was_lost_is_known_by_its_key() {
    let server = PrivatePostgres::start(Durability::Durable).unwrap();
    let db = Database::open(&server.url("postgres")).await.unwrap();
    db.migrate(&migrations()).await.unwrap();
    let chain = Uuid::new_v4();
    act(&db, &key(1), chain, "done").await.unwrap();
    server.crash().unwrap();
    server.start_again().unwrap();
    assert!(matches!(act(&db, &key(1), chain, "done").await, Err(Fault::Repeated(_))));
    assert_eq!(things(&db).await, [("done".to_owned(), 1)]);
    db.close().await;
}

#[tokio::test]
async fn another_process_holding_sqlite_is_waited_for_and_not_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("a.db").display());
    let db = Database::open(&url).await.unwrap();
    db.migrate(&migrations()).await.unwrap();
    let mut options = ConnectOptions::new(&url);
    options.max_connections(1);
    let other = sea_orm::Database::connect(options).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let released = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        other.execute_unprepared("ROLLBACK").await.unwrap();
    };
    let key = key(1);
    let (outcome, ()) = futures::join!(act(&db, &key, Uuid::new_v4(), "a"), released);
    assert_eq!(outcome, Ok(()));
    assert_eq!(db.migrate(&migrations()).await.unwrap(), Vec::<String>::new());
    db.close().await;
}

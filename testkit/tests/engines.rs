//! The tools themselves: both engines, own databases, prepared copies, a crash and a new start.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use testkit::{Durability, PrivatePostgres, each_engine, each_engine_from};

async fn count(db: &DatabaseConnection) -> i64 {
    let count = Statement::from_string(db.get_database_backend(), "SELECT count(*) FROM thing");
    db.query_one_raw(count).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn every_test_has_an_empty_database_on_both_engines() {
    let engines = AtomicU32::new(0);
    for _ in 0..2 {
        each_engine(async |url| {
            let db = Database::connect(&url).await.unwrap();
            // Fails if the other round's table is here.
            db.execute_unprepared("CREATE TABLE thing (id int)").await.unwrap();
            engines.fetch_add(1, Ordering::SeqCst);
            db.close().await.unwrap();
        })
        .await;
    }
    assert_eq!(engines.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_preparation_runs_once_and_its_copies_are_apart() {
    let prepared = AtomicU32::new(0);
    let prepare = async |url: String| {
        prepared.fetch_add(1, Ordering::SeqCst);
        let db = Database::connect(&url).await.unwrap();
        db.execute_unprepared("CREATE TABLE thing (id int)").await.unwrap();
        db.execute_unprepared("INSERT INTO thing VALUES (1)").await.unwrap();
        db.close().await.unwrap();
    };
    for _ in 0..2 {
        each_engine_from("things", &prepare, async |url| {
            let db = Database::connect(&url).await.unwrap();
            assert_eq!(count(&db).await, 1);
            db.execute_unprepared("INSERT INTO thing VALUES (2)").await.unwrap();
            assert_eq!(count(&db).await, 2);
            db.close().await.unwrap();
        })
        .await;
    }
    assert_eq!(prepared.load(Ordering::SeqCst), 2, "once for each engine");
}

#[tokio::test]
async fn a_server_can_be_crashed_and_leaves_nothing_behind() {
    let server = PrivatePostgres::start(Durability::Durable).unwrap();
    let folder = server.socket_folder().to_owned();
    let url = server.url("postgres");
    Database::connect(&url).await.unwrap().execute_unprepared("CREATE TABLE thing (id int)").await.unwrap();
    server.crash().unwrap();
    assert!(Database::connect(&url).await.is_err());
    server.start_again().unwrap();
    assert_eq!(count(&Database::connect(&url).await.unwrap()).await, 0);
    drop(server);
    assert!(!folder.exists());
}

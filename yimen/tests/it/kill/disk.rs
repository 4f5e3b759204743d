//! The disk is full while everybody is at work: what can be read is read, what cannot be written is put off by name, and
//! when there is room again everything goes on without a new start.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use testkit::{Durability, PrivatePostgres, SmallDisk, postgres};

use super::ledger::Ledger;
use super::story::Cast;
use super::{assert_well, books, work};
use crate::binary::yimen;
use crate::database::connect;
use crate::district::{self, sample};
use crate::http;
use crate::server::Server;

/// Room for the loaded sample and what the test adds.
const KILOBYTES: u64 = 96 << 10;
/// Times the disk is full.
const TIMES: u32 = 3;
/// Calls that must have been put off before there is room again.
const PUT_OFF: u32 = 12;
/// Longest wait for them.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_sqlite_and_the_uploads_loses_nothing() {
    let loaded = district::loaded_folder();
    let Some(disk) = small_disk() else { return };
    let data = disk.folder().join("data");
    disk.copy(loaded.path(), &data).expect("the loaded sample is copied");
    let (url, before) = (district::database_of(&data), books::licences(&district::database_of(loaded.path())).await);
    let place = disk.clone();
    let work = tokio::task::spawn_blocking(move || fill_and_clear(Server::on_disk(place.clone(), &url), &place));
    let (mut server, ledger) = work.await.expect("the work");

    // The books are read outside, where the test can see them, by a server that stands there.
    server.stop(PATIENCE).expect("it ends by itself");
    let outside = tempfile::tempdir().expect("a folder");
    disk.copy(&data, outside.path()).expect("the data are copied");
    let data = outside.path().join("data");
    let url = district::database_of(&data);
    books::balance(&url, before, Server::start(&url), ledger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_postgresql_loses_nothing() {
    let Some(disk) = small_disk() else { return };
    let postgres = PrivatePostgres::start_beside(Durability::Forgetful, &disk).expect("PostgreSQL starts");
    let url = load_onto(&postgres, &disk).await;
    let (place, room, before) = (url.clone(), disk.clone(), books::licences(&url).await);
    let work = tokio::task::spawn_blocking(move || fill_and_clear(Server::start(&place), &room));
    let (server, ledger) = work.await.expect("the work");
    books::balance(&url, before, server, ledger).await;
    // Until here: the database lies on it.
    drop(disk);
}

/// The disk; none, and a word about it, where the system lets nobody mount anything even in a namespace of its own.
fn small_disk() -> Option<Arc<SmallDisk>> {
    match SmallDisk::of_kilobytes(KILOBYTES) {
        Ok(disk) => Some(Arc::new(disk)),
        Err(fault) => {
            eprintln!("a full disk cannot be shown on this machine: {fault:#}");
            None
        }
    }
}

/// The sample in a database on the small disk.
async fn load_onto(postgres: &PrivatePostgres, disk: &SmallDisk) -> String {
    let db = connect(&postgres.url("postgres")).await;
    let place = postgres::tablespace(disk);
    for order in [
        format!("CREATE TABLESPACE small LOCATION '{}'", place.display()),
        "CREATE DATABASE district TABLESPACE small".to_owned(),
    ] {
        db.execute_unprepared(&order).await.expect("an order of the administrator");
    }
    db.close().await.expect("the connection closes");
    let url = postgres.url("district");
    let (sample, folder) = (sample(), tempfile::tempdir().expect("a folder"));
    let residents = district::RESIDENTS.to_string();
    let load = yimen(["load", sample.to_str().expect("a path"), "--residents", &residents, "--seed", "7"]);
    load.data(folder.path()).database(&url).run().ends_with(0);
    url
}

/// Lets the clients work while the disk is full again and again; gives the server and what was acknowledged.
fn fill_and_clear(server: Server, disk: &SmallDisk) -> (Server, Ledger) {
    let ledger = Ledger::new(&[server.address()]);
    let cast = Cast::of_sample();
    work(&ledger, &cast, || {
        for _ in 0..TIMES {
            std::thread::sleep(Duration::from_millis(800));
            let before = ledger.put_off.load(Ordering::Relaxed);
            disk.fill().expect("the disk fills");
            let since = Instant::now();
            while ledger.put_off.load(Ordering::Relaxed) < before + PUT_OFF {
                assert!(since.elapsed() < PATIENCE, "nobody noticed that the disk is full");
                std::thread::sleep(Duration::from_millis(20));
            }
            for path in ["/", "/items", "/health", "/ready"] {
                let answer = http::ask(server.address(), "GET", path, &[], b"").expect("an answer");
                assert_eq!(answer.status, 200, "{path} can be read while nothing can be written: {}", answer.text());
            }
            disk.clear().expect("there is room again");
        }
    });
    assert_well(&server);
    assert!(server.log().contains("no room left"), "the log does not say what to do:\n{}", server.log());
    (server, ledger)
}

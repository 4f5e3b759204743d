//! Two servers on one PostgreSQL, every call to the other one, and now the one, now the other is killed.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::ledger::Ledger;
use super::story::Cast;
use super::{CLIENTS, assert_well, books, work};
use crate::district;
use crate::server::Server;

/// Kills of one of the two.
const KILLS: usize = 8;
/// How long both are there before one is killed, and how long the other is alone, in milliseconds.
const BOTH_MS: std::ops::Range<u64> = 100..600;
const ALONE_MS: std::ops::Range<u64> = 100..400;

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_lose_nothing_and_do_nothing_twice_when_one_is_killed_under_load() {
    let cast = Arc::new(Cast::of_sample());
    district::each_engine(async |url| {
        // Two servers share a database server, never a file.
        if url.starts_with("sqlite") {
            return;
        }
        let licences_before = books::licences(&url).await;
        let (cast, place) = (cast.clone(), url.clone());
        let (server, ledger) =
            tokio::task::spawn_blocking(move || kill_one_of_two(&place, &cast)).await.expect("the work");
        let (stories, interrupted) = (ledger.stories().len(), ledger.interrupted.load(Ordering::Relaxed));
        assert!(stories >= CLIENTS, "only {stories} matters were settled; the test is too short to mean much");
        assert!(interrupted as usize >= KILLS / 2, "only {interrupted} calls were cut off by {KILLS} kills");
        books::balance(&url, licences_before, server, ledger).await;
    })
    .await;
}

/// Lets the clients work on both; gives one of the servers that are left and what was acknowledged.
fn kill_one_of_two(url: &str, cast: &Cast) -> (Server, Ledger) {
    let first = Server::start(url);
    // They share the uploads as they share the database: servers of one place stand on one volume.
    let second = Server::beside(&first);
    let mut servers = [first, second];
    let ledger = Ledger::new(&servers.each_ref().map(Server::address));
    work(&ledger, cast, || {
        for turn in 0..KILLS {
            std::thread::sleep(Duration::from_millis(rand::random_range(BOTH_MS)));
            let place = turn % servers.len();
            servers[place].kill();
            std::thread::sleep(Duration::from_millis(rand::random_range(ALONE_MS)));
            servers[place].start_again();
            ledger.moved(place, servers[place].address());
        }
    });
    servers.iter().for_each(assert_well);
    let [first, second] = servers;
    drop(second);
    (first, ledger)
}

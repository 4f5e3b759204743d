//! Servers are killed, doubled and short of room while residents submit and officers decide. What was acknowledged is
//! there once.
//!
//! Reads in this order: `ledger` (who calls, calls again until there is an answer, and writes down what was
//! acknowledged), `story` (one matter from draft to hand-over through the REST interface), `books` (what must be true
//! when it is over), then the troubles: one server killed again and again (here), `two` servers on one database of which
//! one is killed, a `disk` that is full, and with `gate` and `payment` a server killed while the payment platform tells
//! it of money.

mod books;
mod disk;
pub mod gate;
pub mod ledger;
mod payment;
pub mod story;
mod two;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

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

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_or_done_twice_when_the_server_is_killed_twenty_times() {
    let cast = Arc::new(Cast::of_sample());
    district::each_engine(async |url| {
        let licences_before = books::licences(&url).await;
        let (work, place) = (cast.clone(), url.clone());
        let (server, ledger) =
            tokio::task::spawn_blocking(move || kill_and_serve(&place, &work)).await.expect("the work");
        let (stories, interrupted) = (ledger.stories().len(), ledger.interrupted.load(Ordering::Relaxed));
        assert!(stories >= CLIENTS, "only {stories} matters were settled; the test is too short to mean much");
        assert!(interrupted >= KILLS / 2, "only {interrupted} calls were cut off by {KILLS} kills");
        books::balance(&url, licences_before, server, ledger).await;
    })
    .await;
}

/// Lets the clients work while the server is killed; gives the server that is left and what was acknowledged.
fn kill_and_serve(url: &str, cast: &Cast) -> (Server, Ledger) {
    let mut server = Server::start(url);
    let ledger = Ledger::new(&[server.address()]);
    work(&ledger, cast, || {
        for _ in 0..KILLS {
            std::thread::sleep(Duration::from_millis(rand::random_range(LIFE_MS)));
            server.kill();
            server.start_again();
            ledger.moved(0, server.address());
        }
    });
    assert_well(&server);
    (server, ledger)
}

/// Lets the clients tell story after story while there is trouble, and to the end when it is over.
fn work(ledger: &Ledger, cast: &Cast, trouble: impl FnOnce()) {
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(move || while tell(ledger, cast) {})).collect();
        trouble();
        ledger.last_story.store(true, Ordering::Relaxed);
        for client in clients {
            if let Err(panic) = client.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
}

/// Trouble from outside is no error of ours, and is not told as one.
fn assert_well(server: &Server) {
    assert!(!server.log().contains("internal error"), "a server met an error of its own:\n{}", server.log());
}

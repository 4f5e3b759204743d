//! Closing a day over many chains, verifying them and giving a receipt: time, and the most memory this process ever had.
//!
//! `cargo run --release -p platform --example million_chains -- [CHAINS] [sqlite|postgres]`

use std::time::Instant;

use chrono::TimeDelta;
use platform::roots::{self, Step};
use platform::vault::{Purpose, Vault};
use platform::{Clock, Database, JournalEntry, journal};
use testkit::{Durability, PrivatePostgres};
use uuid::Uuid;

const PAGE: u64 = 5_000;
/// Chains made in one transaction.
const BATCH: usize = 400;
/// Days on which nothing happens.
const QUIET_DAYS: i64 = 10;
/// Chains that move on the second day.
const MOVED: usize = 10_000;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let chains: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let on_postgres = arguments.next().is_some_and(|engine| engine == "postgres");
    let folder = tempfile::tempdir().expect("a folder");
    let server = on_postgres.then(|| PrivatePostgres::start(Durability::Forgetful).expect("a private PostgreSQL"));
    let url = match &server {
        Some(server) => server.url("postgres"),
        None => format!("sqlite:{}?mode=rwc", folder.path().join("bench.db").display()),
    };
    let clock = Clock::on("2026-03-02".parse().expect("a day"));
    let Clock::Fixed(hand) = clock.clone() else { unreachable!("it was made so") };
    let db = Database::open(&url).await.expect("a database").with_clock(clock.clone());
    db.migrate(&[]).await.expect("the tables");
    let vault = Vault::open_at(&folder.path().join("keys"), None, None).expect("a key store");
    let signer = vault.signer(&Purpose::JournalRoot, clock.now_utc()).expect("a key");
    println!("{chains} chains on {:?}", db.engine());

    roots::step(&db, &signer, PAGE).await.expect("the day before the first");
    let begun = Instant::now();
    let all = fill(&db, chains).await;
    say("filled, one row each", begun);

    hand.advance(TimeDelta::days(1));
    close(&db, &signer, "closed the first day, all chains moved").await;
    for chain in all.iter().step_by((chains / MOVED).max(1)) {
        record(&db, *chain).await;
    }
    hand.advance(TimeDelta::days(1));
    close(&db, &signer, "closed the second day, few chains moved").await;
    hand.advance(TimeDelta::days(QUIET_DAYS));
    let begun = Instant::now();
    while roots::step(&db, &signer, PAGE).await.expect("the database") != Step::Nothing {}
    say(&format!("closed {QUIET_DAYS} quiet days that were missed"), begun);

    let begun = Instant::now();
    let receipt =
        roots::receipt(db.reader(), all[chains / 2], "number").await.expect("the database").expect("a receipt");
    println!("{:<44} {:>8.1} ms   path of {}", "a receipt", begun.elapsed().as_secs_f64() * 1e3, receipt.path.len());
    let begun = Instant::now();
    let verified = journal::verify(&db).await.expect("the database");
    say(&format!("verified, {} days, whole: {}", verified.roots, verified.is_whole()), begun);
    db.close().await;
}

async fn fill(db: &Database, chains: usize) -> Vec<Uuid> {
    let mut all = Vec::with_capacity(chains);
    while all.len() < chains {
        let count = BATCH.min(chains - all.len());
        let made = db
            .write(None, async |tx| {
                let made: Vec<Uuid> = (0..count).map(|_| tx.new_uuid()).collect();
                for chain in &made {
                    tx.record(JournalEntry::new(*chain, "clerk", "casework.open", chain));
                }
                Ok(made)
            })
            .await;
        all.extend(made.expect("a commit"));
    }
    all
}

async fn record(db: &Database, chain: Uuid) {
    let entry = JournalEntry::new(chain, "clerk", "casework.accept", chain);
    db.write(None, async |tx| {
        tx.record(entry.clone());
        Ok(())
    })
    .await
    .expect("a commit");
}

async fn close(db: &Database, signer: &platform::vault::Signer, what: &str) {
    let (begun, mut longest) = (Instant::now(), 0.0_f64);
    loop {
        let page = Instant::now();
        let step = roots::step(db, signer, PAGE).await.expect("the database");
        longest = longest.max(page.elapsed().as_secs_f64());
        if let Step::Closed(root) = step {
            say(&format!("{what}: {} chains", root.chains), begun);
            println!("{:<44} {:>8.1} ms", "  its longest page", longest * 1e3);
            return;
        }
    }
}

fn say(what: &str, begun: Instant) {
    println!("{what:<44} {:>8.2} s   most memory {} MB", begun.elapsed().as_secs_f64(), most_memory_mb());
}

/// The most memory this process ever had, by the kernel's word.
fn most_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}

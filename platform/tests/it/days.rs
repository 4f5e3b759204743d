//! A journal with closed days, which the files beside stand on.

use chrono::{Days, NaiveDate};
use platform::clock::FixedClock;
use platform::roots::{self, Root, Step};
use platform::vault::{KeyRing, Purpose, Signer, Vault};
use platform::{Database, JournalEntry};
use testkit::moment;
use uuid::Uuid;

/// Chains of one page; few, so that every day takes several.
pub const PAGE: u64 = 5;

/// A key store of its own, gone with the value.
pub struct Keys {
    folder: tempfile::TempDir,
}

impl Keys {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn vault(&self) -> Vault {
        Vault::open_at(self.folder.path(), None, None).unwrap()
    }

    pub fn signer(&self) -> Signer {
        self.vault().signer(&Purpose::JournalRoot, moment("2026-03-01 08:00")).unwrap()
    }

    pub fn ring(&self) -> KeyRing {
        KeyRing::of(self.vault().list().unwrap())
    }
}

/// Adds a row to a chain.
pub async fn add(db: &Database, chain: Uuid, number: usize) {
    let facts = serde_json::json!({ "number": number });
    db.write(None, async |tx| {
        tx.record(JournalEntry::new(chain, "clerk", "casework.step", number).holding(&facts));
        Ok(())
    })
    .await
    .unwrap();
}

/// Closes all days that are due.
pub async fn close(db: &Database, signer: &Signer) -> Vec<Root> {
    let mut closed = Vec::new();
    loop {
        match roots::step(db, signer, PAGE).await.unwrap() {
            Step::Nothing => return closed,
            Step::Page => {}
            Step::Closed(root) => closed.push(*root),
        }
    }
}

/// The chain with this number, in the order of numbers.
pub fn chain(number: usize) -> Uuid {
    Uuid::from_u128(((number as u128) << 100) + 7)
}

/// Goes to 10:00 on the day so many days later.
pub fn go_on(hand: &FixedClock, days: u64) {
    hand.advance_days(days);
}

/// `days` closed days; every day new chains begin and old ones move, the last day is still open.
pub async fn fill(db: &Database, hand: &FixedClock, signer: &Signer, days: usize) -> Vec<Root> {
    let mut closed = Vec::new();
    for day in 0..days {
        for number in 0..(day + 1) * 3 {
            // Chains move on some days and rest on others.
            if (number + day) % 3 != 1 {
                add(db, chain(number + 1), day * 10).await;
                add(db, chain(number + 1), day * 10 + 1).await;
            }
        }
        closed.extend(close(db, signer).await);
        go_on(hand, 1);
    }
    closed.extend(close(db, signer).await);
    add(db, chain(1), 1_000).await;
    closed
}

/// The days from the first to before the second.
pub fn days(from: &str, until: &str) -> Vec<NaiveDate> {
    let until: NaiveDate = until.parse().unwrap();
    std::iter::successors(Some(from.parse::<NaiveDate>().unwrap()), |day| Some(*day + Days::new(1)))
        .take_while(|day| *day < until)
        .collect()
}

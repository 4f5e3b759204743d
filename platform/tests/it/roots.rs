//! Closing days: by whom, when, over what; and receipts that hold without us.

use chrono::NaiveDate;
use platform::journal::{self, Against};
use platform::roots::{self, Receipt, ReceiptFault, Root, Step};
use platform::vault::{KeyRing, Purpose};
use platform::{Clock, Database};
use sea_orm::ConnectionTrait;
use testkit::{day, moment};

use crate::days::{Keys, PAGE, add, chain, close, days, fill, go_on};
use crate::ground::{each, each_db};

fn told(roots: &[Root]) -> Vec<(NaiveDate, u64, u64)> {
    roots.iter().map(|root| (root.day, root.chains, root.rows)).collect()
}

#[tokio::test]
async fn a_day_is_closed_after_its_end_and_once() {
    each_db(async |db, hand| {
        let (keys, signer) = (Keys::new(), Keys::new().signer());
        add(&db, chain(1), 1).await;
        // The clock stands at half past nine on 2 March: the day before is over, and had nothing.
        assert_eq!(told(&close(&db, &signer).await), [(day("2026-03-01"), 0, 0)]);
        hand.set(moment("2026-03-03 00:04"));
        assert_eq!(close(&db, &signer).await, []);
        hand.set(moment("2026-03-03 00:05"));
        let closed = close(&db, &signer).await;
        // The chain that tells of closed days counts as well.
        assert_eq!(told(&closed), [(day("2026-03-02"), 2, 2)]);
        assert_eq!(close(&db, &signer).await, []);
        assert!(closed[0].is_signed());
        assert_eq!(roots::list(db.reader(), None, 10).await.unwrap().len(), 2);
        drop(keys);
    })
    .await;
}

#[tokio::test]
async fn days_that_were_missed_are_closed_each_with_its_own_rows() {
    each_db(async |db, hand| {
        let signer = Keys::new().signer();
        close(&db, &signer).await;
        for number in 1..=4 {
            add(&db, chain(1), number).await;
            add(&db, chain(10 + number), 1).await;
            go_on(&hand, 1);
        }
        let closed = close(&db, &signer).await;
        let expected = [
            (day("2026-03-02"), 3, 3),
            (day("2026-03-03"), 4, 5),
            (day("2026-03-04"), 5, 7),
            (day("2026-03-05"), 6, 9),
        ];
        assert_eq!(told(&closed), expected);
        for pair in closed.windows(2) {
            assert_eq!(pair[1].previous, pair[0].digest());
        }
        assert!(journal::verify(&db).await.unwrap().is_whole());
    })
    .await;
}

#[tokio::test]
async fn a_row_that_is_committed_late_falls_into_the_next_day() {
    each_db(async |db, hand| {
        let signer = Keys::new().signer();
        close(&db, &signer).await;
        add(&db, chain(1), 1).await;
        let before_midnight = moment("2026-03-02 23:59:59");
        hand.set(moment("2026-03-03 00:30"));
        assert_eq!(told(&close(&db, &signer).await), [(day("2026-03-02"), 2, 2)]);
        // Another server's clock, or an act that hung: its row bears a time of the closed day.
        let late = db.clone().with_clock(Clock::fixed(before_midnight));
        add(&late, chain(1), 2).await;
        add(&late, chain(2), 1).await;
        hand.set(moment("2026-03-04 00:30"));
        assert_eq!(told(&close(&db, &signer).await), [(day("2026-03-03"), 3, 5)]);
        let verified = journal::verify(&db).await.unwrap();
        assert!(verified.is_whole(), "{verified:?}");
    })
    .await;
}

#[tokio::test]
async fn four_servers_close_forty_days_once_each() {
    each(async |url| {
        let clock = Clock::fixed(moment("2026-03-02 09:30"));
        let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
        let (keys, db) = (Keys::new(), Database::open(&url).await.unwrap().with_clock(clock.clone()));
        for number in 1..=23 {
            add(&db, chain(number), 1).await;
        }
        roots::step(&db, &keys.signer(), PAGE).await.unwrap();
        go_on(&hand, 40);
        let server = async || {
            let own = Database::open(&url).await.unwrap().with_clock(clock.clone());
            let closed = close(&own, &keys.signer()).await;
            own.close().await;
            closed.iter().map(|root| root.day).collect::<Vec<_>>()
        };
        let (a, b, c, d) = futures::join!(server(), server(), server(), server());
        let mut all = [a, b, c, d].concat();
        all.sort();
        assert_eq!(all, days("2026-03-01", "2026-04-11"), "every day once, none twice");
        let verified = journal::verify(&db).await.unwrap();
        assert_eq!((verified.is_whole(), verified.roots), (true, 41), "{verified:?}");
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_dies_in_the_middle_of_a_day_loses_nothing_of_it() {
    each(async |url| {
        let clock = Clock::fixed(moment("2026-03-02 09:30"));
        let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
        let keys = Keys::new();
        let open = async || Database::open(&url).await.unwrap().with_clock(clock.clone());
        let db = open().await;
        close(&db, &keys.signer()).await;
        for number in 1..=17 {
            add(&db, chain(number), 1).await;
        }
        go_on(&hand, 1);
        // 18 chains with the one of closed days: four pages, each by a server that dies after it.
        for _ in 0..3 {
            let dying = open().await;
            assert_eq!(roots::step(&dying, &keys.signer(), PAGE).await.unwrap(), Step::Page);
            dying.close().await;
        }
        let closed = close(&db, &keys.signer()).await;
        assert_eq!(told(&closed), [(day("2026-03-02"), 18, 18)]);
        assert!(journal::verify(&db).await.unwrap().is_whole());
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn every_application_gets_a_receipt_that_holds_and_none_other_does() {
    each_db(async |db, hand| {
        let keys = Keys::new();
        let closed = fill(&db, &hand, &keys.signer(), 4).await;
        let last = closed.last().unwrap();
        let kept = closed.clone();
        for number in 1..=12 {
            let receipt = roots::receipt(db.reader(), chain(number), "44060420260302000001").await.unwrap();
            let Some(receipt) = receipt else {
                assert_eq!(number, 11, "only the chain that never moved has none");
                continue;
            };
            assert_eq!(receipt.root, *last);
            let text = serde_json::to_string(&receipt).unwrap();
            let read: Receipt = serde_json::from_str(&text).unwrap();
            assert_eq!(read, receipt);
            assert_eq!(read.check(Some(&keys.ring()), Some(&kept)).faults, []);
            refuse_others(&read, &keys.ring(), &kept);
        }
        assert_eq!(roots::receipt(db.reader(), chain(99), "none").await.unwrap(), None);
    })
    .await;
}

/// One thing changed a time, and what must be said of it.
fn refuse_others(receipt: &Receipt, ring: &KeyRing, kept: &[Root]) {
    let faults = |change: &dyn Fn(&mut Receipt)| {
        let mut other = receipt.clone();
        change(&mut other);
        other.check(Some(ring), Some(kept)).faults
    };
    use ReceiptFault::*;
    assert!(faults(&|one| one.rows[0].seq = 2).contains(&Rows));
    assert_eq!(faults(&|one| one.rows.clear()), [Rows, Path]);
    assert_eq!(faults(&|one| one.rows.last_mut().unwrap().hash[3] ^= 1), [Path]);
    assert_eq!(faults(&|one| one.chain = chain(77)), [Path]);
    assert_eq!(faults(&|one| one.place += 1), [Path]);
    assert_eq!(faults(&|one| one.path[0][0] ^= 1), [Path]);
    assert_eq!(faults(&|one| one.root.root[0] ^= 1), [Path, Signature, OtherRoot]);
    assert_eq!(faults(&|one| one.root.rows += 1), [Signature, OtherRoot]);
    assert_eq!(faults(&|one| one.root.signature[9] ^= 1), [Signature]);
    assert_eq!(faults(&|one| one.format = "yimen receipt 2".to_owned()), [Format]);
    assert_eq!(receipt.check(Some(&Keys::new().ring()), None).faults, [UnknownKey]);
    assert_eq!(receipt.check(None, Some(&kept[..1])).faults, [NoRoot]);
}

#[tokio::test]
async fn a_rotated_key_signs_on_and_a_revoked_one_is_told_from_its_day() {
    each_db(async |db, hand| {
        let keys = Keys::new();
        fill(&db, &hand, &keys.signer(), 3).await;
        let first = keys.signer().id;
        keys.vault().rotate(&Purpose::JournalRoot, db.clock().now_utc()).unwrap();
        go_on(&hand, 1);
        let closed = close(&db, &keys.signer()).await;
        assert_ne!(closed[0].key, first);
        let verify = async || {
            let against = Against { keys: Some(keys.ring()), kept: Vec::new() };
            journal::verify_against(&db, &against).await.unwrap()
        };
        assert!(verify().await.is_whole());
        keys.vault().revoke(first, day("2026-03-03"), "the card was lost").unwrap();
        let told = verify().await;
        let days: Vec<_> = told.days.iter().map(|finding| (finding.day, finding.kind)).collect();
        assert_eq!(
            days,
            [
                (day("2026-03-03"), journal::DayTampering::RevokedKey),
                (day("2026-03-04"), journal::DayTampering::RevokedKey)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_touches_the_open_day_does_not_keep_the_next_from_being_closed() {
    each(async |url| {
        let clock = Clock::fixed(moment("2026-03-02 09:30"));
        let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
        let (keys, db) = (Keys::new(), Database::open(&url).await.unwrap().with_clock(clock));
        fill(&db, &hand, &keys.signer(), 2).await;
        for touch in ["DELETE FROM platform_root_open", "UPDATE platform_root_open SET day = '2026-03-02'"] {
            let raw = sea_orm::Database::connect(&url).await.unwrap();
            raw.execute_unprepared(touch).await.unwrap();
            raw.close().await.unwrap();
            go_on(&hand, 1);
            assert_eq!(close(&db, &keys.signer()).await.len(), 1, "after {touch}");
        }
        let verified = journal::verify(&db).await.unwrap();
        assert!(verified.is_whole(), "{verified:?}");
        db.close().await;
    })
    .await;
}

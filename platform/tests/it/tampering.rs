//! A thousand random tamperings, each found and named: by somebody who has the database but not the keys.
//!
//! Every tampering is done in a transaction that is taken back, so all share one journal. The hashes of forged rows are
//! computed here from what the handbook says about the layout, by a second hand.

use std::collections::BTreeMap;
use std::time::Instant;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use platform::journal::{Against, DayTampering, JournalRow, Verified, read, verify_on};
use platform::roots::{self, Root};
use platform::{Clock, Database};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseTransaction, Statement, TransactionTrait, Value};
use sm3::{Digest, Sm3};
use testkit::moment;
use uuid::Uuid;

use crate::days::{Keys, chain, fill};
use crate::ground::each;

/// How a tampering goes about it.
const WAYS: [&str; 17] = [
    "change a column",
    "delete a row",
    "swap two rows",
    "cut off the end with its head",
    "cut off the end",
    "splice a row of another chain in",
    "splice a row of another chain in and hash the rest anew",
    "hash the rest of a chain anew, with its head",
    "delete a chain with its head",
    "put a row of an earlier day at the end, with the head",
    "change a head",
    "delete a head",
    "change a root",
    "delete a root",
    "change where a chain stood",
    "delete where a chain stood",
    "set back the open day",
];

/// What a tampering touched; one of them must be named.
#[derive(Debug, Default)]
struct Touched {
    chains: Vec<Uuid>,
    days: Vec<NaiveDate>,
}

impl Touched {
    fn is_named_in(&self, told: &Verified) -> bool {
        told.findings.iter().any(|finding| self.chains.contains(&finding.chain))
            || told.days.iter().any(|finding| self.days.contains(&finding.day))
    }
}

/// The journal as it was before anybody touched it.
struct Journal {
    rows: BTreeMap<Uuid, Vec<JournalRow>>,
    roots: Vec<Root>,
    /// How long each chain was when the last day was closed.
    closed: BTreeMap<Uuid, i64>,
}

#[tokio::test]
async fn one_thousand_random_tamperings_are_found_and_named_on_sqlite_and_two_hundred_on_postgresql() {
    each(async |url| {
        let count = if url.starts_with("sqlite:") { 1_000 } else { 200 };
        let (keys, journal) = (Keys::new(), prepare(&url).await);
        let raw =
            sea_orm::Database::connect(ConnectOptions::new(&url).max_connections(1).sqlx_logging(false).to_owned());
        let raw = raw.await.unwrap();
        let mut random = StdRng::seed_from_u64(20_261_128);
        let (begun, mut by_way) = (Instant::now(), BTreeMap::new());
        for number in 0..count {
            let way = WAYS[number % WAYS.len()];
            let tx = raw.begin_with_options(Default::default()).await.unwrap();
            let touched = Hand { tx: &tx, journal: &journal, random: &mut random }.tamper(way).await;
            let told = verify_on(&tx, &Against::default()).await.unwrap();
            assert!(touched.is_named_in(&told), "{number}: {way}: {touched:?} is not named in {told:#?}");
            tx.rollback().await.unwrap();
            *by_way.entry(way).or_insert(0) += 1;
        }
        let told = verify_on(&raw, &Against::default()).await.unwrap();
        assert!(told.is_whole(), "nothing of it was kept: {told:?}");
        println!("{count} tamperings found and named in {:.1} s: {by_way:?}", begun.elapsed().as_secs_f32());
        raw.close().await.unwrap();
        drop(keys);
    })
    .await;
}

async fn prepare(url: &str) -> Journal {
    let clock = Clock::fixed(moment("2026-03-02 09:30"));
    let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
    let db = Database::open(url).await.unwrap().with_clock(clock);
    let roots = fill(&db, &hand, &Keys::new().signer(), 5).await;
    let (mut rows, mut closed) = (BTreeMap::new(), BTreeMap::new());
    for number in 1..=15 {
        let chain = chain(number);
        let found = read(db.reader(), chain, 0).await.unwrap();
        let Some(receipt) = roots::receipt(db.reader(), chain, "number").await.unwrap() else { continue };
        closed.insert(chain, receipt.rows.len() as i64);
        rows.insert(chain, found);
    }
    db.close().await;
    Journal { rows, roots, closed }
}

/// Somebody with the password of the database.
struct Hand<'a> {
    tx: &'a DatabaseTransaction,
    journal: &'a Journal,
    random: &'a mut StdRng,
}

impl Hand<'_> {
    async fn tamper(mut self, way: &str) -> Touched {
        match way {
            "change a column" => self.change_column().await,
            "delete a row" => self.delete_row().await,
            "swap two rows" => self.swap().await,
            "cut off the end with its head" => self.cut_off(true).await,
            "cut off the end" => self.cut_off(false).await,
            "splice a row of another chain in" => self.splice(false).await,
            "splice a row of another chain in and hash the rest anew" => self.splice(true).await,
            "hash the rest of a chain anew, with its head" => self.write_anew().await,
            "delete a chain with its head" => self.delete_chain().await,
            "put a row of an earlier day at the end, with the head" => self.backdate().await,
            "change a head" => self.change_head().await,
            "delete a head" => self.delete_head().await,
            "change a root" => self.change_root().await,
            "delete a root" => self.delete_root().await,
            "change where a chain stood" => self.change_leaf().await,
            "delete where a chain stood" => self.delete_leaf().await,
            "set back the open day" => self.set_back().await,
            other => panic!("nobody knows how to {other}"),
        }
    }

    async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) {
        let statement = Statement::from_sql_and_values(self.tx.get_database_backend(), sql, values);
        let touched = self.tx.execute_raw(statement).await.unwrap_or_else(|fault| panic!("{sql}: {fault}"));
        assert!(touched.rows_affected() > 0, "{sql} touched nothing");
    }

    fn chain(&mut self) -> Uuid {
        let chains: Vec<Uuid> = self.journal.rows.keys().copied().collect();
        *chains.choose(self.random).unwrap()
    }

    /// A place of the chain, up to the place.
    fn place(&mut self, until: i64) -> i64 {
        self.random.random_range(1..=until)
    }

    fn rows(&self, chain: Uuid) -> Vec<JournalRow> {
        self.journal.rows[&chain].clone()
    }

    fn any_row(&mut self) -> JournalRow {
        let chain = self.chain();
        self.rows(chain).choose(self.random).unwrap().clone()
    }

    fn root(&mut self) -> Root {
        self.journal.roots.choose(self.random).unwrap().clone()
    }

    fn bytes(&mut self, of: &[u8]) -> Vec<u8> {
        let mut other = of.to_vec();
        let at = self.random.random_range(0..other.len());
        other[at] ^= 1 << self.random.random_range(0..8);
        other
    }

    fn time(&mut self, at: DateTime<Utc>) -> DateTime<Utc> {
        at + TimeDelta::microseconds(self.random.random_range(1..1_000_000_000_000))
    }

    async fn change_column(&mut self) -> Touched {
        let row = self.any_row();
        let mut chains = vec![row.chain];
        let text = |text: &str| Value::from(format!("{text}."));
        let columns = ["chain", "seq", "at", "actor", "act", "subject", "payload", "request_key", "prev", "hash"];
        let column = *columns.choose(self.random).unwrap();
        let value = match column {
            "chain" => {
                let other = Uuid::from_u128(self.random.random());
                chains.push(other);
                other.into()
            }
            "seq" => (row.seq + 1_000 * self.random.random_range(1..9)).into(),
            "at" => self.time(row.at).into(),
            "actor" => text(&row.actor),
            "act" => text(&row.act),
            "subject" => text(&row.subject),
            "payload" => text(&row.payload),
            "request_key" => text("key"),
            "prev" => self.bytes(&row.prev).into(),
            _ => self.bytes(&row.hash).into(),
        };
        let sql = format!("UPDATE platform_journal SET {column} = $1 WHERE chain = $2 AND seq = $3");
        self.run(&sql, [value, row.chain.into(), row.seq.into()]).await;
        Touched { chains, days: Vec::new() }
    }

    async fn delete_row(&mut self) -> Touched {
        let row = self.any_row();
        self.run("DELETE FROM platform_journal WHERE chain = $1 AND seq = $2", [row.chain.into(), row.seq.into()])
            .await;
        Touched { chains: vec![row.chain], days: Vec::new() }
    }

    async fn swap(&mut self) -> Touched {
        let chain = self.chain();
        let until = self.rows(chain).len() as i64;
        let one = self.place(until - 1);
        let other = self.random.random_range(one + 1..=until);
        for (from, to) in [(one, -1), (other, one), (-1, other)] {
            let sql = "UPDATE platform_journal SET seq = $1 WHERE chain = $2 AND seq = $3";
            self.run(sql, [to.into(), chain.into(), from.into()]).await;
        }
        Touched { chains: vec![chain], days: Vec::new() }
    }

    async fn cut_off(&mut self, with_head: bool) -> Touched {
        let chain = self.chain();
        // What was added since the last closing may be cut off with its head unseen until the next: see the handbook.
        let until = if with_head { self.journal.closed[&chain] } else { self.rows(chain).len() as i64 };
        let first = self.place(until);
        self.run("DELETE FROM platform_journal WHERE chain = $1 AND seq >= $2", [chain.into(), first.into()]).await;
        if with_head {
            let rows = self.rows(chain);
            let hash = first.checked_sub(2).and_then(|at| rows.get(at as usize)).map_or([0; 32], |row| row.hash);
            self.set_head(chain, first - 1, &hash).await;
        }
        Touched { chains: vec![chain], days: Vec::new() }
    }

    async fn set_head(&self, chain: Uuid, seq: i64, hash: &[u8]) {
        let sql = "UPDATE platform_journal_head SET seq = $1, hash = $2 WHERE chain = $3";
        self.run(sql, [seq.into(), hash.to_vec().into(), chain.into()]).await;
    }

    async fn splice(&mut self, anew: bool) -> Touched {
        let (chain, from) = (self.chain(), self.chain());
        let place = self.place(self.journal.closed[&chain]);
        let mut rows = self.rows(chain);
        let mut row = self.rows(from).choose(self.random).unwrap().clone();
        let stood = &rows[place as usize - 1];
        // Two chains may say the same at one moment; then nothing would be changed.
        if (row.at, &row.payload) == (stood.at, &stood.payload) {
            row.subject.push('.');
        }
        (row.chain, row.seq) = (chain, place);
        rows[place as usize - 1] = row;
        if anew {
            link(&mut rows, place);
        }
        self.put(chain, &rows, place, anew).await;
        Touched { chains: vec![chain], days: Vec::new() }
    }

    async fn write_anew(&mut self) -> Touched {
        let chain = self.chain();
        let place = self.place(self.journal.closed[&chain]);
        let mut rows = self.rows(chain);
        rows[place as usize - 1].payload = format!("{{\"number\":{}}}", self.random.random_range(5_000..9_000));
        link(&mut rows, place);
        self.put(chain, &rows, place, true).await;
        Touched { chains: vec![chain], days: Vec::new() }
    }

    /// Puts rows in the place of the chain's from a place on, and the head where they end.
    async fn put(&self, chain: Uuid, rows: &[JournalRow], place: i64, with_head: bool) {
        self.run("DELETE FROM platform_journal WHERE chain = $1 AND seq >= $2", [chain.into(), place.into()]).await;
        for row in &rows[place as usize - 1..] {
            self.insert(row).await;
        }
        let last = rows.last().unwrap();
        if with_head {
            self.set_head(chain, last.seq, &last.hash).await;
        }
    }

    async fn insert(&self, row: &JournalRow) {
        let sql = "INSERT INTO platform_journal (chain, seq, at, actor, act, subject, payload, request_key, prev, hash) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let JournalRow { chain, seq, at, actor, act, subject, payload, request_key, prev, hash } = row.clone();
        let (prev, hash) = (prev.to_vec().into(), hash.to_vec().into());
        let texts = [actor.into(), act.into(), subject.into(), payload.into(), request_key.into()];
        self.run(sql, [chain.into(), seq.into(), at.into()].into_iter().chain(texts).chain([prev, hash])).await;
    }

    async fn delete_chain(&mut self) -> Touched {
        let chain = self.chain();
        self.run("DELETE FROM platform_journal WHERE chain = $1", [chain.into()]).await;
        self.run("DELETE FROM platform_journal_head WHERE chain = $1", [chain.into()]).await;
        Touched { chains: vec![chain], days: Vec::new() }
    }

    async fn backdate(&mut self) -> Touched {
        let chain = self.chain();
        let mut rows = self.rows(chain);
        let mut forged = rows[0].clone();
        forged.seq = rows.len() as i64 + 1;
        forged.payload = "{\"number\":4711}".to_owned();
        forged.at = moment("2026-03-03 11:00");
        rows.push(forged);
        let place = rows.len() as i64;
        link(&mut rows, place);
        self.insert(rows.last().unwrap()).await;
        self.set_head(chain, place, &rows.last().unwrap().hash).await;
        Touched { chains: vec![chain], days: Vec::new() }
    }

    async fn change_head(&mut self) -> Touched {
        let chain = self.chain();
        let last = self.rows(chain).pop().unwrap();
        if self.random.random() {
            let hash = self.bytes(&last.hash);
            self.set_head(chain, last.seq, &hash).await;
        } else {
            let seq = last.seq + self.random.random_range(1..9);
            self.set_head(chain, seq, &last.hash).await;
        }
        Touched { chains: vec![chain], days: Vec::new() }
    }

    async fn delete_head(&mut self) -> Touched {
        let chain = self.chain();
        self.run("DELETE FROM platform_journal_head WHERE chain = $1", [chain.into()]).await;
        Touched { chains: vec![chain], days: Vec::new() }
    }

    async fn change_root(&mut self) -> Touched {
        let root = self.root();
        let columns = ["day", "closed", "chains", "row_count", "root", "previous", "key_id", "point", "signature"];
        let column = *columns.choose(self.random).unwrap();
        let value = match column {
            "day" => (root.day + TimeDelta::days(self.random.random_range(100..200))).into(),
            "closed" => self.time(root.closed).into(),
            "chains" => (root.chains as i64 + self.random.random_range(1..9)).into(),
            "row_count" => (root.rows as i64 + self.random.random_range(1..9)).into(),
            "root" => self.bytes(&root.root).into(),
            "previous" => self.bytes(&root.previous).into(),
            "key_id" => "0123456789abcdef0123456789abcdef".into(),
            "point" => self.bytes(&root.point).into(),
            _ => self.bytes(&root.signature).into(),
        };
        self.run(&format!("UPDATE platform_root SET {column} = $1 WHERE day = $2"), [value, root.day.into()]).await;
        Touched { chains: Vec::new(), days: vec![root.day] }
    }

    async fn delete_root(&mut self) -> Touched {
        let root = self.root();
        self.run("DELETE FROM platform_root WHERE day = $1", [root.day.into()]).await;
        Touched { chains: Vec::new(), days: vec![root.day] }
    }

    /// A leaf of a chain: all days from its own on may be named, until the chain moved again.
    async fn leaf(&mut self) -> (Uuid, NaiveDate) {
        let chain = self.chain();
        let sql = "SELECT day FROM platform_root_leaf WHERE chain = $1 ORDER BY day";
        let statement = Statement::from_sql_and_values(self.tx.get_database_backend(), sql, [chain.into()]);
        let found = self.tx.query_all_raw(statement).await.unwrap();
        let days: Vec<NaiveDate> = found.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        (chain, *days.choose(self.random).unwrap())
    }

    async fn change_leaf(&mut self) -> Touched {
        let (chain, day) = self.leaf().await;
        let (column, value): (_, Value) = if self.random.random() {
            ("seq", self.random.random_range(100..200_i64).into())
        } else {
            ("hash", vec![7_u8; 32].into())
        };
        let sql = format!("UPDATE platform_root_leaf SET {column} = $1 WHERE chain = $2 AND day = $3");
        self.run(&sql, [value, chain.into(), day.into()]).await;
        Touched { chains: Vec::new(), days: vec![day] }
    }

    async fn delete_leaf(&mut self) -> Touched {
        let (chain, day) = self.leaf().await;
        self.run("DELETE FROM platform_root_leaf WHERE chain = $1 AND day = $2", [chain.into(), day.into()]).await;
        Touched { chains: Vec::new(), days: vec![day] }
    }

    /// The last days are taken back as if they had never been closed.
    async fn set_back(&mut self) -> Touched {
        let day = self.root().day;
        self.run("DELETE FROM platform_root WHERE day >= $1", [day.into()]).await;
        let statement = |sql: &str| Statement::from_sql_and_values(self.tx.get_database_backend(), sql, [day.into()]);
        self.tx.execute_raw(statement("DELETE FROM platform_root_leaf WHERE day >= $1")).await.unwrap();
        self.run("UPDATE platform_root_open SET day = $1", [day.into()]).await;
        Touched { chains: Vec::new(), days: vec![day] }
    }
}

/// Links and hashes the rows anew from a place on, as the handbook says.
fn link(rows: &mut [JournalRow], place: i64) {
    for at in place as usize - 1..rows.len() {
        rows[at].prev = at.checked_sub(1).map_or([0; 32], |before| rows[before].hash);
        rows[at].hash = hash(&rows[at]);
    }
}

fn hash(row: &JournalRow) -> [u8; 32] {
    let (key_is, key) = match &row.request_key {
        Some(key) => ("key", key.as_str()),
        None => ("none", ""),
    };
    let fields: [&[u8]; 11] = [
        b"yimen journal 1",
        row.chain.as_bytes(),
        &row.seq.to_be_bytes(),
        &row.at.timestamp_micros().to_be_bytes(),
        row.actor.as_bytes(),
        row.act.as_bytes(),
        row.subject.as_bytes(),
        row.payload.as_bytes(),
        key_is.as_bytes(),
        key.as_bytes(),
        &row.prev,
    ];
    let mut bytes = Vec::new();
    for field in fields {
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field);
    }
    Sm3::digest(bytes).into()
}

#[tokio::test]
async fn whoever_has_the_keys_as_well_is_found_only_by_roots_kept_outside() {
    each(async |url| {
        let clock = Clock::fixed(moment("2026-03-02 09:30"));
        let Clock::Fixed(hand) = clock.clone() else { unreachable!() };
        let (keys, db) = (Keys::new(), Database::open(&url).await.unwrap().with_clock(clock.clone()));
        let kept = fill(&db, &hand, &keys.signer(), 4).await;
        // Everything is written anew: another history, closed day by day by the real program with the real key.
        for table in ["root", "root_leaf", "root_block", "root_open", "journal", "journal_head"] {
            let raw = sea_orm::Database::connect(&url).await.unwrap();
            raw.execute_unprepared(&format!("DELETE FROM platform_{table}")).await.unwrap();
            raw.close().await.unwrap();
        }
        db.close().await;
        hand.set(moment("2026-03-02 09:30"));
        let db = Database::open(&url).await.unwrap().with_clock(clock);
        crate::days::add(&db, chain(40), 1).await;
        fill(&db, &hand, &keys.signer(), 4).await;
        let against = |kept: &[Root]| Against { keys: Some(keys.ring()), kept: kept.to_vec() };
        let told = platform::journal::verify_against(&db, &against(&[])).await.unwrap();
        assert!(told.is_whole(), "by itself it is flawless: {told:?}");
        let told = platform::journal::verify_against(&db, &against(&kept)).await.unwrap();
        let other: Vec<_> = told.days.iter().map(|finding| (finding.day, finding.kind)).collect();
        // The first day had nothing in either history, but was closed at the same moment with the same key.
        let expected: Vec<_> = kept[1..].iter().map(|root| (root.day, DayTampering::OtherThanKept)).collect();
        assert_eq!(other, expected);
        db.close().await;
    })
    .await;
}

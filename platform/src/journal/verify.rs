//! Reading the whole record and naming what was touched: in a database, or in a file that was exported from one.
//!
//! Rows, heads and leaves are read in the order of chains, a thousand at a time, in one snapshot, so that acts going on
//! meanwhile do not look like tampering and a journal of any length needs little memory. `chain` compares a chain with
//! itself and with its head, `closing` with what was closed, `days` every root with all chains.

use std::io::BufRead;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde::Serialize;
use uuid::Uuid;

use self::chain::ChainCheck;
use self::closing::Closing;
use self::days::Days;
use super::JournalRow;
use super::chains::{ChainStart, Chains};
use super::export::{self, ExportFault};
use crate::db::Database;
use crate::fault::Fault;
use crate::roots::{self, Root};
use crate::vault::KeyRing;

mod chain;
mod closing;
mod days;

/// Findings told at most; whoever finds a thousand does not need the rest to know what to do.
const FINDINGS_MAX: usize = 1_000;

/// What the record is compared with besides itself.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// The keys that may have signed the roots. Without them any key's signature is taken, and only its fit is told.
    pub keys: Option<KeyRing>,
    /// Roots that somebody kept outside. Only they show that the whole record, heads and roots, was written anew by someone
    /// with the keys.
    pub kept: Vec<Root>,
}

/// What verifying found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Chains read.
    pub chains: u64,
    /// Rows read.
    pub rows: u64,
    /// Roots of closed days compared.
    pub roots: u64,
    /// What is wrong, by chain and place; empty when the record is whole. At most 1,000.
    pub findings: Vec<Finding>,
    /// What is wrong with closed days. At most 1,000.
    pub days: Vec<DayFinding>,
    /// There was more than could be told.
    pub more: bool,
}

/// One row that is not what was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The chain: an application's id.
    pub chain: Uuid,
    /// The place in the chain.
    pub seq: i64,
    /// What happened to it.
    #[serde(flatten)]
    pub kind: Tampering,
}

/// How a row was tampered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Tampering {
    /// Its content is not what was recorded at this place.
    Changed,
    /// It is gone.
    Removed,
    /// What stands here was recorded at another place.
    Reordered {
        /// The place it was recorded at.
        from: i64,
    },
    /// It was slipped in.
    Inserted,
    /// The chain has rows but nothing tells where it ends; `seq` is its last row.
    HeadMissing,
    /// It is not what the chain ended with when this day was closed, though it fits its chain: the chain was written anew.
    Rewritten {
        /// The closed day.
        day: NaiveDate,
    },
    /// It bears an earlier time, but was not there when this later day was closed.
    Backdated {
        /// The closed day.
        day: NaiveDate,
    },
}

/// A closed day that is not what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayFinding {
    /// The day.
    pub day: NaiveDate,
    /// What is wrong.
    pub kind: DayTampering,
}

/// What is wrong with a closed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayTampering {
    /// Its root is gone.
    Removed,
    /// What the chains are said to have ended with does not give its root.
    NotTheRecord,
    /// Its statement is not signed by the key it names.
    Forged,
    /// It does not name the statement of the day before.
    Unchained,
    /// Its root is not the one that stands on the record.
    NotAsRecorded,
    /// Its key is not among those that are trusted.
    UnknownKey,
    /// Its key had been revoked by then.
    RevokedKey,
    /// Nothing tells which day is open; this is the last closed one.
    OpenDayMissing,
    /// The root kept outside is another one.
    OtherThanKept,
    /// A root was kept outside, and here is none.
    KeptButNotHere,
    /// The root kept outside is not signed by the key it names, so it is no witness.
    KeptForged,
}

impl Verified {
    /// The record is whole.
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty() && self.days.is_empty()
    }

    fn add(&mut self, findings: Vec<Finding>) {
        let room = FINDINGS_MAX - self.findings.len();
        self.more |= findings.len() > room;
        self.findings.extend(findings.into_iter().take(room));
    }
}

/// Reads everything and tells what was changed, removed, reordered or inserted, compared with the record itself.
///
/// # Errors
/// [`Fault::Unavailable`] when the database goes away.
pub async fn verify(db: &Database) -> Result<Verified, Fault> {
    verify_against(db, &Against::default()).await
}

/// As [`verify()`], compared with trusted keys and roots kept outside as well.
pub async fn verify_against(db: &Database, against: &Against) -> Result<Verified, Fault> {
    verify_through(db.reader().connection(), against).await
}

/// As [`verify_against`], through a connection such as [`Database::connect_to_read`] gives.
pub async fn verify_through(reader: &DatabaseConnection, against: &Against) -> Result<Verified, Fault> {
    let snapshot = crate::db::snapshot(reader).await?;
    let verified = verify_on(&snapshot, against).await?;
    snapshot.commit().await?;
    Ok(verified)
}

/// As [`verify_against`], on a connection that sees one moment.
pub async fn verify_on(on: &impl ConnectionTrait, against: &Against) -> Result<Verified, Fault> {
    let (roots, open) = closed_days(on).await?;
    let mut check = Check::new(roots, open, against);
    let mut chains = Chains::new(on, open.is_some() || check.days.any());
    while let Some(start) = chains.next().await? {
        let chain = start.chain;
        check.begin(start);
        while let Some(row) = chains.row(chain).await? {
            check.row(row);
        }
    }
    Ok(check.finish())
}

/// Reads an exported journal and tells the same.
///
/// # Errors
/// [`ExportFault`] when the file cannot be read, or is not whole from its first line to its last.
pub fn verify_file(file: impl BufRead, against: &Against) -> Result<Verified, ExportFault> {
    let mut check = None;
    export::read(file, |part| match part {
        export::Part::Days { roots, open } => check = Some(Check::new(roots, open, against)),
        export::Part::Chain(start) => check.iter_mut().for_each(|check| check.begin(start.clone())),
        export::Part::Row(row) => check.iter_mut().for_each(|check| check.row(row.clone())),
    })?;
    check.map(Check::finish).ok_or(ExportFault::CutOff)
}

/// The closed days and the open one. A database of before there were roots has neither.
pub(super) async fn closed_days(on: &impl ConnectionTrait) -> Result<(Vec<Root>, Option<NaiveDate>), Fault> {
    if !roots::store::is_there(on).await? {
        return Ok((Vec::new(), None));
    }
    Ok((roots::store::all(on).await?, roots::store::open_day(on).await?))
}

/// Everything read in order, chain by chain.
struct Check {
    days: Days,
    chain: Option<(ChainCheck, Closing)>,
    verified: Verified,
}

impl Check {
    fn new(roots: Vec<Root>, open: Option<NaiveDate>, against: &Against) -> Self {
        Self { days: Days::new(roots, open, against.clone()), chain: None, verified: Verified::default() }
    }

    fn begin(&mut self, start: ChainStart) {
        self.finish_chain();
        self.days.chain(&start.leaves);
        let closing = Closing::new(start.chain, start.leaves);
        self.chain = Some((ChainCheck::new(start.chain, start.head), closing));
    }

    fn row(&mut self, row: JournalRow) {
        self.verified.rows += 1;
        self.days.row(&row);
        if let Some((chain, closing)) = &mut self.chain {
            closing.row(&row, &self.days);
            chain.row(row);
        }
    }

    fn finish_chain(&mut self) {
        if let Some((chain, closing)) = self.chain.take() {
            self.verified.chains += 1;
            let mut findings = chain.finish(FINDINGS_MAX);
            closing.finish(&mut findings, FINDINGS_MAX);
            self.verified.add(findings);
        }
    }

    fn finish(mut self) -> Verified {
        self.finish_chain();
        self.verified.roots = self.days.count();
        let days = self.days.finish();
        self.verified.more |= days.len() > FINDINGS_MAX;
        self.verified.days = days.into_iter().take(FINDINGS_MAX).collect();
        self.verified
    }
}

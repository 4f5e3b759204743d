//! Reading the whole record and naming what was touched.
//!
//! Rows and heads are read in the order of chains, a thousand at a time, in one snapshot, so that acts going on
//! meanwhile do not look like tampering and a journal of any length needs little memory.

use std::collections::VecDeque;

use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use self::chain::ChainCheck;
use super::store;
use super::{Head, JournalRow};
use crate::db::Database;
use crate::fault::Fault;

mod chain;

/// Findings told at most; whoever finds a thousand does not need the rest to know what to do.
const FINDINGS_MAX: usize = 1_000;
const PAGE: u64 = 1_000;

/// What verifying found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Chains read.
    pub chains: u64,
    /// Rows read.
    pub rows: u64,
    /// What is wrong, by chain and place; empty when the record is whole. At most 1,000.
    pub findings: Vec<Finding>,
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
}

impl Verified {
    /// The record is whole.
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, findings: Vec<Finding>) {
        let room = FINDINGS_MAX - self.findings.len();
        self.more |= findings.len() > room;
        self.findings.extend(findings.into_iter().take(room));
    }
}

/// Reads everything and tells what was changed, removed, reordered or inserted.
///
/// # Errors
/// [`Fault::Unavailable`] when the database goes away.
pub async fn verify(db: &Database) -> Result<Verified, Fault> {
    let snapshot = db.snapshot().await?;
    let mut rows = Rows { on: &snapshot, page: VecDeque::new(), after: None, done: false };
    let mut heads = Heads { on: &snapshot, page: VecDeque::new(), after: None, done: false };
    let mut verified = Verified::default();
    let mut check: Option<ChainCheck> = None;

    while let Some(row) = rows.next().await? {
        verified.rows += 1;
        if check.as_ref().is_none_or(|check| check.chain() != row.chain) {
            finish(check.take(), &mut verified);
            let head = head_of(&mut heads, row.chain, &mut verified).await?;
            check = Some(ChainCheck::new(row.chain, head));
        }
        if let Some(check) = &mut check {
            check.row(row);
        }
    }
    finish(check, &mut verified);
    while let Some((chain, head)) = heads.next().await? {
        finish(Some(ChainCheck::new(chain, Some(head))), &mut verified);
    }
    snapshot.commit().await?;
    Ok(verified)
}

fn finish(check: Option<ChainCheck>, verified: &mut Verified) {
    if let Some(check) = check {
        verified.chains += 1;
        verified.add(check.finish(FINDINGS_MAX));
    }
}

/// The head of a chain. Heads passed over on the way belong to chains of which every row is gone.
async fn head_of(heads: &mut Heads<'_>, chain: Uuid, verified: &mut Verified) -> Result<Option<Head>, Fault> {
    while let Some((passed, head)) = heads.next().await? {
        if passed == chain {
            return Ok(Some(head));
        }
        if passed > chain {
            heads.page.push_front((passed, head));
            break;
        }
        finish(Some(ChainCheck::new(passed, Some(head))), verified);
    }
    Ok(None)
}

/// All rows by chain and place.
struct Rows<'a> {
    on: &'a DatabaseTransaction,
    page: VecDeque<JournalRow>,
    after: Option<(Uuid, i64)>,
    done: bool,
}

impl Rows<'_> {
    async fn next(&mut self) -> Result<Option<JournalRow>, Fault> {
        if self.page.is_empty() && !self.done {
            self.page = store::all_rows(self.on, self.after, PAGE).await?.into();
            self.done = (self.page.len() as u64) < PAGE;
            self.after = self.page.back().map(|row| (row.chain, row.seq));
        }
        Ok(self.page.pop_front())
    }
}

/// All heads by chain.
struct Heads<'a> {
    on: &'a DatabaseTransaction,
    page: VecDeque<(Uuid, Head)>,
    after: Option<Uuid>,
    done: bool,
}

impl Heads<'_> {
    async fn next(&mut self) -> Result<Option<(Uuid, Head)>, Fault> {
        if self.page.is_empty() && !self.done {
            self.page = store::heads_after(self.on, self.after, PAGE).await?.into();
            self.done = (self.page.len() as u64) < PAGE;
            self.after = self.page.back().map(|(chain, _)| *chain);
        }
        Ok(self.page.pop_front())
    }
}

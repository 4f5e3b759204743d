//! Closing a day: all heads are read in pages, each page in a short transaction of its own that also says how far it got.
//!
//! The row of the open day is the lock: whoever holds it reads the next page and moves the row on, so any number of
//! servers may work at the same day and it is still closed once, and a server that dies loses one page. Memory is one page
//! and one hash for every bit of the number of chains.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::root::{Root, Unsigned};
use super::store::{self, HeadAt, open_row};
use super::tree::{BLOCK_LEAVES, Builder, Leaf};
use crate::clock::{china_day, start_of};
use crate::db::{Database, Tx};
use crate::fault::Fault;
use crate::journal::{JournalEntry, named_chain};
use crate::vault::Signer;

/// Chains of one page, so of one transaction: on SQLite the one writer is held for 50 to 200 ms.
pub(super) const PAGE: u64 = 5_000;
/// A day is closed so long after its end: clocks of several servers agree by then, and what was under way is committed.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// No day is due.
    Nothing,
    /// A page was read; the day is still open.
    Page,
    /// The day is closed.
    Closed(Box<Root>),
}

/// When a day is closed at the earliest.
pub(super) fn due(day: NaiveDate) -> DateTime<Utc> {
    start_of(day + Days::new(1)) + GRACE
}

/// Reads the next `page` chains of the oldest day that is due, and closes it after the last.
///
/// # Errors
/// [`Fault::Unavailable`] when the database goes away; what was read stays read.
pub async fn step(db: &Database, signer: &Signer, page: u64) -> Result<Step, Fault> {
    db.write(None, async |tx| {
        let Some(open) = open(&tx).await? else { return Ok(Step::Nothing) };
        let heads = store::heads_after(tx.conn(), open.after, page).await?;
        let is_last = (heads.len() as u64) < page;
        let mut reading = Reading::of(open)?;
        reading.add(&tx, heads, is_last).await?;
        if !is_last {
            store::go_on(tx.conn(), reading.open()).await?;
            return Ok(Step::Page);
        }
        let root = reading.close(&tx, signer).await?;
        Ok(Step::Closed(Box::new(root)))
    })
    .await
}

/// Closes what is due, in at most so many pages. Gives whether there is more.
pub async fn close_due(db: &Database, signer: &Signer, pages: u32) -> Result<bool, Fault> {
    for _ in 0..pages {
        match step(db, signer, PAGE).await? {
            Step::Nothing => return Ok(false),
            Step::Page => {}
            Step::Closed(root) => {
                tracing::info!(day = %root.day, chains = root.chains, rows = root.rows, "day closed");
            }
        }
    }
    Ok(true)
}

/// The open day under lock, if it is due. The first day of an installation is the one before its first start. Somebody who
/// takes the row away, or sets it back to a day that has its root, does not keep the next days from being closed.
async fn open(tx: &Tx) -> Result<Option<open_row::Model>, Fault> {
    let closed = store::last(tx.conn()).await?.map(|root| root.day);
    let next = closed.map_or_else(|| china_day(tx.now()) - Days::new(1), |day| day + Days::new(1));
    let mut found = match store::open_for_update(tx.conn()).await? {
        Some(found) => found,
        None => {
            store::begin(tx.conn(), next).await?;
            store::open_for_update(tx.conn()).await?.ok_or_else(|| Fault::internal("no day is open"))?
        }
    };
    // The root was asked for before the lock was had, so it can only be older than the open day, unless that was touched.
    if closed.is_some_and(|closed| closed >= found.day) {
        tracing::error!(day = %found.day, "the open day has a root already; somebody set it back");
        found = store::opened(next);
    }
    Ok((tx.now() >= due(found.day)).then_some(found))
}

/// A day under way.
struct Reading {
    row: open_row::Model,
    tree: Builder,
}

impl Reading {
    fn of(row: open_row::Model) -> Result<Self, Fault> {
        let tree =
            Builder::from_bytes(&row.tree).ok_or_else(|| Fault::internal("the tree of the open day is broken"))?;
        Ok(Self { row, tree })
    }

    /// Adds the chains of these heads to the tree, and to the leaves those that have moved.
    async fn add(&mut self, tx: &Tx, heads: Vec<HeadAt>, is_last: bool) -> Result<(), Fault> {
        let from = self.row.after.map_or(Uuid::nil(), store::next);
        let to = heads.last().map(|head| head.chain).filter(|_| !is_last);
        let mut stand: BTreeMap<Uuid, Leaf> = BTreeMap::new();
        for leaf in store::newest_leaves(tx.conn(), from, to).await? {
            stand.insert(leaf.chain, leaf);
        }
        let mut moved = Vec::new();
        for leaf in self.ends(tx, &heads).await? {
            // A chain that became shorter was tampered with; what was signed before stands.
            if stand.get(&leaf.chain).is_none_or(|before| before.seq < leaf.seq) {
                stand.insert(leaf.chain, leaf);
                moved.push(leaf);
            }
        }
        store::add_leaves(tx.conn(), self.row.day, &moved).await?;
        let blocks = self.grow(stand.values());
        store::add_blocks(tx.conn(), self.row.day, &blocks).await?;
        self.row.after = heads.last().map_or(self.row.after, |head| Some(head.chain));
        Ok(())
    }

    /// Where the chains stood at the end of the day: mostly at their heads, else where the times of the rows say.
    async fn ends(&self, tx: &Tx, heads: &[HeadAt]) -> Result<Vec<Leaf>, Fault> {
        let end = start_of(self.row.day + Days::new(1));
        let (later, ended): (Vec<&HeadAt>, Vec<&HeadAt>) =
            heads.iter().partition(|head| head.at.is_some_and(|at| at >= end));
        let as_leaf = |head: &&HeadAt| Leaf { chain: head.chain, seq: head.seq, hash: store::as_hash(&head.hash) };
        let mut leaves: Vec<Leaf> = ended.iter().map(as_leaf).collect();
        let later: Vec<Uuid> = later.iter().map(|head| head.chain).collect();
        leaves.extend(store::stood_before(tx.conn(), &later, end).await?);
        Ok(leaves)
    }

    /// Grows the tree; gives the blocks that became whole.
    fn grow<'a>(&mut self, leaves: impl Iterator<Item = &'a Leaf>) -> Vec<(u64, Uuid, super::tree::Hash)> {
        let mut blocks = Vec::new();
        for leaf in leaves {
            if self.tree.begins_block() {
                self.row.block_first = Some(leaf.chain);
            }
            let block = self.tree.push(leaf.hashed());
            self.row.rows += leaf.seq;
            if let (Some(hash), Some(first)) = (block, self.row.block_first) {
                blocks.push((self.tree.count() / BLOCK_LEAVES - 1, first, hash));
            }
        }
        blocks
    }

    /// The row that says how far it got.
    fn open(self) -> open_row::Model {
        open_row::Model { tree: self.tree.to_bytes(), ..self.row }
    }

    /// Signs the root, puts it on the record and opens the next day.
    async fn close(self, tx: &Tx, signer: &Signer) -> Result<Root, Fault> {
        let day = self.row.day;
        if let (Some(hash), Some(first)) = (self.tree.rest(), self.row.block_first) {
            store::add_blocks(tx.conn(), day, &[(self.tree.count() / BLOCK_LEAVES, first, hash)]).await?;
        }
        let unsigned = Unsigned {
            day,
            closed: tx.now(),
            chains: self.tree.count(),
            rows: self.row.rows as u64,
            root: self.tree.root(),
            previous: store::last(tx.conn()).await?.map_or([0; 32], |last| last.digest()),
        };
        let root = unsigned.sign(signer);
        store::add_root(tx.conn(), &root).await?;
        store::go_on(tx.conn(), store::opened(day + Days::new(1))).await?;
        // On the record as well, so that a root cannot be taken away without breaking a chain that the next one covers.
        let facts = serde_json::to_value(&root)?;
        tx.record(JournalEntry::new(named_chain(CHAIN), "system", ROOT_CLOSED, day).holding(&facts));
        Ok(root)
    }
}

/// The chain that tells of the closed days.
pub(crate) const CHAIN: &str = "roots";
/// The act that closed a day.
pub(crate) const ROOT_CLOSED: &str = "platform.root-closed";

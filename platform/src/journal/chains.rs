//! Everything the journal has, chain by chain: where the chain ends, where it stood on closed days, its rows.

use std::collections::VecDeque;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Head, JournalRow, store};
use crate::fault::Fault;
use crate::roots::store::leaves_after;
use crate::roots::tree::Leaf;

const PAGE: u64 = 1_000;

/// The beginning of a chain.
#[derive(Debug, Clone)]
pub(super) struct ChainStart {
    pub(super) chain: Uuid,
    pub(super) head: Option<Head>,
    /// By day.
    pub(super) leaves: Vec<(NaiveDate, Leaf)>,
}

/// Reads three tables side by side, a thousand rows at a time.
pub(super) struct Chains<'a, C> {
    on: &'a C,
    rows: VecDeque<JournalRow>,
    heads: VecDeque<(Uuid, Head)>,
    leaves: VecDeque<(NaiveDate, Leaf)>,
    rows_after: After<(Uuid, i64)>,
    heads_after: After<Uuid>,
    leaves_after: After<(Uuid, NaiveDate)>,
}

/// How far a table has been read.
enum After<T> {
    Start,
    Place(T),
    End,
}

impl<T: Copy> After<T> {
    fn place(&self) -> Option<T> {
        match self {
            Self::Place(place) => Some(*place),
            Self::Start | Self::End => None,
        }
    }

    /// Moves on behind what a page gave.
    fn pass(&mut self, read: usize, last: Option<T>) {
        *self = match last {
            Some(last) if read as u64 == PAGE => Self::Place(last),
            _ => Self::End,
        };
    }

    fn is_end(&self) -> bool {
        matches!(self, Self::End)
    }
}

impl<'a, C: ConnectionTrait> Chains<'a, C> {
    /// All chains. A database of before there were roots has no leaves.
    pub(super) fn new(on: &'a C, with_leaves: bool) -> Self {
        Self {
            on,
            rows: VecDeque::new(),
            heads: VecDeque::new(),
            leaves: VecDeque::new(),
            rows_after: After::Start,
            heads_after: After::Start,
            leaves_after: if with_leaves { After::Start } else { After::End },
        }
    }

    /// The next chain of which there is anything. Its rows must have been read before the next is asked for.
    pub(super) async fn next(&mut self) -> Result<Option<ChainStart>, Fault> {
        self.fill().await?;
        let first = [
            self.rows.front().map(|row| row.chain),
            self.heads.front().map(|(chain, _)| *chain),
            self.leaves.front().map(|(_, leaf)| leaf.chain),
        ];
        let Some(chain) = first.into_iter().flatten().min() else { return Ok(None) };
        let head = self.heads.pop_front_if(|(of, _)| *of == chain).map(|(_, head)| head);
        let mut leaves = Vec::new();
        loop {
            self.fill().await?;
            match self.leaves.pop_front_if(|(_, leaf)| leaf.chain == chain) {
                Some(leaf) => leaves.push(leaf),
                None => return Ok(Some(ChainStart { chain, head, leaves })),
            }
        }
    }

    /// The next row of this chain.
    pub(super) async fn row(&mut self, chain: Uuid) -> Result<Option<JournalRow>, Fault> {
        self.fill().await?;
        Ok(self.rows.pop_front_if(|row| row.chain == chain))
    }

    async fn fill(&mut self) -> Result<(), Fault> {
        if self.rows.is_empty() && !self.rows_after.is_end() {
            self.rows = store::all_rows(self.on, self.rows_after.place(), PAGE).await?.into();
            self.rows_after.pass(self.rows.len(), self.rows.back().map(|row| (row.chain, row.seq)));
        }
        if self.heads.is_empty() && !self.heads_after.is_end() {
            self.heads = store::heads_after(self.on, self.heads_after.place(), PAGE).await?.into();
            self.heads_after.pass(self.heads.len(), self.heads.back().map(|(chain, _)| *chain));
        }
        if self.leaves.is_empty() && !self.leaves_after.is_end() {
            self.leaves = leaves_after(self.on, self.leaves_after.place(), PAGE).await?.into();
            self.leaves_after.pass(self.leaves.len(), self.leaves.back().map(|(day, leaf)| (leaf.chain, *day)));
        }
        Ok(())
    }
}

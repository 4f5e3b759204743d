//! One chain compared with what it was when days were closed.

use chrono::NaiveDate;
use uuid::Uuid;

use super::days::Days;
use super::{Finding, Tampering};
use crate::clock::china_day;
use crate::journal::JournalRow;
use crate::roots::tree::Leaf;

pub(super) struct Closing {
    chain: Uuid,
    /// By day; the places grow with the days.
    leaves: Vec<(NaiveDate, Leaf)>,
    /// The leaf that is met next.
    next: usize,
    last: i64,
    /// Only the first is told of each kind: what follows, follows from it.
    rewritten: Option<Finding>,
    backdated: Option<Finding>,
}

impl Closing {
    pub(super) fn new(chain: Uuid, leaves: Vec<(NaiveDate, Leaf)>) -> Self {
        Self { chain, leaves, next: 0, last: 0, rewritten: None, backdated: None }
    }

    /// Reads the next row.
    pub(super) fn row(&mut self, row: &JournalRow, days: &Days) {
        self.last = self.last.max(row.seq);
        while let Some((day, leaf)) = self.leaves.get(self.next).filter(|(_, leaf)| leaf.seq <= row.seq) {
            if leaf.seq == row.seq && leaf.hash != row.hash && self.rewritten.is_none() {
                self.rewritten = Some(self.finding(row.seq, Tampering::Rewritten { day: *day }));
            }
            self.next += 1;
        }
        if self.backdated.is_none()
            && let Some(day) = days.first_after(china_day(row.at))
            && !self.was_there(row.seq, day)
        {
            self.backdated = Some(self.finding(row.seq, Tampering::Backdated { day }));
        }
    }

    /// Whether the chain was that long when the day was closed.
    fn was_there(&self, seq: i64, day: NaiveDate) -> bool {
        let until = self.leaves.partition_point(|(closed, _)| *closed <= day);
        self.leaves[..until].iter().any(|(_, leaf)| leaf.seq >= seq)
    }

    fn finding(&self, seq: i64, kind: Tampering) -> Finding {
        Finding { chain: self.chain, seq, kind }
    }

    /// Adds what the chain by itself does not show.
    pub(super) fn finish(self, findings: &mut Vec<Finding>, max: usize) {
        let closed = self.leaves.iter().map(|(_, leaf)| leaf.seq).max().unwrap_or(0);
        let gone = (self.last + 1..=closed).take(max + 1).map(|seq| self.finding(seq, Tampering::Removed));
        let more: Vec<Finding> = gone.chain(self.rewritten.clone()).chain(self.backdated.clone()).collect();
        for finding in more {
            if !findings.iter().any(|told| told.seq == finding.seq) {
                findings.push(finding);
            }
        }
        findings.sort_by_key(|finding| finding.seq);
    }
}

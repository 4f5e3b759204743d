//! The roots of all closed days, compared with all chains in one pass: a tree for every day grows while the chains go by.

use std::collections::BTreeSet;

use chrono::{Days as Count, NaiveDate};

use super::{Against, DayFinding, DayTampering, FINDINGS_MAX};
use crate::journal::{JournalRow, named_chain};
use crate::roots::tree::{Builder, Joined, Leaf};
use crate::roots::{CHAIN, ROOT_CLOSED, Root};
use crate::vault::{Purpose, Standing};

pub(super) struct Days {
    /// By day.
    days: Vec<Day>,
    joined: Joined,
    open: Option<NaiveDate>,
    against: Against,
    record: uuid::Uuid,
    findings: BTreeSet<(NaiveDate, DayTampering)>,
}

struct Day {
    root: Root,
    tree: Builder,
    rows: i64,
}

impl Days {
    pub(super) fn new(mut roots: Vec<Root>, open: Option<NaiveDate>, against: Against) -> Self {
        roots.sort_by_key(|root| root.day);
        let days = roots.into_iter().map(|root| Day { root, tree: Builder::default(), rows: 0 }).collect();
        Self { days, joined: Joined::default(), open, against, record: named_chain(CHAIN), findings: BTreeSet::new() }
    }

    pub(super) fn any(&self) -> bool {
        !self.days.is_empty()
    }

    pub(super) fn count(&self) -> u64 {
        self.days.len() as u64
    }

    /// The first closed day after this one.
    pub(super) fn first_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.days.get(self.days.partition_point(|closed| closed.root.day <= day)).map(|closed| closed.root.day)
    }

    /// The next chain: where it stood on which days.
    pub(super) fn chain(&mut self, leaves: &[(NaiveDate, Leaf)]) {
        for (at, (day, leaf)) in leaves.iter().enumerate() {
            let from = self.days.partition_point(|closed| closed.root.day < *day);
            let until = match leaves.get(at + 1) {
                Some((next, _)) => self.days.partition_point(|closed| closed.root.day < *next),
                None => self.days.len(),
            };
            if self.open != Some(*day) && self.days.get(from).is_none_or(|closed| closed.root.day != *day) {
                self.tell(*day, DayTampering::Removed);
            }
            let hashed = leaf.hashed();
            for closed in self.days.get_mut(from..until).into_iter().flatten() {
                closed.tree.push_alike(hashed, &mut self.joined);
                closed.rows = closed.rows.saturating_add(leaf.seq);
            }
        }
    }

    /// A row; only those that tell of closed days matter here.
    pub(super) fn row(&mut self, row: &JournalRow) {
        if row.chain != self.record || row.act != ROOT_CLOSED {
            return;
        }
        let Ok(recorded) = row.facts::<Root>() else { return };
        match self.days.binary_search_by_key(&recorded.day, |closed| closed.root.day) {
            Err(_) => self.tell(recorded.day, DayTampering::Removed),
            Ok(at) if self.days[at].root != recorded => self.tell(recorded.day, DayTampering::NotAsRecorded),
            Ok(_) => {}
        }
    }

    fn tell(&mut self, day: NaiveDate, kind: DayTampering) {
        if self.findings.len() <= FINDINGS_MAX {
            self.findings.insert((day, kind));
        }
    }

    pub(super) fn finish(mut self) -> Vec<DayFinding> {
        let days = std::mem::take(&mut self.days);
        for (at, closed) in days.iter().enumerate() {
            self.compare(closed);
            self.follow(at.checked_sub(1).map(|before| &days[before].root), &closed.root);
        }
        self.compare_end(days.last().map(|closed| closed.root.day));
        self.compare_kept(&days);
        self.findings.into_iter().map(|(day, kind)| DayFinding { day, kind }).collect()
    }

    /// One root with the record, its signature and the trusted keys.
    fn compare(&mut self, closed: &Day) {
        let Day { root, tree, rows } = closed;
        if tree.root() != root.root || tree.count() != root.chains || *rows as u64 != root.rows {
            self.tell(root.day, DayTampering::NotTheRecord);
        }
        if !root.is_signed() {
            self.tell(root.day, DayTampering::Forged);
        }
        let standing = self.against.keys.as_ref().map(|keys| keys.standing(root.key, &Purpose::JournalRoot, root.day));
        match standing {
            Some(Standing::Unknown) => self.tell(root.day, DayTampering::UnknownKey),
            Some(Standing::Revoked) => self.tell(root.day, DayTampering::RevokedKey),
            Some(Standing::Good) | None => {}
        }
    }

    /// One root with the one before it.
    fn follow(&mut self, before: Option<&Root>, root: &Root) {
        let follows = before.map_or([0; 32], Root::digest) == root.previous;
        match before {
            Some(before) if before.day + Count::new(1) != root.day => {
                self.tell_removed(before.day + Count::new(1), root.day);
            }
            _ if follows => {}
            // Before the first there must have been more, if one may believe it.
            None if root.is_signed() => self.tell(root.day - Count::new(1), DayTampering::Removed),
            Some(_) => self.tell(root.day, DayTampering::Unchained),
            None => {}
        }
    }

    /// The last root with the row that tells which day is open.
    fn compare_end(&mut self, last: Option<NaiveDate>) {
        match (last, self.open) {
            (Some(last), None) => self.tell(last, DayTampering::OpenDayMissing),
            (Some(last), Some(open)) => self.tell_removed(last + Count::new(1), open),
            (None, _) => {}
        }
    }

    fn tell_removed(&mut self, from: NaiveDate, until: NaiveDate) {
        for day in from.iter_days().take_while(|day| *day < until).take(FINDINGS_MAX + 1) {
            self.tell(day, DayTampering::Removed);
        }
    }

    fn compare_kept(&mut self, days: &[Day]) {
        for kept in std::mem::take(&mut self.against.kept) {
            let kind = match days.binary_search_by_key(&kept.day, |closed| closed.root.day) {
                _ if !kept.is_signed() => DayTampering::KeptForged,
                Err(_) => DayTampering::KeptButNotHere,
                Ok(at) if days[at].root.statement() != kept.statement() => DayTampering::OtherThanKept,
                Ok(_) => continue,
            };
            self.tell(kept.day, kind);
        }
    }
}

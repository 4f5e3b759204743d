//! One chain read from its beginning, row by row, remembering only what the next row is compared with.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Finding, Tampering};
use crate::journal::{Head, JournalRow};

/// Places tried to find where a row was recorded; beyond that it is told as changed.
const PLACES_MAX: i64 = 5_000;

pub(super) struct ChainCheck {
    chain: Uuid,
    head: Option<Head>,
    /// The hash that a row after `last` must name if `last` is no row of this chain.
    before: [u8; 32],
    last: Option<Last>,
    expected: i64,
    /// Places where a row of another place stands, and the places those rows come from.
    moved_to: BTreeSet<i64>,
    moved_from: BTreeSet<i64>,
    findings: Vec<Finding>,
}

/// The row read last.
#[derive(Clone, Copy)]
struct Last {
    seq: i64,
    hash: [u8; 32],
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its hash fits its content and its place.
    Sound,
    /// Its hash fits nothing; the next row tells whether it was changed or slipped in.
    Suspect,
    /// Told already.
    Told,
}

impl ChainCheck {
    pub(super) fn new(chain: Uuid, head: Option<Head>) -> Self {
        Self {
            chain,
            head,
            before: Head::START.hash,
            last: None,
            expected: 1,
            moved_to: BTreeSet::new(),
            moved_from: BTreeSet::new(),
            findings: Vec::new(),
        }
    }

    /// Reads the next row.
    pub(super) fn row(&mut self, row: JournalRow) {
        let gap = row.seq > self.expected;
        let sound = row.hash_at(row.seq) == row.hash;
        let from = if sound { None } else { self.recorded_at(&row) };
        let beyond = self.head.is_some_and(|head| row.seq > head.seq);
        let copied = from.is_some() && self.last.is_some_and(|last| last.hash == row.hash);
        if copied {
            self.settle_suspect();
        } else if sound || from.is_some() {
            self.judge_last(&row, sound && !gap && !beyond);
        } else {
            self.settle_suspect();
        }
        (self.expected..row.seq).for_each(|seq| self.tell(seq, Tampering::Removed));

        let state = match (sound, from) {
            (_, None) if beyond => {
                self.tell(row.seq, Tampering::Inserted);
                State::Told
            }
            (true, _) => State::Sound,
            (false, None) => State::Suspect,
            (false, Some(_)) if copied => {
                self.moved_to.insert(row.seq);
                self.tell(row.seq, Tampering::Inserted);
                State::Told
            }
            (false, Some(from)) => {
                self.moved_to.insert(row.seq);
                self.moved_from.insert(from);
                self.tell(row.seq, Tampering::Reordered { from });
                State::Told
            }
        };
        self.before = self.last.map_or(Head::START.hash, |last| last.hash);
        self.last = Some(Last { seq: row.seq, hash: row.hash, state });
        self.expected = row.seq + 1;
    }

    /// What a genuine row says about the one before it by the hash it names. One that stands where it was recorded,
    /// next to the last (`in_place`), also tells whether that one was changed and hashed anew.
    fn judge_last(&mut self, row: &JournalRow, in_place: bool) {
        let Some(last) = self.last else {
            // A first row that names a predecessor was hashed anew after those before it were taken away.
            if in_place && row.prev != Head::START.hash {
                self.tell(row.seq, Tampering::Changed);
            }
            return;
        };
        let followed = row.prev == last.hash;
        let skipped = row.prev == self.before;
        if skipped && (last.state == State::Suspect || (last.state == State::Sound && !followed)) {
            self.tell(last.seq, Tampering::Inserted);
            // The row after it is compared as if it had never been there.
            self.last = Some(Last { hash: self.before, state: State::Told, ..last });
            return;
        }
        self.settle_suspect();
        if in_place && !followed && last.state == State::Sound {
            self.tell(last.seq, Tampering::Changed);
        }
    }

    fn settle_suspect(&mut self) {
        if let Some(last) = self.last.filter(|last| last.state == State::Suspect) {
            self.tell(last.seq, Tampering::Changed);
            self.last = Some(Last { state: State::Told, ..last });
        }
    }

    /// The place whose number makes the row's hash right.
    fn recorded_at(&self, row: &JournalRow) -> Option<i64> {
        let end = self.head.map_or(self.expected, |head| head.seq).min(PLACES_MAX);
        (1..=end).filter(|seq| *seq != row.seq).find(|seq| row.hash_at(*seq) == row.hash)
    }

    /// Compares with the head and gives the findings by place, at most `max` and one.
    pub(super) fn finish(mut self, max: usize) -> Vec<Finding> {
        match self.head {
            Some(head) => self.compare_with(head, max),
            None => {
                self.settle_suspect();
                self.tell(self.expected - 1, Tampering::HeadMissing);
            }
        }
        self.findings.sort_by_key(|finding| finding.seq);
        self.findings
    }

    fn compare_with(&mut self, head: Head, max: usize) {
        self.settle_suspect();
        if let Some(last) = self.last.filter(|last| last.state == State::Sound && last.seq == head.seq)
            && last.hash != head.hash
        {
            self.tell(last.seq, Tampering::Changed);
        }
        // What stood where a moved row stands now, and what stood behind the last row, is gone unless it was moved too.
        let displaced: Vec<i64> = self.moved_to.iter().copied().filter(|seq| *seq <= head.seq).collect();
        let gone = displaced.into_iter().chain(self.expected..=head.seq);
        let gone: Vec<i64> = gone.filter(|seq| !self.moved_from.contains(seq)).take(max + 1).collect();
        gone.into_iter().for_each(|seq| self.tell(seq, Tampering::Removed));
    }

    fn tell(&mut self, seq: i64, kind: Tampering) {
        if self.findings.len() <= super::FINDINGS_MAX {
            self.findings.push(Finding { chain: self.chain, seq, kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{JournalEntry, chain_up};

    fn rows(count: i64) -> (Vec<JournalRow>, Head) {
        let at = "2026-03-02T01:00:00Z".parse().unwrap();
        let mut rows: Vec<JournalRow> =
            (1..=count).map(|n| JournalEntry::new(Uuid::nil(), "a", "act", n).at(at, None)).collect();
        chain_up(Head::START, &mut rows);
        let head = rows.last().unwrap().head();
        (rows, head)
    }

    /// Tampers with five rows and gives what is told, as `place kind`.
    fn told(tamper: impl FnOnce(&mut Vec<JournalRow>, &mut Option<Head>)) -> Vec<String> {
        let (mut rows, head) = rows(5);
        let mut head = Some(head);
        tamper(&mut rows, &mut head);
        rows.sort_by_key(|row| row.seq);
        let mut check = ChainCheck::new(Uuid::nil(), head);
        rows.into_iter().for_each(|row| check.row(row));
        check.finish(10).into_iter().map(|finding| format!("{} {:?}", finding.seq, finding.kind)).collect()
    }

    fn rehash(row: &mut JournalRow) {
        row.hash = row.hash_at(row.seq);
    }

    #[test]
    fn a_whole_chain_tells_nothing() {
        assert_eq!(told(|_, _| ()), Vec::<String>::new());
    }

    #[test]
    fn changed_rows_are_named() {
        assert_eq!(told(|rows, _| rows[2].payload = "{\"x\":1}".into()), ["3 Changed"]);
        assert_eq!(told(|rows, _| rows[4].actor = "b".into()), ["5 Changed"]);
        assert_eq!(told(|rows, _| rows[0].hash[0] ^= 1), ["1 Changed"]);
        assert_eq!(told(|rows, _| rows[2].request_key = Some("k".into())), ["3 Changed"]);
    }

    #[test]
    fn a_changed_row_with_a_fitting_new_hash_is_named() {
        for place in 0..5 {
            let told = told(|rows, _| {
                rows[place].subject = "other".into();
                rehash(&mut rows[place]);
            });
            assert_eq!(told, [format!("{} Changed", place + 1)]);
        }
    }

    #[test]
    fn removed_rows_are_named_at_either_end_and_between() {
        for place in 0..5 {
            assert_eq!(told(|rows, _| drop(rows.remove(place))), [format!("{} Removed", place + 1)]);
        }
        assert_eq!(told(|rows, _| rows.truncate(3)), ["4 Removed", "5 Removed"]);
        assert_eq!(told(|rows, _| rows.clear()).len(), 5);
    }

    #[test]
    fn a_removed_row_is_named_even_if_the_rest_moved_up() {
        let told = told(|rows, _| {
            rows.remove(2);
            rows[2..].iter_mut().for_each(|row| row.seq -= 1);
        });
        assert_eq!(told, ["3 Reordered { from: 4 }", "3 Removed", "4 Reordered { from: 5 }"]);
    }

    #[test]
    fn swapped_rows_are_named() {
        let swap = |a: usize, b: usize| told(move |rows, _| (rows[a].seq, rows[b].seq) = (rows[b].seq, rows[a].seq));
        assert_eq!(swap(1, 2), ["2 Reordered { from: 3 }", "3 Reordered { from: 2 }"]);
        assert_eq!(swap(0, 4), ["1 Reordered { from: 5 }", "5 Reordered { from: 1 }"]);
    }

    #[test]
    fn inserted_rows_are_named() {
        let slip_in = |fitting: bool| {
            told(move |rows, _| {
                rows[2..].iter_mut().for_each(|row| row.seq += 1);
                let mut extra = rows[1].clone();
                (extra.seq, extra.prev) = (3, rows[1].hash);
                extra.subject = "forged".into();
                if fitting {
                    rehash(&mut extra);
                }
                rows.push(extra);
            })
        };
        let expected = ["3 Inserted", "4 Reordered { from: 3 }", "5 Reordered { from: 4 }", "6 Reordered { from: 5 }"];
        assert_eq!(slip_in(false), expected);
        assert_eq!(slip_in(true), expected);
    }

    #[test]
    fn a_row_appended_without_the_head_is_named() {
        let told = told(|rows, _| {
            let mut extra = rows[4].clone();
            (extra.seq, extra.prev) = (6, rows[4].hash);
            rehash(&mut extra);
            rows.push(extra);
        });
        assert_eq!(told, ["6 Inserted"]);
    }

    #[test]
    fn a_copy_of_the_row_before_is_named_and_what_it_stands_for_is_gone() {
        let told = told(|rows, _| {
            rows[3] = rows[2].clone();
            rows[3].seq = 4;
        });
        assert_eq!(told, ["4 Inserted", "4 Removed"]);
    }

    #[test]
    fn a_row_forged_beyond_the_end_does_not_cast_doubt_on_the_last() {
        let told = told(|rows, _| {
            let mut extra = rows[0].clone();
            (extra.seq, extra.prev) = (6, [9; 32]);
            rehash(&mut extra);
            rows.push(extra);
        });
        assert_eq!(told, ["6 Inserted"]);
    }

    #[test]
    fn a_missing_head_and_a_head_set_back_are_told() {
        assert_eq!(told(|_, head| *head = None), ["5 HeadMissing"]);
        assert_eq!(
            told(|rows, head| {
                *head = Some(rows[2].head());
            }),
            ["4 Inserted", "5 Inserted"]
        );
    }
}

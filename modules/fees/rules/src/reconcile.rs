//! 对账: the gateway's statement of a day beside our book of that day.

use std::collections::BTreeMap;

use catalog::words;
use serde::{Deserialize, Serialize};

words! {
    /// What an entry is.
    EntryKind {
        Payment = "payment" "缴费",
        Refund = "refund" "退费",
    }
}

words! {
    /// How the two sides differ.
    DifferenceKind {
        OursOnly = "ours-only" "我方有、对方没有",
        TheirsOnly = "theirs-only" "对方有、我方没有",
        Amount = "amount" "金额不一致",
    }
}

/// One movement of money in one of the books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub kind: EntryKind,
    /// 缴款码.
    pub order: String,
    /// 支付流水号, or our 退款单号.
    pub transaction: String,
    pub fen: i64,
}

/// Something that stands in the two books differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub kind: DifferenceKind,
    pub entry: EntryKind,
    pub order: String,
    pub transaction: String,
    pub ours_fen: Option<i64>,
    pub theirs_fen: Option<i64>,
}

/// What differs, payments first, by their numbers. An entry that one side names twice counts with its sum.
pub fn reconcile(ours: &[Entry], theirs: &[Entry]) -> Vec<Difference> {
    let (ours, theirs) = (book(ours), book(theirs));
    let keys = ours.keys().chain(theirs.keys()).collect::<std::collections::BTreeSet<_>>();
    let differing = keys.into_iter().filter_map(|key| {
        let (own, other) = (ours.get(key), theirs.get(key));
        let kind = match (own, other) {
            (Some((_, own)), Some((_, other))) if own == other => return None,
            (Some(_), Some(_)) => DifferenceKind::Amount,
            (Some(_), None) => DifferenceKind::OursOnly,
            (None, _) => DifferenceKind::TheirsOnly,
        };
        let order = own.or(other).map(|(order, _)| (*order).to_owned()).unwrap_or_default();
        Some(Difference {
            kind,
            entry: key.0,
            order,
            transaction: key.1.to_owned(),
            ours_fen: own.map(|(_, fen)| *fen),
            theirs_fen: other.map(|(_, fen)| *fen),
        })
    });
    differing.collect()
}

type Book<'e> = BTreeMap<(EntryKind, &'e str), (&'e str, i64)>;

fn book(entries: &[Entry]) -> Book<'_> {
    let mut book = Book::new();
    for entry in entries {
        let row = book.entry((entry.kind, entry.transaction.as_str())).or_insert((entry.order.as_str(), 0));
        row.1 = row.1.saturating_add(entry.fen);
    }
    book
}

//! Two books of one day.

use fees::{DifferenceKind, Entry, EntryKind, reconcile};

fn entry(kind: EntryKind, transaction: &str, fen: i64) -> Entry {
    Entry { kind, order: "N1".into(), transaction: transaction.into(), fen }
}

#[test]
fn what_differs_is_found_and_nothing_else_is() {
    use DifferenceKind::{Amount, OursOnly, TheirsOnly};
    use EntryKind::{Payment, Refund};
    let ours =
        [entry(Payment, "t1", 800), entry(Payment, "t2", 900), entry(Payment, "t3", 100), entry(Refund, "r1", 800)];
    let theirs =
        [entry(Payment, "t1", 800), entry(Payment, "t2", 901), entry(Payment, "t4", 70), entry(Refund, "t3", 100)];
    let found = reconcile(&ours, &theirs);
    let found: Vec<_> =
        found.iter().map(|one| (one.kind, one.entry, one.transaction.as_str(), one.ours_fen, one.theirs_fen)).collect();
    assert_eq!(
        found,
        [
            (Amount, Payment, "t2", Some(900), Some(901)),
            (OursOnly, Payment, "t3", Some(100), None),
            (TheirsOnly, Payment, "t4", None, Some(70)),
            (OursOnly, Refund, "r1", Some(800), None),
            (TheirsOnly, Refund, "t3", None, Some(100)),
        ]
    );
    assert!(reconcile(&ours, &ours).is_empty());
    assert!(reconcile(&[], &[]).is_empty());
}

//! Where a parcel is, whatever is heard in whatever order; `incoming`: what is opened at the hall.

mod incoming;

use chrono::{DateTime, Utc};
use courier::{Scan, ScanKind, Shipment, State, take};

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_400_000 + minute * 60, 0).unwrap()
}

fn scan(id: &str, kind: ScanKind, minute: i64) -> Scan {
    let signer = (kind == ScanKind::Signed).then(|| "梁志远".to_owned());
    Scan { id: id.into(), kind, at: at(minute), place: "佛山".into(), signer }
}

#[test]
fn where_it_is() {
    use ScanKind::{Collected, Lost, Moving, OutForDelivery, Returned, Signed};
    // Scans as they are heard, the state after them, whether somebody has to see to it.
    let table: Vec<(Vec<Scan>, State, bool)> = vec![
        (vec![], State::Ordered, false),
        (vec![scan("1", Collected, 1)], State::Collected, false),
        (vec![scan("2", Moving, 2), scan("1", Collected, 1)], State::Moving, false),
        (
            vec![scan("1", Collected, 1), scan("3", OutForDelivery, 3), scan("3", OutForDelivery, 3)],
            State::OutForDelivery,
            false,
        ),
        (vec![scan("4", Signed, 4), scan("2", Moving, 5)], State::Signed, false),
        (vec![scan("4", Signed, 4), scan("5", Returned, 6)], State::Signed, false),
        (vec![scan("5", Returned, 6), scan("2", Moving, 7)], State::Returned, true),
        (vec![scan("6", Lost, 9)], State::Lost, true),
    ];
    for (number, (scans, state, troubled)) in table.into_iter().enumerate() {
        let mut shipment = Shipment::new("S1");
        for one in scans {
            let fresh = take(&shipment, &[one]);
            shipment.scans.extend(fresh);
        }
        assert_eq!((shipment.state(), shipment.is_troubled()), (state, troubled), "row {number}");
    }
}

#[test]
fn a_signature_needs_a_name_and_counts_once() {
    let mut shipment = Shipment::new("S1");
    let nameless = Scan { signer: Some(" ".into()), ..scan("0", ScanKind::Signed, 1) };
    assert!(take(&shipment, &[nameless]).is_empty());
    let signed = scan("1", ScanKind::Signed, 2);
    let fresh = take(&shipment, &[signed.clone(), signed.clone()]);
    assert_eq!(fresh.len(), 1);
    shipment.scans.extend(fresh);
    assert!(take(&shipment, &[signed]).is_empty());
    assert_eq!(shipment.signature(), Some(("梁志远", at(2))));
}

#[test]
fn what_was_sent_again_is_no_trouble_any_more() {
    let mut shipment = Shipment::new("S1");
    shipment.scans.push(scan("1", ScanKind::Lost, 1));
    assert!(shipment.is_troubled() && !shipment.is_under_way());
    shipment.replaced_by = Some("S2".into());
    assert!(!shipment.is_troubled());
}

//! Opening a parcel: what counts, since when, and what has to be said.

use chrono::{DateTime, NaiveDate, Utc};
use courier::{Enclosed, Finding, Incoming, Known, Said, Way};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_600_000, 0).unwrap()
}

fn parcel() -> Incoming {
    let enclosed = |line: &str, name: &str| Enclosed { line: line.into(), name: name.into() };
    Incoming {
        way: Way::Own,
        hall: "district-hall".into(),
        hall_name: "区政务服务中心".into(),
        hall_address: "绿景三路16号".into(),
        hall_phone: String::new(),
        carrier: Some("邮政特快专递".into()),
        enclosed: vec![enclosed("paper:1", "房产证"), enclosed("paper:2", "租赁合同")],
        count: None,
        missed: None,
    }
}

fn said(arrived: &[&str]) -> Said {
    Said {
        received_on: day(5),
        witness: "李四".into(),
        arrived: arrived.iter().map(ToString::to_string).collect(),
        note: String::new(),
    }
}

const KNOWN: Known = Known {
    sent_on: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(),
    signed_on: None,
    today: NaiveDate::from_ymd_opt(2026, 3, 9).unwrap(),
};

#[test]
fn what_is_found_counts_since_the_day_the_hall_has_it() {
    // What was inside, when the hall signed, the finding, what is lacking, the day that counts.
    let table = [
        (&["paper:2", "paper:1"][..], None, Finding::Whole, &[][..], day(5)),
        (&["paper:1"], Some(day(4)), Finding::Part, &["租赁合同"], day(4)),
        (&["paper:1"], Some(day(9)), Finding::Part, &["租赁合同"], day(9)),
    ];
    for (arrived, signed_on, finding, lacking, received_on) in table {
        let mut parcel = parcel();
        assert!(parcel.waits() && parcel.finding().is_none());
        let count = parcel.opened(&said(arrived), "张三", Known { signed_on, ..KNOWN }, now()).unwrap();
        assert_eq!((count.received_on, count.by.as_str(), count.witness.as_str()), (received_on, "张三", "李四"));
        parcel.count = Some(count);
        let names: Vec<&str> = parcel.lacking().iter().map(|one| one.name.as_str()).collect();
        assert_eq!((parcel.finding(), names.as_slice(), parcel.waits()), (Some(finding), lacking, false));
    }
}

#[test]
fn nobody_opens_a_parcel_alone_twice_or_without_a_word_about_nothing() {
    let refused = |parcel: &Incoming, said: &Said, known: Known| {
        parcel.opened(said, "张三", known, now()).unwrap_err().code.into_owned()
    };
    let good = said(&["paper:1"]);
    for witness in ["", " ", "张三"] {
        let alone = Said { witness: witness.into(), ..good.clone() };
        assert_eq!(refused(&parcel(), &alone, KNOWN), "courier.no-witness");
    }
    assert_eq!(refused(&parcel(), &said(&["paper:9"]), KNOWN), "courier.not-enclosed");
    assert_eq!(refused(&parcel(), &said(&[]), KNOWN), "courier.empty-unexplained");
    let empty = Said { note: "只有空信封".into(), ..said(&[]) };
    let count = parcel().opened(&empty, "张三", KNOWN, now()).unwrap();
    let opened = Incoming { count: Some(count), ..parcel() };
    assert_eq!((opened.finding(), opened.lacking().len()), (Some(Finding::Empty), 2));
    assert_eq!(refused(&opened, &good, KNOWN), "courier.counted");
}

#[test]
fn the_day_lies_between_the_sending_and_today() {
    let parcel = parcel();
    for wrong in [day(1), day(10)] {
        let said = Said { received_on: wrong, ..said(&["paper:1"]) };
        let refusal = parcel.opened(&said, "张三", KNOWN, now()).unwrap_err();
        assert_eq!(refusal.code, "courier.wrong-day");
        // With a signature nobody's word is needed.
        let known = Known { signed_on: Some(day(3)), ..KNOWN };
        assert_eq!(parcel.opened(&said, "张三", known, now()).unwrap().received_on, day(3));
    }
}

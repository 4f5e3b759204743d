//! Whole fen.

use kernel::money::Money;
use proptest::prelude::*;

#[test]
fn yuan_are_read_and_written() {
    for (text, fen, written) in [
        ("1280", 128_000, "1280.00"),
        ("12.5", 1_250, "12.50"),
        ("0.01", 1, "0.01"),
        ("-0.01", -1, "-0.01"),
        ("0", 0, "0.00"),
        ("-92233720368547758.08", i64::MIN, "-92233720368547758.08"),
    ] {
        let money: Money = text.parse().unwrap_or_else(|_| panic!("{text}"));
        assert_eq!((money.fen(), money.to_string().as_str()), (fen, written));
    }
    for bad in ["", "-", "1.", ".5", "1.234", "1,280", "12元", "1e3", "92233720368547758.08", "--1", "１２"] {
        assert!(bad.parse::<Money>().is_err(), "{bad}");
    }
}

#[test]
fn arithmetic_does_not_wrap() {
    assert_eq!(Money::from_yuan(12), Some(Money(1200)));
    assert_eq!(Money::from_yuan(i64::MAX), None);
    assert_eq!(Money(1).checked_add(Money(2)), Some(Money(3)));
    assert_eq!(Money(i64::MAX).checked_add(Money(1)), None);
    assert_eq!(Money(250).checked_times(3), Some(Money(750)));
    assert_eq!(Money(i64::MAX).checked_times(2), None);
    assert_eq!([Money(1), Money(2)].into_iter().sum::<Money>(), Money(3));
    assert_eq!([Money(i64::MAX), Money(2)].into_iter().sum::<Money>(), Money(i64::MAX));
}

#[test]
fn json_is_the_number_of_fen() {
    assert_eq!(serde_json::to_string(&Money(1250)).unwrap(), "1250");
    assert_eq!(serde_json::from_str::<Money>("1250").unwrap(), Money(1250));
    assert!(serde_json::from_str::<Money>("12.50").is_err());
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(fen in any::<i64>()) {
        prop_assert_eq!(Money(fen).to_string().parse(), Ok(Money(fen)));
    }
}

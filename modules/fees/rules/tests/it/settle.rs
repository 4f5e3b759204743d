//! Payments, endings and refunds in every order in which they may be heard.

use chrono::{DateTime, NaiveDate, Utc};
use fees::{
    Ending, Event, Line, Order, Received, RefundWhy, Settled, State, Via, apply, close, may_go_on, receive, refunded,
};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_400_000, 0).unwrap()
}

fn paid(transaction: &str, fen: i64, via: Via) -> Received {
    Received { transaction: transaction.into(), fen, at: now(), via }
}

/// What happens one after the other.
enum Step {
    Pay(&'static str, i64, Via),
    End(Ending, bool),
    Back(&'static str),
}

fn go(mut order: Order, steps: &[Step]) -> (Order, usize) {
    let mut events = 0;
    for step in steps {
        let happened = match step {
            Step::Pay(transaction, fen, via) => match receive(&order, &paid(transaction, *fen, *via), now()) {
                Settled::Events(events) => events,
                Settled::Doubtful => Vec::new(),
            },
            Step::End(why, gives_back) => close(&order, *why, *gives_back, now()),
            Step::Back(number) => refunded(&order, number, now()),
        };
        events += happened.len();
        order = happened.iter().fold(order, apply);
    }
    (order, events)
}

#[test]
fn every_order_of_events() {
    use Ending::{Ended, Refused, Withdrawn};
    use State::{Cancelled, Issued, Paid, Refunded, Refunding};
    use Step::{Back, End, Pay};
    use Via::{Callback, Query};
    // What happens, the state after it, why money goes back, and how many events it took.
    let table: Vec<(Vec<Step>, State, Vec<RefundWhy>, usize)> = vec![
        (vec![], Issued, vec![], 0),
        (vec![Pay("t1", 8_000, Callback)], Paid, vec![], 1),
        (vec![Pay("t1", 8_000, Callback), Pay("t1", 8_000, Callback), Pay("t1", 8_000, Query)], Paid, vec![], 1),
        (vec![Pay("t1", 8_000, Callback), Pay("t2", 8_000, Query)], Paid, vec![RefundWhy::Twice], 3),
        (vec![Pay("t1", 1, Callback)], Issued, vec![], 0),
        (vec![Pay("t1", 1, Query)], Issued, vec![RefundWhy::WrongAmount], 2),
        (vec![Pay("t1", 1, Query), Pay("t2", 8_000, Callback)], Paid, vec![RefundWhy::WrongAmount], 3),
        (vec![End(Withdrawn, true)], Cancelled, vec![], 1),
        (vec![End(Withdrawn, true), End(Withdrawn, true)], Cancelled, vec![], 1),
        (vec![End(Ended, false), Pay("t1", 8_000, Callback)], Cancelled, vec![RefundWhy::Cancelled], 3),
        (vec![Pay("t1", 8_000, Query), End(Withdrawn, true)], Refunding, vec![RefundWhy::Withdrawn], 2),
        (vec![Pay("t1", 8_000, Query), End(Refused, false)], Paid, vec![], 1),
        (vec![Pay("t1", 8_000, Query), End(Refused, true), End(Refused, true)], Refunding, vec![RefundWhy::Refused], 2),
        (
            vec![Pay("t1", 8_000, Query), End(Refused, true), Back("N1R01"), Back("N1R01")],
            Refunded,
            vec![RefundWhy::Refused],
            3,
        ),
        (vec![Pay("t1", 8_000, Query), Pay("t2", 8_000, Query), Back("N1R01")], Paid, vec![RefundWhy::Twice], 4),
        (vec![Back("N1R07")], Issued, vec![], 0),
    ];
    for (number, (steps, state, why, events)) in table.iter().enumerate() {
        let (order, happened) = go(Order::new("N1", 8_000, day(20)), steps);
        assert_eq!(order.state(day(10)), *state, "row {number}");
        assert_eq!(order.refunds.iter().map(|refund| refund.why).collect::<Vec<_>>(), *why, "row {number}");
        assert_eq!(happened, *events, "row {number}");
    }
}

#[test]
fn a_callback_with_another_amount_is_asked_about_and_not_booked() {
    let order = Order::new("N1", 8_000, day(20));
    assert_eq!(receive(&order, &paid("t1", 1, Via::Callback), now()), Settled::Doubtful);
}

#[test]
fn the_day_alone_makes_it_late_and_late_money_still_counts() {
    let order = Order::new("N1", 8_000, day(20));
    assert_eq!((order.state(day(20)), order.state(day(21))), (State::Issued, State::Expired));
    let (order, _) = go(order, &[Step::Pay("t1", 8_000, Via::Callback)]);
    assert_eq!(order.state(day(21)), State::Paid);
}

#[test]
fn events_make_the_order_again() {
    let steps = [Step::Pay("t1", 8_000, Via::Query), Step::End(Ending::Withdrawn, true), Step::Back("N1R01")];
    let (order, _) = go(Order::new("N1", 8_000, day(20)), &steps);
    let text = serde_json::to_string(&order).unwrap();
    assert_eq!(serde_json::from_str::<Order>(&text).unwrap(), order);
    let event = Event::Refunded { number: "N1R01".into(), at: now() };
    assert_eq!(apply(order.clone(), &event), order, "heard twice");
}

#[test]
fn nothing_goes_on_unpaid() {
    let lines: [Line; 0] = [];
    let open = Order::new("N1", 8_000, day(20));
    let (paid, _) = go(open.clone(), &[Step::Pay("t1", 8_000, Via::Query)]);
    let (gone, _) = go(open.clone(), &[Step::End(Ending::Ended, false)]);
    let go_on = |orders: &[&Order], on| may_go_on(&orders.iter().map(|one| (*one, &lines[..])).collect::<Vec<_>>(), on);
    assert_eq!(go_on(&[], day(1)), Ok(()));
    assert_eq!(go_on(&[&paid, &gone], day(1)), Ok(()));
    for on in [day(1), day(30)] {
        let refusal = go_on(&[&paid, &open], on).unwrap_err();
        assert_eq!((refusal.code.as_ref(), refusal.facts["yuan"].as_str()), (fees::UNPAID, "80.00"));
    }
}

//! What a payment, the end of a case and a refund mean for an order. Everything may be heard twice, late, or in the wrong
//! order: the second time nothing follows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::order::{Cancelled, Ending, Order, Payment, Refund, RefundWhy, Via};

/// A payment as the gateway tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub transaction: String,
    pub fen: i64,
    pub at: DateTime<Utc>,
    pub via: Via,
}

/// What has happened to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    Paid(Payment),
    RefundOwed(Refund),
    Refunded { number: String, at: DateTime<Utc> },
    Cancelled(Cancelled),
}

/// What is to be done about what was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// These follow; none when it was known.
    Events(Vec<Event>),
    /// A callback says something that the order does not: ask the gateway itself before anything is booked.
    Doubtful,
}

/// Money came. What settles the order counts; what comes a second time, after the order was cancelled, or in another
/// amount is kept as a fact and goes back.
pub fn receive(order: &Order, received: &Received, now: DateTime<Utc>) -> Settled {
    if order.payments.iter().any(|payment| payment.transaction == received.transaction) {
        return Settled::Events(Vec::new());
    }
    let back = if received.fen != order.fen {
        if received.via == Via::Callback {
            return Settled::Doubtful;
        }
        Some(RefundWhy::WrongAmount)
    } else if order.settling().is_some() {
        Some(RefundWhy::Twice)
    } else if order.cancelled.is_some() {
        Some(RefundWhy::Cancelled)
    } else {
        None
    };
    let payment = Payment {
        transaction: received.transaction.clone(),
        fen: received.fen,
        at: received.at,
        via: received.via,
        counts: back.is_none(),
    };
    let refund = back.map(|why| Event::RefundOwed(owe(order, &payment, why, now)));
    Settled::Events([Event::Paid(payment)].into_iter().chain(refund).collect())
}

/// The case has ended: what is unpaid is cancelled; what was paid goes back where the fee's own rule says so.
pub fn close(order: &Order, why: Ending, gives_back: bool, now: DateTime<Utc>) -> Vec<Event> {
    if order.is_open() {
        return vec![Event::Cancelled(Cancelled { at: now, why })];
    }
    let back = match why {
        Ending::Withdrawn => RefundWhy::Withdrawn,
        Ending::Refused => RefundWhy::Refused,
        Ending::Ended => return Vec::new(),
    };
    let settling = order.settling().filter(|_| gives_back);
    let fresh = settling.filter(|paid| !order.refunds.iter().any(|refund| refund.transaction == paid.transaction));
    fresh.map(|paid| Event::RefundOwed(owe(order, paid, back, now))).into_iter().collect()
}

/// The gateway has given it back.
pub fn refunded(order: &Order, number: &str, at: DateTime<Utc>) -> Vec<Event> {
    order.owed(number).map(|refund| Event::Refunded { number: refund.number.clone(), at }).into_iter().collect()
}

fn owe(order: &Order, payment: &Payment, why: RefundWhy, now: DateTime<Utc>) -> Refund {
    Refund {
        number: format!("{}R{:02}", order.number, order.refunds.len() + 1),
        transaction: payment.transaction.clone(),
        fen: payment.fen,
        why,
        owed_at: now,
        done_at: None,
    }
}

/// The order after an event.
pub fn apply(mut order: Order, event: &Event) -> Order {
    match event {
        Event::Paid(payment) => order.payments.push(payment.clone()),
        Event::RefundOwed(refund) => order.refunds.push(refund.clone()),
        Event::Refunded { number, at } => {
            for refund in order.refunds.iter_mut().filter(|refund| refund.number == *number) {
                refund.done_at.get_or_insert(*at);
            }
        }
        Event::Cancelled(cancelled) => {
            order.cancelled.get_or_insert_with(|| cancelled.clone());
        }
    }
    order
}

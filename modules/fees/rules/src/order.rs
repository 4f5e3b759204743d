//! The order to pay (缴款单): facts with their times. What state it is in follows from them and the day.

use catalog::words;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

words! {
    /// Where an order stands.
    State {
        Issued = "issued" "待缴",
        Expired = "expired" "逾期未缴",
        Paid = "paid" "已缴",
        Refunding = "refunding" "退费中",
        Refunded = "refunded" "已退费",
        Cancelled = "cancelled" "已取消",
    }
}

words! {
    /// How we came to know of a payment.
    Via {
        Callback = "callback" "支付平台通知",
        Query = "query" "向支付平台查询",
    }
}

words! {
    /// Why money is given back.
    RefundWhy {
        Withdrawn = "withdrawn" "申请人撤回申请",
        Refused = "refused" "不予办理",
        Twice = "twice" "重复缴费",
        Cancelled = "cancelled" "缴款单已取消",
        WrongAmount = "wrong-amount" "金额与缴款单不符",
    }
}

words! {
    /// What ended the case whose fee it is.
    Ending {
        Withdrawn = "withdrawn" "申请人撤回申请",
        Refused = "refused" "不予办理",
        Ended = "ended" "办件终止",
    }
}

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// 缴款码.
    pub number: String,
    /// Fixed when it was issued, whatever the catalogue says later.
    pub fen: i64,
    pub due: NaiveDate,
    #[serde(default)]
    pub cancelled: Option<Cancelled>,
    #[serde(default)]
    pub payments: Vec<Payment>,
    #[serde(default)]
    pub refunds: Vec<Refund>,
}

/// It need not be paid any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    pub at: DateTime<Utc>,
    pub why: Ending,
}

/// Money that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The gateway's number of it (支付流水号).
    pub transaction: String,
    pub fen: i64,
    pub at: DateTime<Utc>,
    pub via: Via,
    /// Whether it settles the order; otherwise it goes back.
    pub counts: bool,
}

/// Money that goes back, or has gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Ours (退款单号); the gateway gives back once for one number.
    pub number: String,
    pub transaction: String,
    pub fen: i64,
    pub why: RefundWhy,
    pub owed_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
}

impl Order {
    /// A new one.
    pub fn new(number: impl Into<String>, fen: i64, due: NaiveDate) -> Self {
        Self { number: number.into(), fen, due, cancelled: None, payments: Vec::new(), refunds: Vec::new() }
    }

    /// The payment that settles it.
    pub fn settling(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.counts)
    }

    /// The refund of the payment that settled it.
    fn undone(&self) -> Option<&Refund> {
        let settling = self.settling()?;
        self.refunds.iter().find(|refund| refund.transaction == settling.transaction)
    }

    /// Where it stands on that day.
    pub fn state(&self, today: NaiveDate) -> State {
        match (self.settling(), self.undone(), &self.cancelled) {
            (Some(_), Some(refund), _) if refund.done_at.is_some() => State::Refunded,
            (Some(_), Some(_), _) => State::Refunding,
            (Some(_), None, _) => State::Paid,
            (None, _, Some(_)) => State::Cancelled,
            (None, _, None) if today > self.due => State::Expired,
            (None, _, None) => State::Issued,
        }
    }

    /// Whether money is still awaited.
    pub fn is_open(&self) -> bool {
        self.settling().is_none() && self.cancelled.is_none()
    }

    /// The refund that has not gone out yet under this number.
    pub fn owed(&self, number: &str) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.number == number && refund.done_at.is_none())
    }
}

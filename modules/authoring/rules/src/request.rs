//! A change request (修改请求): a window or an authority says what is wrong with an item. It is answered in time: taken up by a
//! revision, or declined with a reason.

use chrono::NaiveDate;
use kernel::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Working days within which a request is answered; set by the house, no law says so.
pub const ANSWER_DAYS: u32 = 10;
/// So many days before the last one it presses.
const PRESSING_DAYS: i64 = 2;

kernel::coded! {
    /// Where a request stands.
    State in "request-state" {
        /// 待答复
        Filed = "filed",
        /// 已采纳，修订中
        TakenUp = "taken-up",
        /// 不采纳
        Declined = "declined",
        /// 已落实
        Done = "done",
    }
    /// How the clock of a request stands.
    Clock in "request-clock" {
        /// 时间充足
        InTime = "in-time",
        /// 临近期限
        Pressing = "pressing",
        /// 超过期限
        Overdue = "overdue",
        /// 已经答复
        Answered = "answered",
    }
}

/// A request's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub filed_on: NaiveDate,
    /// The last day to answer.
    pub answer_by: NaiveDate,
    /// The revision that took it up.
    #[serde(default)]
    pub taken_up: Option<(String, NaiveDate)>,
    #[serde(default)]
    pub declined: Option<(String, NaiveDate)>,
    /// The version of the item that put it into force.
    #[serde(default)]
    pub done: Option<(u32, NaiveDate)>,
}

impl Request {
    /// One that was filed today.
    pub fn new(filed_on: NaiveDate, answer_by: NaiveDate) -> Self {
        Self { filed_on, answer_by, taken_up: None, declined: None, done: None }
    }

    /// Where it stands, by its facts.
    pub fn state(&self) -> State {
        if self.done.is_some() {
            State::Done
        } else if self.declined.is_some() {
            State::Declined
        } else if self.taken_up.is_some() {
            State::TakenUp
        } else {
            State::Filed
        }
    }

    /// How its clock stands on that day. Nothing of it is stored.
    pub fn clock(&self, today: NaiveDate) -> Clock {
        match self.state() {
            State::TakenUp | State::Declined | State::Done => Clock::Answered,
            State::Filed if today > self.answer_by => Clock::Overdue,
            State::Filed if (self.answer_by - today).num_days() <= PRESSING_DAYS => Clock::Pressing,
            State::Filed => Clock::InTime,
        }
    }
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// 采纳，由这份修订稿落实
    TakeUp { revision: String },
    /// 不采纳
    Decline { reason: String },
    /// The revision was withdrawn: it waits for an answer again (by the platform).
    PutBack,
    /// The revision is in force (by the platform).
    Finish { version: u32 },
}

impl Order {
    /// One of each, for charts and tables.
    pub fn each() -> Vec<Order> {
        vec![
            Order::TakeUp { revision: "r".to_owned() },
            Order::Decline { reason: "理由".to_owned() },
            Order::PutBack,
            Order::Finish { version: 2 },
        ]
    }

    /// The name in addresses and texts.
    pub fn name(&self) -> &'static str {
        match self {
            Order::TakeUp { .. } => "take-up",
            Order::Decline { .. } => "decline",
            Order::PutBack => "put-back",
            Order::Finish { .. } => "finish",
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    TakenUp { revision: String, on: NaiveDate },
    Declined { reason: String, on: NaiveDate },
    PutBack,
    Done { version: u32, on: NaiveDate },
}

/// Weighs an order. Late answers are answers.
///
/// # Errors
/// `authoring.request-not-now`, `authoring.reason-needed`.
pub fn decide(request: &Request, order: &Order, today: NaiveDate) -> Result<Event, Refusal> {
    use State as S;
    match (request.state(), order) {
        (S::Filed, Order::TakeUp { revision }) => Ok(Event::TakenUp { revision: revision.clone(), on: today }),
        (S::Filed, Order::Decline { reason }) => {
            if reason.trim().is_empty() {
                return Err(Refusal::new("authoring.reason-needed", "give-reason"));
            }
            Ok(Event::Declined { reason: reason.trim().to_owned(), on: today })
        }
        (S::TakenUp, Order::PutBack) => Ok(Event::PutBack),
        (S::TakenUp, Order::Finish { version }) => Ok(Event::Done { version: *version, on: today }),
        (state @ (S::Filed | S::TakenUp | S::Declined | S::Done), order) => {
            let refusal = Refusal::new("authoring.request-not-now", "look-at-request");
            Err(refusal.fact("state", state).fact("order", order.name()))
        }
    }
}

/// The request after an event.
pub fn apply(mut request: Request, event: &Event) -> Request {
    match event {
        Event::TakenUp { revision, on } => request.taken_up = Some((revision.clone(), *on)),
        Event::Declined { reason, on } => request.declined = Some((reason.clone(), *on)),
        Event::PutBack => request.taken_up = None,
        Event::Done { version, on } => request.done = Some((*version, *on)),
    }
    request
}

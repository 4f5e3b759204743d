//! What became of one message by one way: facts with their times; the state follows from them.

use chrono::{DateTime, Utc};

use kernel::coded;

coded! {
    /// How a sending stands.
    State in "messages.state" {
        /// 待发送
        Queued = "queued",
        /// 等候时段 (at night, or beyond the day's number)
        Held = "held",
        /// 发送失败，稍后再试
        Failed = "failed",
        /// 已发送
        Sent = "sent",
        /// 已送达
        Arrived = "arrived",
        /// 未送达: the provider took it and could not bring it.
        Lost = "lost",
        /// 已放弃
        GivenUp = "given-up",
    }

    /// Why a try failed.
    FaultCode in "messages.fault" {
        /// The other side does not answer.
        Down = "down",
        /// It answers too late.
        Slow = "slow",
        /// It answers what cannot be read.
        Garbled = "garbled",
        /// It says no.
        Refused = "refused",
        /// Nobody is at the other end: no such line is configured.
        NoLine = "no-line",
        /// The person has no address of this kind any more.
        NoAddress = "no-address",
        /// The text may not travel this way.
        Unfit = "unfit",
    }
}

impl FaultCode {
    /// Whether trying again can help without anybody doing something.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Down | Self::Slow | Self::Garbled | Self::NoLine)
    }
}

/// What the provider reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Became {
    pub at: DateTime<Utc>,
    /// It is on the person's telephone.
    pub arrived: bool,
}

/// The facts of one sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    pub queued_at: DateTime<Utc>,
    /// Not before; moved on by the hours of rest and the day's number.
    pub not_before: Option<DateTime<Utc>>,
    pub failed_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub receipt: Option<Became>,
    pub given_up_at: Option<DateTime<Utc>>,
}

impl Sending {
    /// Tries before it is given up; with the queue's pauses about two and a half hours.
    pub const TRIES_MAX: i32 = 12;

    /// How it stands at a moment.
    pub fn state(&self, now: DateTime<Utc>) -> State {
        match (self.receipt, self.sent_at, self.given_up_at) {
            (Some(receipt), ..) if receipt.arrived => State::Arrived,
            (Some(_), ..) => State::Lost,
            (None, Some(_), _) => State::Sent,
            (None, None, Some(_)) => State::GivenUp,
            (None, None, None) if self.not_before.is_some_and(|at| at > now) => State::Held,
            (None, None, None) if self.failed_at.is_some() => State::Failed,
            (None, None, None) => State::Queued,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_follows_from_the_facts() {
        let at = |minute: i64| DateTime::from_timestamp(1_800_000_000 + minute * 60, 0);
        let now = at(10).unwrap();
        let queued = Sending {
            queued_at: at(0).unwrap(),
            not_before: None,
            failed_at: None,
            sent_at: None,
            receipt: None,
            given_up_at: None,
        };
        let became = |arrived| Some(Became { at: now, arrived });
        for (sending, state) in [
            (queued.clone(), State::Queued),
            (Sending { not_before: at(20), ..queued.clone() }, State::Held),
            (Sending { not_before: at(5), ..queued.clone() }, State::Queued),
            (Sending { failed_at: at(5), ..queued.clone() }, State::Failed),
            (Sending { failed_at: at(5), given_up_at: at(9), ..queued.clone() }, State::GivenUp),
            (Sending { failed_at: at(5), sent_at: at(9), ..queued.clone() }, State::Sent),
            (Sending { sent_at: at(9), receipt: became(true), ..queued.clone() }, State::Arrived),
            (Sending { sent_at: at(9), receipt: became(false), ..queued.clone() }, State::Lost),
            // The provider may report before its answer has arrived here.
            (Sending { receipt: became(true), ..queued.clone() }, State::Arrived),
        ] {
            assert_eq!(sending.state(now), state, "{sending:?}");
        }
    }
}

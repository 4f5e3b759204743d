//! When a delivery is tried again, when it is given up, and when a subscription is paused: a receiver that is away for the
//! night loses nothing, one that is gone for good is not called for ever.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Tries of one delivery; with the pauses below about two days.
pub const TRIES_MAX: i32 = 12;
/// Failed tries of a subscription in a row, of whichever deliveries, after which it is paused.
pub const PAUSED_AFTER: i32 = 20;

/// The pause after so many tries.
pub fn pause(tries: i32) -> TimeDelta {
    const PAUSES_S: [i64; 8] = [5, 30, 120, 600, 1_800, 7_200, 21_600, 43_200];
    let place = usize::try_from(tries.max(1) - 1).unwrap_or(0).min(PAUSES_S.len() - 1);
    TimeDelta::seconds(PAUSES_S[place])
}

/// How one try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Answered with 2xx.
    Taken,
    /// Answered with something else; a redirect is not followed.
    Refused,
    /// Nobody answers.
    Down,
    /// No answer within the time limit.
    Slow,
    /// The address may not be called.
    Forbidden,
    /// Answered what cannot be read: nobody knows whether it was taken.
    Garbled,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 6] = [Self::Taken, Self::Refused, Self::Down, Self::Slow, Self::Forbidden, Self::Garbled];

    /// The code in columns and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Down => "down",
            Self::Slow => "slow",
            Self::Forbidden => "forbidden",
            Self::Garbled => "garbled",
        }
    }
}

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Taken,
    GivenUp,
}

impl State {
    /// The code in JSON and in the texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken => "taken",
            Self::GivenUp => "given-up",
        }
    }
}

/// How it stands, from its facts.
pub fn state(taken_at: Option<DateTime<Utc>>, given_up_at: Option<DateTime<Utc>>) -> State {
    match (taken_at, given_up_at) {
        (Some(_), _) => State::Taken,
        (None, Some(_)) => State::GivenUp,
        (None, None) => State::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_all_of_them_last_about_two_days() {
        assert_eq!(
            (pause(0), pause(1), pause(99)),
            (TimeDelta::seconds(5), TimeDelta::seconds(5), TimeDelta::hours(12))
        );
        let all: TimeDelta = (1..TRIES_MAX).map(pause).sum();
        assert!(all > TimeDelta::hours(36) && all < TimeDelta::hours(72), "{all}");
    }
}

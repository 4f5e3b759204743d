//! The day something is due, or the reason why no day can be told.

use chrono::NaiveDate;
use kernel::calendar::BeyondCalendar;
use serde::{Deserialize, Serialize};

use kernel::coded;

coded! {
    /// Why there is no due day. Never a reason to refuse a case.
    WhyNoDate in "no-date" {
        /// The event that starts the limit has not happened.
        NotStarted = "not-started",
        /// The clock stands: a special procedure runs.
        Suspended = "suspended",
        /// The notice for that year's holidays is not out, and a guessed day would be a broken promise.
        BeyondCalendar = "beyond-calendar",
        /// Nothing is due.
        Nothing = "nothing",
    }
}

/// A due day, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// The last day in time.
    On(NaiveDate),
    /// No day can be told.
    Unknown(WhyNoDate),
}

impl Due {
    /// The day, for a nullable column.
    pub const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::Unknown(_) => None,
        }
    }

    /// The reason, where there is no day.
    pub const fn why(self) -> Option<WhyNoDate> {
        match self {
            Self::On(_) => None,
            Self::Unknown(why) => Some(why),
        }
    }

    /// The first day too late: red lamps, deemed acceptance and lapses fall on it.
    pub fn day_after(self) -> Self {
        match self {
            Self::On(day) => day.succ_opt().map_or(Self::Unknown(WhyNoDate::BeyondCalendar), Self::On),
            Self::Unknown(why) => Self::Unknown(why),
        }
    }
}

impl From<Result<NaiveDate, BeyondCalendar>> for Due {
    fn from(day: Result<NaiveDate, BeyondCalendar>) -> Self {
        day.map_or(Self::Unknown(WhyNoDate::BeyondCalendar), Self::On)
    }
}

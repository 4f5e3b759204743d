//! How long something may take (办理时限). Unit and starting event belong to each item and are never assumed:
//! the Licensing Law counts working days from acceptance, the Environmental Impact Law days from receipt.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::{BeyondCalendar, WorkCalendar};

/// In what a period is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// 工作日
    #[serde(rename = "workday")]
    Workday,
    /// 自然日（日、天）
    #[serde(rename = "natural")]
    NaturalDay,
    /// 小时
    #[serde(rename = "hour")]
    Hour,
    /// 月
    #[serde(rename = "month")]
    Month,
    /// 年
    #[serde(rename = "year")]
    Year,
    /// 当场、即时
    #[serde(rename = "at-once")]
    AtOnce,
}

impl Unit {
    /// All units.
    pub const ALL: [Self; 6] = [Self::Workday, Self::NaturalDay, Self::Hour, Self::Month, Self::Year, Self::AtOnce];

    /// The name in files, in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Workday => "workday",
            Self::NaturalDay => "natural",
            Self::Hour => "hour",
            Self::Month => "month",
            Self::Year => "year",
            Self::AtOnce => "at-once",
        }
    }
}

/// The text names no unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is none of workday, natural, hour, month, year, at-once")]
pub struct NotAUnit(pub String);

impl FromStr for Unit {
    type Err = NotAUnit;
    fn from_str(text: &str) -> Result<Self, NotAUnit> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == text).ok_or_else(|| NotAUnit(text.to_owned()))
    }
}

/// The event that sets a limit running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    /// 自受理之日起
    #[default]
    Acceptance,
    /// 自收到申请（材料）之日起
    Receipt,
    /// 自作出决定之日起: what follows a decision, such as evidence for a commitment; never a limit to decide within.
    Decision,
}

/// A length of time with no starting event of its own: how long a licence is valid, when late evidence is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// The day the period ends when the event falls on `day`.
    ///
    /// # Errors
    /// [`BeyondCalendar`].
    pub fn after(self, day: NaiveDate, calendar: &WorkCalendar) -> Result<NaiveDate, BeyondCalendar> {
        calendar.add(day, self.value, self.unit)
    }
}

/// A limit of an item: so many units from such an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many. Of no meaning for [`Unit::AtOnce`].
    #[serde(default)]
    pub value: u32,
    /// Of what.
    pub unit: Unit,
    /// From when; acceptance where the file says nothing, as the Licensing Law does.
    #[serde(default)]
    pub start: Start,
}

impl Limit {
    /// Working days from acceptance, the ordinary limit of the Licensing Law.
    pub const fn workdays(value: u32) -> Self {
        Self { value, unit: Unit::Workday, start: Start::Acceptance }
    }

    /// Decided while the applicant waits (即办).
    pub const AT_ONCE: Self = Self { value: 0, unit: Unit::AtOnce, start: Start::Acceptance };

    /// The day the limit ends when its starting event falls on `day`.
    ///
    /// # Errors
    /// [`BeyondCalendar`].
    pub fn due(self, day: NaiveDate, calendar: &WorkCalendar) -> Result<NaiveDate, BeyondCalendar> {
        calendar.add(day, self.value, self.unit)
    }
}

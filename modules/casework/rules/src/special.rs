//! Time the decision limit does not count (特别程序, 行政许可法 45), hearings among it (听证, 46 to 48), and the one extension (42.1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::officer::OfficerId;
use kernel::coded;

/// A special procedure as it ran. The applicant was told in writing how long it takes; only that long the limit stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialRun {
    /// Its id in the item.
    pub procedure: String,
    /// What the notice says it is for.
    pub reason: String,
    pub began_on: NaiveDate,
    pub by: OfficerId,
    /// Working days the notice gives it.
    pub days: u32,
    /// The last of them. `None` when it lay beyond the calendar then known.
    pub until: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    /// Who ended it; `None` when its days ran out.
    pub ended_by: Option<OfficerId>,
    pub result: Option<String>,
}

impl SpecialRun {
    /// Whether it still runs.
    pub fn is_open(&self) -> bool {
        self.ended_on.is_none()
    }

    /// The last day that is not counted: its end, but no later than the notice said.
    pub fn uncounted_until(&self) -> Option<NaiveDate> {
        match (self.ended_on, self.until) {
            (Some(ended), Some(until)) => Some(ended.min(until)),
            (ended, until) => ended.or(until),
        }
    }
}

coded! {
    /// What the applicant, or another whom the decision touches, answers to the offer of a hearing.
    HearingAnswer in "hearing-answer" {
        /// 申请听证
        Wanted = "wanted",
        /// 放弃听证
        Waived = "waived",
    }
}

/// Who presides over a hearing (听证主持人): somebody else than those who review the application (48.1.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presider {
    pub id: OfficerId,
    pub name: String,
}

/// A session (听证会) as announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub on: NaiveDate,
    pub place: String,
    /// The day it was announced: at least seven working days before (48.1.1).
    pub announced_on: NaiveDate,
    pub by: OfficerId,
    /// Kept since it is asked for.
    #[serde(default)]
    pub presider: Option<Presider>,
}

/// A hearing: offered, answered, announced, held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    pub offered_on: NaiveDate,
    pub by: OfficerId,
    /// What is at stake, and for whom.
    pub why: String,
    /// The last day to ask for it (47.1). `None` beyond the calendar then known.
    pub answer_by: Option<NaiveDate>,
    pub answer: Option<HearingAnswer>,
    pub answered_on: Option<NaiveDate>,
    /// The last day to hold it (47.1).
    pub hold_by: Option<NaiveDate>,
    pub session: Option<Session>,
    pub held_on: Option<NaiveDate>,
    /// What the record (听证笔录) says; the decision rests on it (48.2).
    pub record: Option<String>,
}

impl Hearing {
    /// Offered, and neither asked for nor waived.
    pub fn is_offered(&self) -> bool {
        self.answer.is_none()
    }

    /// Asked for and not held yet.
    pub fn is_under_way(&self) -> bool {
        self.answer == Some(HearingAnswer::Wanted) && self.held_on.is_none()
    }

    /// The last day that is not counted: the hearing, but no later than the law gives for it.
    pub fn uncounted_until(&self) -> Option<NaiveDate> {
        match (self.held_on, self.hold_by) {
            (Some(held), Some(by)) => Some(held.min(by)),
            (held, by) => held.or(by),
        }
    }
}

/// The one extension (延期): granted by the head of the authority, its reason told to the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub on: NaiveDate,
    pub by: OfficerId,
    /// In the unit of the item's limit.
    pub days: u32,
    pub reason: String,
}

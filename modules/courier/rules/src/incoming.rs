//! A parcel from the applicant to the hall (寄件到大厅): what was said to be inside, and what was found when it was opened
//! (收件清点). What was found counts from the day the hall received it, not from the day somebody had time to open it.
//!
//! No statute read so far names that day for papers that come by post: a declaration takes effect when it reaches the other
//! side (民法典第一百三十七条), which is what stands here. The source is to be checked by a lawyer before it is printed on anything.

use catalog::words;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::refusal::Refusal;
use serde::{Deserialize, Serialize};

words! {
    /// How it comes.
    Way {
        PickUp = "pick-up" "上门取件",
        Own = "own" "自行寄出",
    }
}

words! {
    /// What came of opening it.
    Finding {
        Whole = "whole" "齐全",
        Part = "part" "缺少部分材料",
        Empty = "empty" "空件",
    }
}

/// A paper that is said to be inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosed {
    /// As the module whose papers they are names it: `paper:…`.
    pub line: String,
    pub name: String,
}

/// What makes a parcel one to a hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    pub way: Way,
    /// The hall it goes to.
    pub hall: String,
    pub hall_name: String,
    pub hall_address: String,
    pub hall_phone: String,
    /// Who carries what the applicant sent by themselves.
    #[serde(default)]
    pub carrier: Option<String>,
    pub enclosed: Vec<Enclosed>,
    #[serde(default)]
    pub count: Option<Count>,
    /// The hall says that it never came, whatever the courier says.
    #[serde(default)]
    pub missed: Option<Missed>,
}

/// 收件清点
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The day on which the hall received it: what was inside counts as handed in then.
    pub received_on: NaiveDate,
    pub at: DateTime<Utc>,
    /// Who opened it, by name.
    pub by: String,
    /// In whose presence.
    pub witness: String,
    /// Lines of the papers that were inside.
    pub arrived: Vec<String>,
    /// What else there is to say: what was inside unannounced, the state of the cover.
    pub note: String,
}

/// 没有收到
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    pub at: DateTime<Utc>,
    pub by: String,
    pub note: String,
}

/// What the clerk says about an opened parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub received_on: NaiveDate,
    pub witness: String,
    pub arrived: Vec<String>,
    pub note: String,
}

/// What the courier and we know of a parcel: the day it was ordered, and the day somebody of the hall signed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub sent_on: NaiveDate,
    pub signed_on: Option<NaiveDate>,
    pub today: NaiveDate,
}

impl Incoming {
    /// Whether the hall still has to do something about it.
    pub fn waits(&self) -> bool {
        self.count.is_none() && self.missed.is_none()
    }

    /// What came of opening it; nothing before.
    pub fn finding(&self) -> Option<Finding> {
        let count = self.count.as_ref()?;
        Some(match count.arrived.len() {
            0 => Finding::Empty,
            all if all == self.enclosed.len() => Finding::Whole,
            _ => Finding::Part,
        })
    }

    /// The papers that were said to be inside and were not.
    pub fn lacking(&self) -> Vec<&Enclosed> {
        let Some(count) = &self.count else { return Vec::new() };
        self.enclosed.iter().filter(|one| !count.arrived.contains(&one.line)).collect()
    }

    /// Opens it: what was inside, in whose presence, since when the hall has it.
    ///
    /// # Errors
    /// `courier.counted`, `courier.no-witness`, `courier.not-enclosed`, `courier.empty-unexplained`, `courier.wrong-day`.
    pub fn opened(&self, said: &Said, by: &str, known: Known, at: DateTime<Utc>) -> Result<Count, Refusal> {
        if self.count.is_some() {
            return Err(Refusal::new("courier.counted", "look-at-count"));
        }
        let witness = said.witness.trim();
        if witness.is_empty() || witness == by {
            return Err(Refusal::new("courier.no-witness", "name-witness"));
        }
        let is_enclosed = |line: &&String| self.enclosed.iter().any(|one| one.line == **line);
        if !said.arrived.iter().all(|line| is_enclosed(&line)) {
            return Err(Refusal::new("courier.not-enclosed", "note-others"));
        }
        let note = said.note.trim();
        if said.arrived.is_empty() && note.is_empty() {
            return Err(Refusal::new("courier.empty-unexplained", "note-empty"));
        }
        let arrived = self.enclosed.iter().map(|one| &one.line).filter(|line| said.arrived.contains(line));
        Ok(Count {
            received_on: received_on(said.received_on, known)?,
            at,
            by: by.to_owned(),
            witness: witness.to_owned(),
            arrived: arrived.cloned().collect(),
            note: note.to_owned(),
        })
    }
}

/// The courier's signature tells the day; only without one the clerk's word does.
fn received_on(said: NaiveDate, known: Known) -> Result<NaiveDate, Refusal> {
    let day = known.signed_on.unwrap_or(said);
    if day < known.sent_on || day > known.today {
        return Err(Refusal::new("courier.wrong-day", "check-day").fact("sent_on", known.sent_on));
    }
    Ok(day)
}

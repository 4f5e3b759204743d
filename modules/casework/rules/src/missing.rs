//! Papers that may come later (容缺后补): what is missing, by when, and what came of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::officer::OfficerId;
use kernel::coded;

/// One paper that has not been handed in yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingPaper {
    /// The paper of the application.
    pub id: String,
    /// Its name as the applicant knows it.
    pub name: String,
    /// 次要材料: the item lists it among those that may follow.
    pub secondary: bool,
}

coded! {
    /// Why papers are missing although the case goes on.
    GapGround in "gap" {
        /// 容缺受理: the authority accepted and the applicant promised to bring them.
        Tolerance = "tolerance",
        /// 撤回承诺: what the commitment stood for is needed after all.
        CommitmentWithdrawn = "commitment-withdrawn",
    }
}

/// Papers missing for one reason, and their last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    pub ground: GapGround,
    /// The day the applicant was told; the time to bring them runs from the next.
    pub since: NaiveDate,
    pub papers: Vec<MissingPaper>,
    /// The last day as printed. `None` when it lay beyond the calendar then known.
    pub due: Option<NaiveDate>,
    /// The day all of them were in.
    pub supplied_on: Option<NaiveDate>,
    /// The day it was found that they had not come in time.
    pub lapsed_on: Option<NaiveDate>,
}

impl Gap {
    /// Whether the papers are still to come.
    pub fn is_open(&self) -> bool {
        self.supplied_on.is_none() && self.lapsed_on.is_none()
    }
}

/// An error of form mended at the window on the spot (当场更正, 行政许可法 32.1.3): no notice, nothing counted against anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotCorrection {
    pub on: NaiveDate,
    pub by: OfficerId,
    /// What was mended, in the clerk's words.
    pub what: Vec<String>,
}

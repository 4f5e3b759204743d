//! Notify-and-commit (告知承诺制): decided at once on the applicant's word, the evidence later, the check after that.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::missing::MissingPaper;
use crate::officer::OfficerId;
use kernel::coded;

/// What the applicant committed to when applying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentMade {
    /// Sentence by sentence, as the item's version has them.
    pub clauses: Vec<String>,
    /// Papers the commitment stands for until they follow.
    pub papers: Vec<MissingPaper>,
}

coded! {
    /// What a check of a commitment found.
    Finding in "finding" {
        /// 承诺属实
        Kept = "kept",
        /// 限期整改
        Rectify = "rectify",
        /// 不实承诺或者拒不整改: the licence is revoked, and the record of credit says so.
        Broken = "broken",
    }
}

/// One check after the decision (事中事后核查).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentCheck {
    pub on: NaiveDate,
    pub by: OfficerId,
    pub finding: Finding,
    pub words: String,
    /// The last day to put it right, where that was ordered.
    pub rectify_by: Option<NaiveDate>,
}

/// A commitment and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    pub made: CommitmentMade,
    pub on: NaiveDate,
    /// The applicant took it back before the decision and goes the ordinary way.
    pub withdrawn_on: Option<NaiveDate>,
    /// The day the evidence was in.
    pub supplied_on: Option<NaiveDate>,
    /// The day it was found that the evidence had not come in time.
    pub missed_on: Option<NaiveDate>,
    pub checks: Vec<CommitmentCheck>,
}

impl Commitment {
    /// On the day of receipt.
    pub fn new(made: CommitmentMade, on: NaiveDate) -> Self {
        Self { made, on, withdrawn_on: None, supplied_on: None, missed_on: None, checks: Vec::new() }
    }

    /// Not taken back.
    pub fn stands(&self) -> bool {
        self.withdrawn_on.is_none()
    }

    /// What the last check found.
    pub fn finding(&self) -> Option<Finding> {
        self.checks.last().map(|check| check.finding)
    }

    /// Whether evidence or a check is still to come.
    pub fn is_unsettled(&self) -> bool {
        self.stands() && !matches!(self.finding(), Some(Finding::Kept | Finding::Broken))
    }

    /// Whether the evidence is still the applicant's to bring: not in, and nobody has noted that it is late.
    pub fn awaits_evidence(&self) -> bool {
        !self.made.papers.is_empty() && self.supplied_on.is_none()
    }
}

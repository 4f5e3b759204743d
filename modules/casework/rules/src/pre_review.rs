//! Online pre-review (网上预审): what was filed online is looked at once, quickly, before its formal receipt (收件).
//!
//! No statute knows it; a guide offers it. So it takes nothing from the applicant. The five working days of Article 32
//! run from the day of filing, and what was filed counts as received on that day, whether the pre-review passed it, kept
//! silent, or was skipped. Only where the applicant mended something do the mended materials count, as received on the
//! day they came in. What is to be mended first is advice and not the one correction notice (32.1.4); it is given once,
//! and whoever does not follow it goes on to receipt all the same, a working day before those five days are over.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::facts::CorrectionItem;
use crate::officer::OfficerId;
use kernel::coded;

coded! {
    /// How a pre-review ended; each leads to receipt.
    PreReviewOutcome in "pre-review" {
        /// 预审通过
        Passed = "passed",
        /// 逾期未答复，视为通过
        Silent = "silent",
        /// 申请人已完善: the mended materials are what is received.
        Mended = "mended",
        /// 申请人要求按现有材料收件
        AsFiled = "as-filed",
        /// 申请人没有完善，按现有材料收件
        Unmended = "unmended",
    }
}

/// What should be mended first (预审意见): advice, in the shape of the lines of a correction notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreReviewAdvice {
    pub on: NaiveDate,
    pub by: OfficerId,
    pub points: Vec<CorrectionItem>,
    /// The last day before the case goes on to receipt as it is. `None` when it lay beyond the calendar then known.
    pub mend_by: Option<NaiveDate>,
}

/// The end of a pre-review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreReviewEnd {
    pub on: NaiveDate,
    /// Who passed it; `None` when time or the applicant ended it.
    pub by: Option<OfficerId>,
    pub outcome: PreReviewOutcome,
}

/// The pre-review of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreReview {
    /// The day it was filed online.
    pub filed_on: NaiveDate,
    pub advice: Option<PreReviewAdvice>,
    pub end: Option<PreReviewEnd>,
}

impl PreReview {
    /// A pre-review that begins with the filing.
    pub const fn new(filed_on: NaiveDate) -> Self {
        Self { filed_on, advice: None, end: None }
    }

    /// Whether it still stands between the filing and the receipt.
    pub const fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// The advice the applicant has still to answer.
    pub fn open_advice(&self) -> Option<&PreReviewAdvice> {
        self.advice.as_ref().filter(|_| self.is_open())
    }
}

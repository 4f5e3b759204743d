//! Preliminary review by the lower authority (下级初审、转报, 行政许可法 35, 43): it accepts, reviews within twenty working
//! days, and hands up its opinion with all papers. The upper authority asks the applicant for none of them again.

use chrono::NaiveDate;
use kernel::limit::Limit;
use serde::{Deserialize, Serialize};

use crate::facts::Opinion;
use crate::officer::OfficerId;

/// What the item says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreliminaryLaw {
    /// From acceptance: reviewed and handed up.
    pub limit: Limit,
}

/// The papers as they went up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedUp {
    pub on: NaiveDate,
    pub by: OfficerId,
    /// 初审意见.
    pub opinion: Opinion,
}

/// The preliminary review of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preliminary {
    /// The lower authority.
    pub authority: String,
    pub handed_up: Option<HandedUp>,
}

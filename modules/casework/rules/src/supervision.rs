//! Approval and supervision apart (审管分离): who supervises receives every decision that another authority took.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::officer::OfficerId;

/// A decision on its way to whoever supervises afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// Who has to receive it.
    pub authority: String,
    /// The day it was told: the day of the decision.
    pub told_on: NaiveDate,
    pub received_on: Option<NaiveDate>,
    pub received_by: Option<OfficerId>,
}

impl Supervision {
    /// Whether it is still to be received (待监管接收).
    pub const fn is_open(&self) -> bool {
        self.received_on.is_none()
    }
}

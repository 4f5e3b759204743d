//! Events: what has happened to a case. The journal keeps them; `apply` turns them into facts again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::facts::{CorrectionItem, DeliveryMethod, NonAcceptanceGround, Opinion, Outcome};
use crate::law::LicenceType;
use crate::officer::OfficerId;
use crate::word::coded;

/// Something that has happened, with its civil day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// 已受理.
    Accepted { on: NaiveDate, by: OfficerId },
    /// 视为受理: back-dated to the day of receipt. `by` names the officer whose late acceptance found it so.
    DeemedAccepted { on: NaiveDate, recorded_on: NaiveDate, by: Option<OfficerId> },
    /// 已告知补正. `due` is what the notice prints, or `None` beyond the calendar.
    CorrectionNoticed { on: NaiveDate, by: OfficerId, items: Vec<CorrectionItem>, due: Option<NaiveDate> },
    /// 已补正.
    CorrectionAnswered { on: NaiveDate },
    /// 逾期未补正，视为撤回.
    CorrectionLapsed { on: NaiveDate },
    /// 不予受理.
    AcceptanceRefused {
        on: NaiveDate,
        by: OfficerId,
        ground: NonAcceptanceGround,
        reason: String,
        go_to: Option<String>,
    },
    /// 环节办结.
    StepCompleted { on: NaiveDate, by: OfficerId, step: String, opinion: Opinion },
    /// 已决定.
    Decided { on: NaiveDate, by: OfficerId, outcome: Outcome, reason: String },
    /// 前置结果已取得.
    PrerequisiteMet { on: NaiveDate, licence: LicenceType, number: Option<String> },
    /// 前置未通过，终止办理.
    PrerequisiteFailed { on: NaiveDate, licence: LicenceType },
    /// 已出证.
    Issued { on: NaiveDate, by: OfficerId, number: String },
    /// 已送达.
    Delivered { on: NaiveDate, by: Option<OfficerId>, how: DeliveryMethod, to: String },
    /// 已撤回.
    Withdrawn { on: NaiveDate, reason: String },
}

coded! {
    /// The kind of an event: the name of the journal row and of the outbox message.
    EventKind in "event" {
        Accepted = "accepted",
        DeemedAccepted = "deemed-accepted",
        CorrectionNoticed = "correction-noticed",
        CorrectionAnswered = "correction-answered",
        CorrectionLapsed = "correction-lapsed",
        AcceptanceRefused = "acceptance-refused",
        StepCompleted = "step-completed",
        Decided = "decided",
        PrerequisiteMet = "prerequisite-met",
        PrerequisiteFailed = "prerequisite-failed",
        Issued = "issued",
        Delivered = "delivered",
        Withdrawn = "withdrawn",
    }
}

impl Event {
    /// The kind of this event.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Accepted { .. } => EventKind::Accepted,
            Self::DeemedAccepted { .. } => EventKind::DeemedAccepted,
            Self::CorrectionNoticed { .. } => EventKind::CorrectionNoticed,
            Self::CorrectionAnswered { .. } => EventKind::CorrectionAnswered,
            Self::CorrectionLapsed { .. } => EventKind::CorrectionLapsed,
            Self::AcceptanceRefused { .. } => EventKind::AcceptanceRefused,
            Self::StepCompleted { .. } => EventKind::StepCompleted,
            Self::Decided { .. } => EventKind::Decided,
            Self::PrerequisiteMet { .. } => EventKind::PrerequisiteMet,
            Self::PrerequisiteFailed { .. } => EventKind::PrerequisiteFailed,
            Self::Issued { .. } => EventKind::Issued,
            Self::Delivered { .. } => EventKind::Delivered,
            Self::Withdrawn { .. } => EventKind::Withdrawn,
        }
    }

    /// The day it was recorded. For deemed acceptance this is not the day it counts from.
    pub const fn recorded_on(&self) -> NaiveDate {
        match self {
            Self::DeemedAccepted { recorded_on, .. } => *recorded_on,
            Self::Accepted { on, .. }
            | Self::CorrectionNoticed { on, .. }
            | Self::CorrectionAnswered { on }
            | Self::CorrectionLapsed { on }
            | Self::AcceptanceRefused { on, .. }
            | Self::StepCompleted { on, .. }
            | Self::Decided { on, .. }
            | Self::PrerequisiteMet { on, .. }
            | Self::PrerequisiteFailed { on, .. }
            | Self::Issued { on, .. }
            | Self::Delivered { on, .. }
            | Self::Withdrawn { on, .. } => *on,
        }
    }
}

//! Events: what has happened to a case. The journal keeps them; `apply` turns them into facts again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::commitment::Finding;
use crate::facts::{CorrectionItem, DeliveryMethod, NonAcceptanceGround, Opinion, Outcome};
use crate::law::LicenceType;
use crate::missing::MissingPaper;
use crate::officer::OfficerId;
use crate::power::Power;
use crate::pre_review::PreReviewOutcome;
use crate::special::{HearingAnswer, Presider};
use crate::undone::{CancellationGround, RevocationGround};
use kernel::coded;

/// Something that has happened, with its civil day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// 已提出预审意见. `mend_by` is the last day before it goes on to receipt as it is.
    PreReviewAdvised { on: NaiveDate, by: OfficerId, points: Vec<CorrectionItem>, mend_by: Option<NaiveDate> },
    /// 预审结束，转收件. `by` is `None` when time or the applicant ended it.
    PreReviewEnded { on: NaiveDate, by: Option<OfficerId>, outcome: PreReviewOutcome },
    /// 已受理.
    Accepted {
        on: NaiveDate,
        by: OfficerId,
        /// By whose power, where it is not the authority's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        power: Option<Power>,
    },
    /// 视为受理: back-dated to the day of receipt. `by` names the officer whose late acceptance found it so.
    DeemedAccepted {
        on: NaiveDate,
        recorded_on: NaiveDate,
        by: Option<OfficerId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        power: Option<Power>,
    },
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
    /// 已当场更正.
    CorrectedOnSpot { on: NaiveDate, by: OfficerId, what: Vec<String> },
    /// 已容缺受理. `due` is what the notice prints, or `None` beyond the calendar.
    AcceptedTolerantly {
        on: NaiveDate,
        by: OfficerId,
        papers: Vec<MissingPaper>,
        due: Option<NaiveDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        power: Option<Power>,
    },
    /// 已补交: what was missing, or the evidence of a commitment.
    Supplied { on: NaiveDate, papers: Vec<String> },
    /// 逾期未补齐，视为撤回.
    GapLapsed { on: NaiveDate },
    /// 特别程序已开始. `until` is the last day the notice gives it.
    SpecialBegun {
        on: NaiveDate,
        by: OfficerId,
        procedure: String,
        days: u32,
        until: Option<NaiveDate>,
        reason: String,
    },
    /// 特别程序已结束. `by` and `result` are `None` when its days ran out.
    SpecialEnded { on: NaiveDate, by: Option<OfficerId>, result: Option<String> },
    /// 已告知听证权利.
    HearingOffered { on: NaiveDate, by: OfficerId, why: String, answer_by: Option<NaiveDate> },
    /// 已申请或者放弃听证; waived also by not asking in time.
    HearingAnswered { on: NaiveDate, answer: HearingAnswer, hold_by: Option<NaiveDate> },
    /// 已通知听证时间、地点.
    HearingAnnounced {
        on: NaiveDate,
        by: OfficerId,
        session: NaiveDate,
        place: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        presider: Option<Presider>,
    },
    /// 听证已举行.
    HearingHeld { on: NaiveDate, by: OfficerId, record: String },
    /// 已延期.
    Extended { on: NaiveDate, by: OfficerId, days: u32, reason: String },
    /// 已撤回承诺: these papers are needed after all.
    CommitmentWithdrawn { on: NaiveDate, papers: Vec<MissingPaper>, due: Option<NaiveDate> },
    /// 环节办结.
    StepCompleted { on: NaiveDate, by: OfficerId, step: String, opinion: Opinion },
    /// 已决定.
    Decided {
        on: NaiveDate,
        by: OfficerId,
        outcome: Outcome,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        power: Option<Power>,
    },
    /// 已转报.
    HandedUp { on: NaiveDate, by: OfficerId, opinion: Opinion },
    /// 职权变动: the case goes on under this power.
    PowerMoved { on: NaiveDate, power: Power },
    /// 监管部门已接收.
    SupervisionReceived { on: NaiveDate, by: OfficerId },
    /// 前置结果已取得.
    PrerequisiteMet { on: NaiveDate, licence: LicenceType, number: Option<String> },
    /// 前置未通过，终止办理.
    PrerequisiteFailed { on: NaiveDate, licence: LicenceType },
    /// 已出证.
    Issued { on: NaiveDate, by: OfficerId, number: String },
    /// 已送达.
    Delivered { on: NaiveDate, by: Option<OfficerId>, how: DeliveryMethod, to: String },
    /// 视为准予延续: as of the day after the licence's last. Written down when it was found.
    DeemedRenewed { on: NaiveDate, recorded_on: NaiveDate },
    /// 承诺材料逾期未交.
    EvidenceMissed { on: NaiveDate },
    /// 已核查承诺.
    CommitmentChecked { on: NaiveDate, by: OfficerId, finding: Finding, words: String, rectify_by: Option<NaiveDate> },
    /// 已撤销.
    Revoked { on: NaiveDate, by: OfficerId, ground: RevocationGround, reason: String },
    /// 已注销.
    Cancelled { on: NaiveDate, by: OfficerId, ground: CancellationGround, reason: String },
    /// 已撤回.
    Withdrawn { on: NaiveDate, reason: String },
}

coded! {
    /// The kind of an event: the name of the journal row and of the outbox message.
    EventKind in "event" {
        PreReviewAdvised = "pre-review-advised",
        PreReviewEnded = "pre-review-ended",
        Accepted = "accepted",
        DeemedAccepted = "deemed-accepted",
        CorrectionNoticed = "correction-noticed",
        CorrectionAnswered = "correction-answered",
        CorrectionLapsed = "correction-lapsed",
        AcceptanceRefused = "acceptance-refused",
        CorrectedOnSpot = "corrected-on-spot",
        AcceptedTolerantly = "accepted-tolerantly",
        Supplied = "supplied",
        GapLapsed = "gap-lapsed",
        SpecialBegun = "special-begun",
        SpecialEnded = "special-ended",
        HearingOffered = "hearing-offered",
        HearingAnswered = "hearing-answered",
        HearingAnnounced = "hearing-announced",
        HearingHeld = "hearing-held",
        Extended = "extended",
        CommitmentWithdrawn = "commitment-withdrawn",
        StepCompleted = "step-completed",
        Decided = "decided",
        HandedUp = "handed-up",
        PowerMoved = "power-moved",
        SupervisionReceived = "supervision-received",
        PrerequisiteMet = "prerequisite-met",
        PrerequisiteFailed = "prerequisite-failed",
        Issued = "issued",
        Delivered = "delivered",
        DeemedRenewed = "deemed-renewed",
        EvidenceMissed = "evidence-missed",
        CommitmentChecked = "commitment-checked",
        Revoked = "revoked",
        Cancelled = "cancelled",
        Withdrawn = "withdrawn",
    }
}

impl Event {
    /// The kind of this event.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::PreReviewAdvised { .. } => EventKind::PreReviewAdvised,
            Self::PreReviewEnded { .. } => EventKind::PreReviewEnded,
            Self::Accepted { .. } => EventKind::Accepted,
            Self::DeemedAccepted { .. } => EventKind::DeemedAccepted,
            Self::CorrectionNoticed { .. } => EventKind::CorrectionNoticed,
            Self::CorrectionAnswered { .. } => EventKind::CorrectionAnswered,
            Self::CorrectionLapsed { .. } => EventKind::CorrectionLapsed,
            Self::AcceptanceRefused { .. } => EventKind::AcceptanceRefused,
            Self::CorrectedOnSpot { .. } => EventKind::CorrectedOnSpot,
            Self::AcceptedTolerantly { .. } => EventKind::AcceptedTolerantly,
            Self::Supplied { .. } => EventKind::Supplied,
            Self::GapLapsed { .. } => EventKind::GapLapsed,
            Self::SpecialBegun { .. } => EventKind::SpecialBegun,
            Self::SpecialEnded { .. } => EventKind::SpecialEnded,
            Self::HearingOffered { .. } => EventKind::HearingOffered,
            Self::HearingAnswered { .. } => EventKind::HearingAnswered,
            Self::HearingAnnounced { .. } => EventKind::HearingAnnounced,
            Self::HearingHeld { .. } => EventKind::HearingHeld,
            Self::Extended { .. } => EventKind::Extended,
            Self::CommitmentWithdrawn { .. } => EventKind::CommitmentWithdrawn,
            Self::StepCompleted { .. } => EventKind::StepCompleted,
            Self::Decided { .. } => EventKind::Decided,
            Self::HandedUp { .. } => EventKind::HandedUp,
            Self::PowerMoved { .. } => EventKind::PowerMoved,
            Self::SupervisionReceived { .. } => EventKind::SupervisionReceived,
            Self::PrerequisiteMet { .. } => EventKind::PrerequisiteMet,
            Self::PrerequisiteFailed { .. } => EventKind::PrerequisiteFailed,
            Self::Issued { .. } => EventKind::Issued,
            Self::Delivered { .. } => EventKind::Delivered,
            Self::DeemedRenewed { .. } => EventKind::DeemedRenewed,
            Self::EvidenceMissed { .. } => EventKind::EvidenceMissed,
            Self::CommitmentChecked { .. } => EventKind::CommitmentChecked,
            Self::Revoked { .. } => EventKind::Revoked,
            Self::Cancelled { .. } => EventKind::Cancelled,
            Self::Withdrawn { .. } => EventKind::Withdrawn,
        }
    }

    /// The day it was recorded. For deemed acceptance and renewal this is not the day it counts from.
    pub const fn recorded_on(&self) -> NaiveDate {
        match self {
            Self::DeemedAccepted { recorded_on, .. } | Self::DeemedRenewed { recorded_on, .. } => *recorded_on,
            Self::PreReviewAdvised { on, .. }
            | Self::PreReviewEnded { on, .. }
            | Self::Accepted { on, .. }
            | Self::CorrectionNoticed { on, .. }
            | Self::CorrectionAnswered { on }
            | Self::CorrectionLapsed { on }
            | Self::AcceptanceRefused { on, .. }
            | Self::CorrectedOnSpot { on, .. }
            | Self::AcceptedTolerantly { on, .. }
            | Self::Supplied { on, .. }
            | Self::GapLapsed { on }
            | Self::SpecialBegun { on, .. }
            | Self::SpecialEnded { on, .. }
            | Self::HearingOffered { on, .. }
            | Self::HearingAnswered { on, .. }
            | Self::HearingAnnounced { on, .. }
            | Self::HearingHeld { on, .. }
            | Self::Extended { on, .. }
            | Self::CommitmentWithdrawn { on, .. }
            | Self::StepCompleted { on, .. }
            | Self::Decided { on, .. }
            | Self::HandedUp { on, .. }
            | Self::PowerMoved { on, .. }
            | Self::SupervisionReceived { on, .. }
            | Self::PrerequisiteMet { on, .. }
            | Self::PrerequisiteFailed { on, .. }
            | Self::Issued { on, .. }
            | Self::Delivered { on, .. }
            | Self::EvidenceMissed { on }
            | Self::CommitmentChecked { on, .. }
            | Self::Revoked { on, .. }
            | Self::Cancelled { on, .. }
            | Self::Withdrawn { on, .. } => *on,
        }
    }
}

//! Orders: what somebody, a timer or a sibling case wants to happen. Each becomes events or a refusal in `decide`.

use crate::facts::{CorrectionItem, DeliveryMethod, NonAcceptanceGround, Opinion, Outcome};
use crate::law::LicenceType;
use crate::officer::Officer;
use crate::word::coded;

/// An order to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// 受理.
    Accept { by: Officer },
    /// 一次性补正告知: all items, once.
    NotifyCorrection { items: Vec<CorrectionItem>, by: Officer },
    /// 补正: the applicant has handed in what these items asked for.
    AnswerCorrection { items: Vec<String> },
    /// 不予受理: with the ground, the reason, and where to go instead.
    RefuseAcceptance { ground: NonAcceptanceGround, reason: String, go_to: Option<String>, by: Officer },
    /// 办理环节: the next step before the decision, done.
    CompleteStep { step: String, opinion: Opinion, by: Officer },
    /// 决定.
    Decide { outcome: Outcome, reason: String, by: Officer },
    /// 前置结果已取得: the licence this case consumes is there.
    PrerequisiteMet { licence: LicenceType, number: Option<String> },
    /// 前置未通过: the licence this case consumes will not come.
    PrerequisiteFailed { licence: LicenceType },
    /// 出证: the licence or document is made.
    Issue { number: String, by: Officer },
    /// 送达: handed over, signed for by `to`. `by` is `None` for electronic delivery by the platform.
    Deliver { how: DeliveryMethod, to: String, by: Option<Officer> },
    /// 撤回申请, by the applicant.
    Withdraw { reason: String },
    /// 视为受理: the timer at the close of the fifth working day.
    DeemAccepted,
    /// 逾期未补正: the timer after the last day to correct.
    LapseCorrection,
}

coded! {
    /// The kind of an order, without its particulars.
    OrderKind in "order" {
        Accept = "accept",
        NotifyCorrection = "notify-correction",
        AnswerCorrection = "answer-correction",
        RefuseAcceptance = "refuse-acceptance",
        CompleteStep = "complete-step",
        Decide = "decide",
        PrerequisiteMet = "prerequisite-met",
        PrerequisiteFailed = "prerequisite-failed",
        Issue = "issue",
        Deliver = "deliver",
        Withdraw = "withdraw",
        DeemAccepted = "deem-accepted",
        LapseCorrection = "lapse-correction",
    }
}

/// On whose side an order is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderedBy {
    /// A member of staff; which one the policies and the separations say.
    Officer,
    /// The applicant or the agent, or a clerk on their behalf.
    Applicant,
    /// Another case of the same application, or the licence register.
    Sibling,
    /// A timer.
    Timer,
}

impl Order {
    /// The kind of this order.
    pub const fn kind(&self) -> OrderKind {
        match self {
            Self::Accept { .. } => OrderKind::Accept,
            Self::NotifyCorrection { .. } => OrderKind::NotifyCorrection,
            Self::AnswerCorrection { .. } => OrderKind::AnswerCorrection,
            Self::RefuseAcceptance { .. } => OrderKind::RefuseAcceptance,
            Self::CompleteStep { .. } => OrderKind::CompleteStep,
            Self::Decide { .. } => OrderKind::Decide,
            Self::PrerequisiteMet { .. } => OrderKind::PrerequisiteMet,
            Self::PrerequisiteFailed { .. } => OrderKind::PrerequisiteFailed,
            Self::Issue { .. } => OrderKind::Issue,
            Self::Deliver { .. } => OrderKind::Deliver,
            Self::Withdraw { .. } => OrderKind::Withdraw,
            Self::DeemAccepted => OrderKind::DeemAccepted,
            Self::LapseCorrection => OrderKind::LapseCorrection,
        }
    }
}

impl OrderKind {
    /// On whose side such an order is given; the desk offers only officers' and applicants' orders.
    pub const fn ordered_by(self) -> OrderedBy {
        match self {
            Self::Accept
            | Self::NotifyCorrection
            | Self::RefuseAcceptance
            | Self::CompleteStep
            | Self::Decide
            | Self::Issue
            | Self::Deliver => OrderedBy::Officer,
            Self::AnswerCorrection | Self::Withdraw => OrderedBy::Applicant,
            Self::PrerequisiteMet | Self::PrerequisiteFailed => OrderedBy::Sibling,
            Self::DeemAccepted | Self::LapseCorrection => OrderedBy::Timer,
        }
    }
}

//! Where a case stands, derived from its facts.

use kernel::coded;

coded! {
    /// The state of a case (办件状态). Derived by [`Case::status`](crate::Case::status) from facts with their days,
    /// so that it can never disagree with them.
    Status in "status" {
        /// 预审中: filed online, looked at before receipt.
        PreReview = "pre-review",
        /// 待完善: advised what to mend first; the applicant's turn, and no notice yet.
        ToMend = "to-mend",
        /// 已收件: materials received, acceptance open. Five working days run (行政许可法 32.1.4).
        Received = "received",
        /// 待补正: the one correction notice is out; the applicant's turn.
        CorrectionNoticed = "correction-noticed",
        /// 已补正: everything asked for has come in; acceptance open again, no second notice.
        Corrected = "corrected",
        /// 初审中: accepted by the lower authority, which reviews it and hands it up (行政许可法 43).
        Preliminary = "preliminary",
        /// 已受理，等待前置结果: accepted, may be worked on, its clock stands until the licence it consumes is there.
        Waiting = "waiting",
        /// 办理中: accepted, the clock runs.
        InReview = "in-review",
        /// 特别程序中: a special procedure or a hearing runs, and for as long as was announced the clock stands.
        InSpecial = "in-special",
        /// 准予: decided, the licence (where there is one) is still to be made.
        Granted = "granted",
        /// 已出证: the licence is made and recorded, not yet handed over.
        Issued = "issued",
        /// 已送达: the applicant has it.
        Delivered = "delivered",
        /// 不予许可: decided with reasons.
        Refused = "refused",
        /// 不予受理.
        NotAccepted = "not-accepted",
        /// 已撤销: the licence was taken back.
        Revoked = "revoked",
        /// 已注销: the licence was struck off.
        Cancelled = "cancelled",
        /// 逾期未补正或者补齐，视为撤回.
        Lapsed = "lapsed",
        /// 已撤回: by the applicant.
        Withdrawn = "withdrawn",
        /// 终止: the case whose licence it needed was not granted (前置未通过).
        Terminated = "terminated",
    }
}

/// The chapters of a case's life: most orders are followed or refused by these alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before acceptance.
    Intake,
    /// Accepted and undecided.
    Review,
    /// Granted, the licence in force.
    Granted,
    /// Refused.
    Refused,
    /// Granted once, and taken back or struck off since.
    Undone,
    /// Ended without a decision.
    Ended,
}

impl Status {
    /// The chapter this state belongs to.
    pub const fn phase(self) -> Phase {
        match self {
            Self::PreReview | Self::ToMend | Self::Received | Self::CorrectionNoticed | Self::Corrected => {
                Phase::Intake
            }
            Self::Preliminary | Self::Waiting | Self::InReview | Self::InSpecial => Phase::Review,
            Self::Granted | Self::Issued | Self::Delivered => Phase::Granted,
            Self::Refused => Phase::Refused,
            Self::Revoked | Self::Cancelled => Phase::Undone,
            Self::NotAccepted | Self::Lapsed | Self::Withdrawn | Self::Terminated => Phase::Ended,
        }
    }

    /// Whether the case has been accepted and not ended otherwise.
    pub const fn is_accepted(self) -> bool {
        matches!(self.phase(), Phase::Review | Phase::Granted | Phase::Refused | Phase::Undone)
    }

    /// Whether a decision stands, or stood.
    pub const fn is_decided(self) -> bool {
        matches!(self.phase(), Phase::Granted | Phase::Refused | Phase::Undone)
    }

    /// Whether the case ended without the licence asked for.
    pub const fn ended_without_licence(self) -> bool {
        matches!(self.phase(), Phase::Refused | Phase::Undone | Phase::Ended)
    }

    /// How far along the life of a case this is. It never falls: no order and no event leads back. A special procedure
    /// and the review it interrupts are equally far.
    pub const fn rank(self) -> u8 {
        match self {
            Self::PreReview => 0,
            Self::ToMend => 1,
            Self::Received => 2,
            Self::CorrectionNoticed => 3,
            Self::Corrected => 4,
            Self::Preliminary => 5,
            Self::Waiting => 6,
            Self::InReview | Self::InSpecial => 7,
            Self::Granted => 8,
            Self::Issued => 9,
            Self::Delivered => 10,
            Self::Refused | Self::NotAccepted | Self::Lapsed | Self::Withdrawn | Self::Terminated => 11,
            Self::Revoked => 12,
            Self::Cancelled => 13,
        }
    }
}

//! Orders: what somebody, a timer or a sibling case wants to happen. Each becomes events or a refusal in `decide`.

use chrono::NaiveDate;

use crate::commitment::Finding;
use crate::facts::{CorrectionItem, DeliveryMethod, NonAcceptanceGround, Opinion, Outcome};
use crate::law::LicenceType;
use crate::missing::MissingPaper;
use crate::officer::Officer;
use crate::special::{HearingAnswer, Presider};
use crate::undone::{CancellationGround, RevocationGround};
use kernel::coded;

/// An order to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// 预审通过.
    PassPreReview { by: Officer },
    /// 预审意见: what should be mended before receipt. Not the correction notice.
    AdvisePreReview { points: Vec<CorrectionItem>, by: Officer },
    /// 完善: the applicant has mended what was advised.
    MendPreReview { points: Vec<String> },
    /// 按现有材料收件: the applicant goes on to receipt without waiting.
    SkipPreReview,
    /// 受理.
    Accept { by: Officer },
    /// 一次性补正告知: all items, once.
    NotifyCorrection { items: Vec<CorrectionItem>, by: Officer },
    /// 补正: the applicant has handed in what these items asked for.
    AnswerCorrection { items: Vec<String> },
    /// 不予受理: with the ground, the reason, and where to go instead.
    RefuseAcceptance { ground: NonAcceptanceGround, reason: String, go_to: Option<String>, by: Officer },
    /// 当场更正: the applicant has mended these errors of form at the window.
    CorrectOnSpot { what: Vec<String>, by: Officer },
    /// 容缺受理: accepted although these papers are missing, which the applicant promises to bring.
    AcceptTolerantly { papers: Vec<MissingPaper>, by: Officer },
    /// 补交: the papers that were allowed to follow, by their ids.
    Supply { papers: Vec<String> },
    /// 转报: the lower authority's opinion, with all papers, to who decides.
    HandUp { opinion: Opinion, by: Officer },
    /// 特别程序: begun, the applicant told in writing that it takes so many working days.
    BeginSpecial { procedure: String, days: u32, reason: String, by: Officer },
    /// 特别程序结束, with what it brought.
    EndSpecial { result: String, by: Officer },
    /// 告知听证权利.
    OfferHearing { why: String, by: Officer },
    /// 申请或者放弃听证.
    AnswerHearing { answer: HearingAnswer },
    /// 听证通知: when, where, and who presides.
    AnnounceHearing { on: NaiveDate, place: String, presider: Presider, by: Officer },
    /// 听证已举行: what the record says.
    HoldHearing { record: String, by: Officer },
    /// 延长期限, by the head of the authority.
    Extend { days: u32, reason: String, by: Officer },
    /// 撤回承诺: back to the ordinary way.
    WithdrawCommitment,
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
    /// 承诺核查, after the decision; `days` to put it right for [`Finding::Rectify`].
    CheckCommitment { finding: Finding, words: String, days: u32, by: Officer },
    /// 撤销: the licence is taken back.
    Revoke { ground: RevocationGround, reason: String, by: Officer },
    /// 注销: the licence is struck off.
    Cancel { ground: CancellationGround, reason: String, by: Officer },
    /// 监管接收: who supervises takes note of the decision.
    ReceiveSupervision { by: Officer },
    /// 撤回申请, by the applicant.
    Withdraw { reason: String },
    /// 职权变动: the timer after the last day of a delegation, or a new release.
    MovePower,
    /// 预审期满: the timer after the last day to answer, or to mend.
    LapsePreReview,
    /// 视为受理: the timer at the close of the fifth working day.
    DeemAccepted,
    /// 逾期未补正: the timer after the last day to correct.
    LapseCorrection,
    /// 逾期未补齐: the timer after the last day to bring what was missing.
    LapseGap,
    /// 特别程序期满: the timer after the days the notice gave.
    ExpireSpecial,
    /// 逾期未申请听证: the timer after the last day to ask.
    LapseHearing,
    /// 承诺材料逾期未交: the timer after the day the evidence was due.
    MissEvidence,
    /// 视为准予延续: the timer after the last day of the licence to be renewed.
    DeemRenewed,
}

coded! {
    /// The kind of an order, without its particulars.
    OrderKind in "order" {
        PassPreReview = "pass-pre-review",
        AdvisePreReview = "advise-pre-review",
        MendPreReview = "mend-pre-review",
        SkipPreReview = "skip-pre-review",
        Accept = "accept",
        NotifyCorrection = "notify-correction",
        AnswerCorrection = "answer-correction",
        RefuseAcceptance = "refuse-acceptance",
        CorrectOnSpot = "correct-on-spot",
        AcceptTolerantly = "accept-tolerantly",
        Supply = "supply",
        HandUp = "hand-up",
        BeginSpecial = "begin-special",
        EndSpecial = "end-special",
        OfferHearing = "offer-hearing",
        AnswerHearing = "answer-hearing",
        AnnounceHearing = "announce-hearing",
        HoldHearing = "hold-hearing",
        Extend = "extend",
        WithdrawCommitment = "withdraw-commitment",
        CompleteStep = "complete-step",
        Decide = "decide",
        PrerequisiteMet = "prerequisite-met",
        PrerequisiteFailed = "prerequisite-failed",
        Issue = "issue",
        Deliver = "deliver",
        CheckCommitment = "check-commitment",
        Revoke = "revoke",
        Cancel = "cancel",
        ReceiveSupervision = "receive-supervision",
        Withdraw = "withdraw",
        MovePower = "move-power",
        LapsePreReview = "lapse-pre-review",
        DeemAccepted = "deem-accepted",
        LapseCorrection = "lapse-correction",
        LapseGap = "lapse-gap",
        ExpireSpecial = "expire-special",
        LapseHearing = "lapse-hearing",
        MissEvidence = "miss-evidence",
        DeemRenewed = "deem-renewed",
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
            Self::PassPreReview { .. } => OrderKind::PassPreReview,
            Self::AdvisePreReview { .. } => OrderKind::AdvisePreReview,
            Self::MendPreReview { .. } => OrderKind::MendPreReview,
            Self::SkipPreReview => OrderKind::SkipPreReview,
            Self::Accept { .. } => OrderKind::Accept,
            Self::NotifyCorrection { .. } => OrderKind::NotifyCorrection,
            Self::AnswerCorrection { .. } => OrderKind::AnswerCorrection,
            Self::RefuseAcceptance { .. } => OrderKind::RefuseAcceptance,
            Self::CorrectOnSpot { .. } => OrderKind::CorrectOnSpot,
            Self::AcceptTolerantly { .. } => OrderKind::AcceptTolerantly,
            Self::Supply { .. } => OrderKind::Supply,
            Self::HandUp { .. } => OrderKind::HandUp,
            Self::BeginSpecial { .. } => OrderKind::BeginSpecial,
            Self::EndSpecial { .. } => OrderKind::EndSpecial,
            Self::OfferHearing { .. } => OrderKind::OfferHearing,
            Self::AnswerHearing { .. } => OrderKind::AnswerHearing,
            Self::AnnounceHearing { .. } => OrderKind::AnnounceHearing,
            Self::HoldHearing { .. } => OrderKind::HoldHearing,
            Self::Extend { .. } => OrderKind::Extend,
            Self::WithdrawCommitment => OrderKind::WithdrawCommitment,
            Self::CompleteStep { .. } => OrderKind::CompleteStep,
            Self::Decide { .. } => OrderKind::Decide,
            Self::PrerequisiteMet { .. } => OrderKind::PrerequisiteMet,
            Self::PrerequisiteFailed { .. } => OrderKind::PrerequisiteFailed,
            Self::Issue { .. } => OrderKind::Issue,
            Self::Deliver { .. } => OrderKind::Deliver,
            Self::CheckCommitment { .. } => OrderKind::CheckCommitment,
            Self::Revoke { .. } => OrderKind::Revoke,
            Self::Cancel { .. } => OrderKind::Cancel,
            Self::ReceiveSupervision { .. } => OrderKind::ReceiveSupervision,
            Self::MovePower => OrderKind::MovePower,
            Self::Withdraw { .. } => OrderKind::Withdraw,
            Self::LapsePreReview => OrderKind::LapsePreReview,
            Self::DeemAccepted => OrderKind::DeemAccepted,
            Self::LapseCorrection => OrderKind::LapseCorrection,
            Self::LapseGap => OrderKind::LapseGap,
            Self::ExpireSpecial => OrderKind::ExpireSpecial,
            Self::LapseHearing => OrderKind::LapseHearing,
            Self::MissEvidence => OrderKind::MissEvidence,
            Self::DeemRenewed => OrderKind::DeemRenewed,
        }
    }
}

impl OrderKind {
    /// On whose side such an order is given; the desk offers only officers' and applicants' orders.
    pub const fn ordered_by(self) -> OrderedBy {
        match self {
            Self::PassPreReview
            | Self::AdvisePreReview
            | Self::Accept
            | Self::NotifyCorrection
            | Self::RefuseAcceptance
            | Self::CorrectOnSpot
            | Self::AcceptTolerantly
            | Self::HandUp
            | Self::BeginSpecial
            | Self::EndSpecial
            | Self::OfferHearing
            | Self::AnnounceHearing
            | Self::HoldHearing
            | Self::Extend
            | Self::CompleteStep
            | Self::Decide
            | Self::Issue
            | Self::Deliver
            | Self::CheckCommitment
            | Self::Revoke
            | Self::Cancel
            | Self::ReceiveSupervision => OrderedBy::Officer,
            Self::MendPreReview
            | Self::SkipPreReview
            | Self::AnswerCorrection
            | Self::Supply
            | Self::AnswerHearing
            | Self::WithdrawCommitment
            | Self::Withdraw => OrderedBy::Applicant,
            Self::PrerequisiteMet | Self::PrerequisiteFailed => OrderedBy::Sibling,
            Self::MovePower
            | Self::LapsePreReview
            | Self::DeemAccepted
            | Self::LapseCorrection
            | Self::LapseGap
            | Self::ExpireSpecial
            | Self::LapseHearing
            | Self::MissEvidence
            | Self::DeemRenewed => OrderedBy::Timer,
        }
    }
}

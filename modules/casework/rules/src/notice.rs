//! Notices (文书): which event of a case brings which of them. The forms themselves are the crate `documents`.

use crate::event::Event;
use crate::facts::{NonAcceptanceGround, Outcome};
use kernel::coded;

coded! {
    /// The kinds of notices; the codes are those of the forms.
    NoticeKind in "notice" {
        /// 材料接收凭证
        Receipt = "receipt",
        /// 受理通知书
        Acceptance = "acceptance",
        /// 补正告知书
        Correction = "correction",
        /// 不受理告知书: no licence is needed (32.1.1).
        NotNeeded = "not-needed",
        /// 不予受理通知书
        NonAcceptance = "non-acceptance",
        /// 特别程序告知书 (45)
        SpecialProcedure = "special-procedure",
        /// 缴费通知书
        Fee = "fee",
        /// 准予决定书 (38.1)
        Grant = "grant",
        /// 不予决定书 (38.2)
        Refusal = "refusal",
        /// 送达回证
        DeliveryReceipt = "delivery-receipt",
        /// 综合窗口受理交接单
        WindowTransfer = "window-transfer",
        /// 办结证件交接单
        ResultTransfer = "result-transfer",
        /// 邮递地址确认单
        MailAddress = "mail-address",
        /// 延期告知书 (42.1)
        Extension = "extension",
        /// 听证告知书 (46, 47)
        Hearing = "hearing",
        /// 听证通知书 (48.1.1)
        HearingSession = "hearing-session",
        /// 容缺受理承诺书
        TolerantPromise = "tolerant-promise",
        /// 告知承诺书
        Commitment = "commitment",
        /// 准予撤回申请通知书
        Withdrawal = "withdrawal",
        /// 终止办理通知书
        Termination = "termination",
        /// 撤销决定书 (69)
        Revocation = "revocation",
        /// 注销决定书 (70)
        Cancellation = "cancellation",
    }
}

impl NoticeKind {
    /// Whether one paper covers all cases of an application that it concerns at once: what is handed in together is
    /// receipted together, and what is handed over together is signed for once.
    pub const fn is_of_application(self) -> bool {
        matches!(self, Self::Receipt | Self::MailAddress | Self::DeliveryReceipt)
    }
}

/// The notices an event brings, in the order they are numbered. The one place where this is said; a new event does not
/// compile until it says what is sent.
pub const fn notices_of(event: &Event) -> &'static [NoticeKind] {
    match event {
        Event::Accepted { .. } => &[NoticeKind::Acceptance, NoticeKind::Commitment, NoticeKind::WindowTransfer],
        Event::AcceptedTolerantly { .. } => {
            &[NoticeKind::Acceptance, NoticeKind::TolerantPromise, NoticeKind::Commitment, NoticeKind::WindowTransfer]
        }
        Event::SpecialBegun { .. } => &[NoticeKind::SpecialProcedure],
        Event::HearingOffered { .. } => &[NoticeKind::Hearing],
        Event::HearingAnnounced { .. } => &[NoticeKind::HearingSession],
        Event::Extended { .. } => &[NoticeKind::Extension],
        Event::DeemedRenewed { .. } => &[NoticeKind::Grant],
        Event::Revoked { .. } => &[NoticeKind::Revocation],
        Event::Cancelled { .. } => &[NoticeKind::Cancellation],
        Event::DeemedAccepted { .. } => &[NoticeKind::Acceptance],
        Event::CorrectionNoticed { .. } => &[NoticeKind::Correction],
        Event::AcceptanceRefused { ground: NonAcceptanceGround::NotNeeded, .. } => &[NoticeKind::NotNeeded],
        Event::AcceptanceRefused {
            ground: NonAcceptanceGround::OutOfCompetence | NonAcceptanceGround::StillIncomplete,
            ..
        } => &[NoticeKind::NonAcceptance],
        Event::Decided { outcome: Outcome::Grant, .. } => &[NoticeKind::Grant],
        Event::Decided { outcome: Outcome::Refuse, .. } => &[NoticeKind::Refusal],
        Event::Issued { .. } => &[NoticeKind::ResultTransfer],
        Event::Delivered { .. } => &[NoticeKind::DeliveryReceipt],
        Event::Withdrawn { .. } => &[NoticeKind::Withdrawal],
        Event::CorrectionLapsed { .. } | Event::GapLapsed { .. } | Event::PrerequisiteFailed { .. } => {
            &[NoticeKind::Termination]
        }
        // Advice before receipt is no notice of Article 32, and must not look like one.
        Event::PreReviewAdvised { .. }
        | Event::HandedUp { .. }
        | Event::PowerMoved { .. }
        | Event::SupervisionReceived { .. }
        | Event::PreReviewEnded { .. }
        | Event::CorrectionAnswered { .. }
        | Event::CorrectedOnSpot { .. }
        | Event::Supplied { .. }
        | Event::SpecialEnded { .. }
        | Event::HearingAnswered { .. }
        | Event::HearingHeld { .. }
        | Event::CommitmentWithdrawn { .. }
        | Event::EvidenceMissed { .. }
        | Event::CommitmentChecked { .. }
        | Event::StepCompleted { .. }
        | Event::PrerequisiteMet { .. } => &[],
    }
}

/// The notices that the opening of an application brings.
pub const fn notices_of_opening(by_mail: bool) -> &'static [NoticeKind] {
    if by_mail { &[NoticeKind::Receipt, NoticeKind::MailAddress] } else { &[NoticeKind::Receipt] }
}

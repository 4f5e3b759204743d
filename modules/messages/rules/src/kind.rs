//! What is told. The kinds follow the events of a case and the notices the law wants the applicant to have.

use kernel::coded;

coded! {
    /// What a message is about.
    Kind in "messages.kind" {
        /// 收件（材料接收凭证）
        Received = "received",
        /// 受理（行政许可法第三十二条第二款）
        Accepted = "accepted",
        /// 视为受理（第三十二条第一款第四项）
        DeemedAccepted = "deemed-accepted",
        /// 一次性补正告知（第三十二条第一款第四项）
        CorrectionNoticed = "correction-noticed",
        /// 补正期限将到
        CorrectionNear = "correction-near",
        /// 补正已收到
        CorrectionAnswered = "correction-answered",
        /// 逾期未补正，视为撤回
        CorrectionLapsed = "correction-lapsed",
        /// 不予受理
        AcceptanceRefused = "acceptance-refused",
        /// 容缺受理，限期补齐
        AcceptedTolerantly = "accepted-tolerantly",
        /// 容缺补齐期限将到
        ToleranceNear = "tolerance-near",
        /// 逾期未补齐，视为撤回
        GapLapsed = "gap-lapsed",
        /// 特别程序所需时间（第四十五条：书面告知申请人）
        SpecialBegun = "special-begun",
        /// 特别程序结束，继续计时
        SpecialEnded = "special-ended",
        /// 告知听证权利（第四十七条）
        HearingOffered = "hearing-offered",
        /// 听证的时间、地点（第四十八条：七日前通知）
        HearingAnnounced = "hearing-announced",
        /// 延长期限（第四十二条：告知延长的理由）
        Extended = "extended",
        /// 撤回承诺，改走一般程序
        CommitmentWithdrawn = "commitment-withdrawn",
        /// 准予
        Granted = "granted",
        /// 不予（第三十八条：说明理由，告知救济）
        Refused = "refused",
        /// 前置未通过，终止办理
        PrerequisiteFailed = "prerequisite-failed",
        /// 结果可以领取
        Ready = "ready",
        /// 已送达
        Delivered = "delivered",
        /// 视为准予延续（第五十条）
        DeemedRenewed = "deemed-renewed",
        /// 承诺材料逾期未交
        EvidenceMissed = "evidence-missed",
        /// 承诺核查有了结果
        CommitmentChecked = "commitment-checked",
        /// 待缴费（缴费通知书）
        FeeDue = "fee-due",
        /// 缴费到账
        FeePaid = "fee-paid",
        /// 退费到账
        FeeReturned = "fee-returned",
        /// 寄来的邮件大厅已签收
        ParcelArrived = "parcel-arrived",
        /// 寄来的材料清点齐全
        ParcelCounted = "parcel-counted",
        /// 寄来的材料不齐，或者空件
        ParcelShort = "parcel-short",
        /// 寄来的邮件退回、丢失、没有收到
        ParcelLost = "parcel-lost",
        /// 撤销（第六十九条）
        Revoked = "revoked",
        /// 注销（第七十条）
        Cancelled = "cancelled",
        /// 已撤回申请
        Withdrawn = "withdrawn",
    }

    /// Kinds that a person turns off together. Each says something of another use to them.
    Group in "messages.group" {
        /// 进度
        Progress = "progress",
        /// 需要您办理
        Duty = "duty",
        /// 到期提醒
        Reminder = "reminder",
        /// 结果
        Result = "result",
    }
}

impl Kind {
    /// What an event of casework or of fees tells; nothing for those that are its own affair. `outcome` is the decision's.
    pub fn of_event(topic: &str, outcome: Option<&str>) -> Option<Self> {
        match topic.strip_prefix("fees.") {
            Some(event) => Self::of_fees(event),
            None => Self::of_casework(topic, outcome),
        }
    }

    /// That money is owed back is told when it has gone: a promise of money is worth nothing, and a cancelled order is
    /// told with what ended the case.
    fn of_fees(event: &str) -> Option<Self> {
        Some(match event {
            "order-issued" => Self::FeeDue,
            "paid" => Self::FeePaid,
            "refunded" => Self::FeeReturned,
            _ => return None,
        })
    }

    /// What an event about a parcel to the hall tells; `whole` says that everything was inside that should be.
    pub fn of_parcel(topic: &str, whole: bool) -> Option<Self> {
        Some(match topic.strip_prefix("courier.")? {
            "signed" => Self::ParcelArrived,
            "counted" if whole => Self::ParcelCounted,
            "counted" => Self::ParcelShort,
            "troubled" => Self::ParcelLost,
            _ => return None,
        })
    }

    fn of_casework(topic: &str, outcome: Option<&str>) -> Option<Self> {
        Some(match topic.strip_prefix("casework.")? {
            "application-opened" => Self::Received,
            "application-ready" => Self::Ready,
            "decided" if outcome == Some("grant") => Self::Granted,
            "decided" => Self::Refused,
            // Told with the commitment it belongs to, when its evidence or its check calls for something.
            "corrected-on-spot" | "supplied" | "hearing-answered" | "hearing-held" | "issued" => return None,
            event => Self::parse(event).filter(|kind| !kind.is_reminder())?,
        })
    }

    /// With which others it is turned off.
    pub const fn group(self) -> Group {
        match self {
            Self::CorrectionNoticed
            | Self::AcceptedTolerantly
            | Self::HearingOffered
            | Self::HearingAnnounced
            | Self::CommitmentWithdrawn
            | Self::EvidenceMissed
            | Self::FeeDue
            | Self::ParcelShort
            | Self::ParcelLost => Group::Duty,
            Self::CorrectionNear | Self::ToleranceNear => Group::Reminder,
            Self::Granted
            | Self::Refused
            | Self::AcceptanceRefused
            | Self::PrerequisiteFailed
            | Self::CorrectionLapsed
            | Self::GapLapsed
            | Self::Ready
            | Self::DeemedRenewed
            | Self::Revoked
            | Self::Cancelled => Group::Result,
            Self::Received
            | Self::Accepted
            | Self::DeemedAccepted
            | Self::CorrectionAnswered
            | Self::SpecialBegun
            | Self::SpecialEnded
            | Self::Extended
            | Self::Delivered
            | Self::CommitmentChecked
            | Self::FeePaid
            | Self::FeeReturned
            | Self::ParcelArrived
            | Self::ParcelCounted
            | Self::Withdrawn => Group::Progress,
        }
    }

    /// Whether the law wants the person to be told: then it stands in the portal, whatever they chose.
    pub const fn is_legal(self) -> bool {
        match self {
            Self::Received
            | Self::Accepted
            | Self::DeemedAccepted
            | Self::CorrectionNoticed
            | Self::CorrectionLapsed
            | Self::AcceptanceRefused
            | Self::AcceptedTolerantly
            | Self::GapLapsed
            | Self::SpecialBegun
            | Self::HearingOffered
            | Self::HearingAnnounced
            | Self::Extended
            | Self::Granted
            | Self::Refused
            | Self::PrerequisiteFailed
            | Self::DeemedRenewed
            | Self::EvidenceMissed
            | Self::FeeDue
            // What is missing has to be told (第三十二条第一款第四项), and whoever sent it takes it for handed in.
            | Self::ParcelShort
            | Self::ParcelLost
            | Self::Revoked
            | Self::Cancelled => true,
            Self::CorrectionNear
            | Self::CorrectionAnswered
            | Self::ToleranceNear
            | Self::SpecialEnded
            | Self::CommitmentWithdrawn
            | Self::Ready
            | Self::Delivered
            | Self::CommitmentChecked
            | Self::FeePaid
            | Self::FeeReturned
            | Self::ParcelArrived
            | Self::ParcelCounted
            | Self::Withdrawn => false,
        }
    }

    /// Whether time brings it about, not an event.
    pub const fn is_reminder(self) -> bool {
        matches!(self, Self::CorrectionNear | Self::ToleranceNear)
    }

    /// Whether it is about the whole application, not one of its cases.
    pub const fn is_of_whole(self) -> bool {
        matches!(
            self,
            Self::Received
                | Self::Ready
                | Self::ParcelArrived
                | Self::ParcelCounted
                | Self::ParcelShort
                | Self::ParcelLost
        )
    }

    /// Whether it is about money that is owed, came or went back: then it names the sum.
    pub const fn is_of_money(self) -> bool {
        matches!(self, Self::FeeDue | Self::FeePaid | Self::FeeReturned)
    }

    /// The reminder that is set when this is told.
    pub const fn reminder(self) -> Option<Self> {
        match self {
            Self::CorrectionNoticed => Some(Self::CorrectionNear),
            Self::AcceptedTolerantly => Some(Self::ToleranceNear),
            _ => None,
        }
    }
}

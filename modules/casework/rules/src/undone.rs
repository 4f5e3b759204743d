//! After the licence: taken back (撤销, 行政许可法 69), struck off (注销, 70), and the licence a case renews (延续, 50).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::officer::OfficerId;
use kernel::coded;

coded! {
    /// Why a licence is taken back.
    RevocationGround in "revocation" {
        /// 滥用职权、玩忽职守作出准予决定 (69.1.1)
        AbusedPower = "abused-power",
        /// 超越法定职权 (69.1.2)
        BeyondAuthority = "beyond-authority",
        /// 违反法定程序 (69.1.3)
        AgainstProcedure = "against-procedure",
        /// 申请人不具备申请资格或者不符合法定条件 (69.1.4)
        NotQualified = "not-qualified",
        /// 以欺骗、贿赂等不正当手段取得 (69.2)
        ByFraud = "by-fraud",
        /// 告知承诺不实或者未按期兑现 (69.2): only after a check found it broken.
        BrokenCommitment = "broken-commitment",
    }
}

impl RevocationGround {
    /// The article of the Licensing Law it stands on.
    pub const fn article(self) -> &'static str {
        match self {
            Self::AbusedPower => "第六十九条第一款第一项",
            Self::BeyondAuthority => "第六十九条第一款第二项",
            Self::AgainstProcedure => "第六十九条第一款第三项",
            Self::NotQualified => "第六十九条第一款第四项",
            Self::ByFraud | Self::BrokenCommitment => "第六十九条第二款",
        }
    }

    /// Whether it is the holder's doing, who then has no claim to compensation (69.4).
    pub const fn is_holders_fault(self) -> bool {
        matches!(self, Self::ByFraud | Self::BrokenCommitment)
    }
}

coded! {
    /// Why a licence is struck off.
    CancellationGround in "cancellation" {
        /// 有效期届满未延续 (70.1)
        Expired = "expired",
        /// 公民死亡或者丧失行为能力 (70.2)
        HolderDied = "holder-died",
        /// 法人或者其他组织依法终止 (70.3)
        HolderDissolved = "holder-dissolved",
        /// 行政许可依法被撤销 (70.4)
        Revoked = "after-revocation",
        /// 因不可抗力无法实施 (70.5)
        Impossible = "impossible",
        /// 被许可人申请注销，或者法律、法规规定的其他情形 (70.6)
        Otherwise = "otherwise",
    }
}

impl CancellationGround {
    /// The article of the Licensing Law it stands on.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Expired => "第七十条第一项",
            Self::HolderDied => "第七十条第二项",
            Self::HolderDissolved => "第七十条第三项",
            Self::Revoked => "第七十条第四项",
            Self::Impossible => "第七十条第五项",
            Self::Otherwise => "第七十条第六项",
        }
    }
}

/// The licence taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    pub on: NaiveDate,
    pub by: OfficerId,
    pub ground: RevocationGround,
    pub reason: String,
}

/// The licence struck off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    pub on: NaiveDate,
    pub by: OfficerId,
    pub ground: CancellationGround,
    pub reason: String,
}

/// The licence a case renews. Applied for thirty days before it expires, it counts as renewed when nobody has decided
/// by then (50.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renews {
    pub number: String,
    /// The last day it is valid.
    pub expires_on: NaiveDate,
}

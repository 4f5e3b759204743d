//! 四免优化建议 (免材料、免填表、免盖章、免签名): made by machine, confirmed by the authority in time, reviewed by the standards
//! office, put into a new version of the item, and watched in real cases.
//!
//! Reads in this order: [`Kind`] (what is proposed), [`life`] (what becomes of it: `decide`, `apply`, printed as
//! `chart/proposal.txt`), [`generate`] (finding them in a catalogue), [`effect`] (what it saves).

pub mod effect;
pub mod generate;
pub mod life;

use serde::{Deserialize, Serialize};

pub use life::{Event, Law, Order, Proposal, State, apply, decide};

kernel::coded! {
    /// What is proposed, named as the field names it.
    Kind in "proposal-kind" {
        /// 政府核发的材料，有电子证照或者数据接口 → 免提交
        M1 = "m1",
        /// 同一件事里别的事项产生的材料 → 免提交
        M2 = "m2",
        /// 没有依据的材料 → 取消
        M3 = "m3",
        /// 兜底材料 → 逐项列明
        M4 = "m4",
        /// 证明事项符合取消情形 → 取消
        M5 = "m5",
        /// 可以告知承诺的材料 → 改为告知承诺
        M6 = "m6",
        /// 次要材料 → 容缺后补
        M7 = "m7",
        /// 基础库里有的表单项 → 自动带出
        F1 = "f1",
        /// 重复的表单项 → 合并
        F2 = "f2",
        /// 与申请事项没有直接关系的表单项 → 删去（行政许可法第二十九条）
        F3 = "f3",
        /// 盖章 → 电子印章
        S1 = "s1",
        /// 签名 → 电子签名
        S2 = "s2",
        /// 承诺时限长于同类事项 → 压缩
        T1 = "t1",
        /// 没有法定理由的到场 → 零次
        P1 = "p1",
    }
    /// Which of the four it spares, or what beside them.
    Spares in "spares" {
        /// 免材料
        Papers = "papers",
        /// 免填表
        Fields = "fields",
        /// 免盖章
        Seals = "seals",
        /// 免签名
        Signatures = "signatures",
        /// 减时限
        Days = "days",
        /// 减跑动
        Trips = "trips",
    }
}

impl Kind {
    /// What it spares.
    pub fn spares(self) -> Spares {
        match self {
            Self::M1 | Self::M2 | Self::M3 | Self::M4 | Self::M5 | Self::M6 | Self::M7 => Spares::Papers,
            Self::F1 | Self::F2 | Self::F3 => Spares::Fields,
            Self::S1 => Spares::Seals,
            Self::S2 => Spares::Signatures,
            Self::T1 => Spares::Days,
            Self::P1 => Spares::Trips,
        }
    }
}

/// What a proposal is about: an item, and in it a row of its materials, a field of its form, or nothing smaller.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The item's id.
    pub item: String,
    /// The id of a material's row, or the code of a field's element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

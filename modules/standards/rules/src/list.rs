//! A row of the four lists (四张清单) and its parts.

use catalog::model::{Citation, GovernmentLevel, RiskLevel};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

kernel::coded! {
    /// Which of the four lists (权力清单、责任清单、公共服务清单、行政收费清单).
    ListKind in "list" {
        /// 权力清单: what an authority may do.
        Power = "powers",
        /// 责任清单: what it must do, before, during and after.
        Duty = "duties",
        /// 公共服务清单: what it offers.
        Service = "services",
        /// 行政收费清单: what it may charge.
        Fee = "fees",
    }
    /// 事项类型, GB/T 39046-2020 A.1, with the numbers that offices write.
    Matter in "matter" {
        /// 行政许可
        Licence = "01",
        /// 行政处罚
        Penalty = "02",
        /// 行政强制
        Coercion = "03",
        /// 行政征收
        Levy = "04",
        /// 行政给付
        Payment = "05",
        /// 行政检查
        Inspection = "06",
        /// 行政确认
        Confirmation = "07",
        /// 行政奖励
        Reward = "08",
        /// 行政裁决
        Ruling = "09",
        /// 其他行政权力
        Other = "10",
        /// 公共服务
        Service = "20",
    }
    /// When a duty is owed: before the matter is accepted, while it is handled, after it is decided (事前、事中、事后).
    Phase in "phase" {
        Before = "before",
        During = "during",
        After = "after",
    }
}

impl Matter {
    /// On which list matters of this kind stand: 公共服务 on its own, all others among the powers.
    pub fn list(self) -> ListKind {
        match self {
            Self::Service => ListKind::Service,
            _ => ListKind::Power,
        }
    }
}

/// Who exercises it (行使主体), as the office wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub name: String,
    /// 统一社会信用代码, as written; it may have defects.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The authority of the catalogue it is, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}

/// One duty (责任事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub phase: Phase,
    pub text: String,
}

/// One step of the course (运行流程), from which the flow chart is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub name: String,
    /// Whose it is: 窗口, 经办科室, 分管领导.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Within what time, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub within: String,
}

/// A point where the power could be misused (廉政风险点).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskPoint {
    pub point: String,
    pub level: RiskLevel,
    pub measure: String,
}

/// Where the duties of several authorities meet (职责边界): who leads, who assists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundary {
    pub matter: String,
    pub lead: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assist: Vec<String>,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub list: ListKind,
    pub name: String,
    /// 事项编码, as the office has it; see [`crate::item_code`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// 主项, where the row is one of its parts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub main_item: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<Matter>,
    pub unit: Unit,
    /// 行使层级
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<GovernmentLevel>,
    /// 行政区划代码, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// 设定依据
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Citation>,
    /// 责任事项
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
    /// 追责情形
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub liability: Vec<String>,
    /// 运行流程
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// 廉政风险点
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<RiskPoint>,
    /// 职责边界
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boundaries: Vec<Boundary>,
    /// 收费标准, of a row of the list of fees.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub charge: String,
    /// The item of the catalogue that is applied for, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Columns of the office's file that we have no place for, by their heads: nothing is lost.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, String>,
}

impl Row {
    /// A row with name and unit only.
    pub fn new(list: ListKind, name: impl Into<String>, unit: Unit) -> Self {
        Self {
            list,
            name: name.into(),
            code: String::new(),
            main_item: String::new(),
            matter: None,
            unit,
            level: None,
            region: String::new(),
            basis: Vec::new(),
            duties: Vec::new(),
            liability: Vec::new(),
            stages: Vec::new(),
            risks: Vec::new(),
            boundaries: Vec::new(),
            charge: String::new(),
            item: None,
            other: BTreeMap::new(),
        }
    }

    /// What makes two rows the same matter of the same unit: its code where it has one, otherwise its name. Names change with
    /// a comma, codes do not.
    pub fn identity(&self) -> String {
        let unit = if self.unit.code.is_empty() { &self.unit.name } else { &self.unit.code };
        let own = if self.code.is_empty() { &self.name } else { &self.code };
        // A fee shares the code of the matter it is charged for, and a matter may have several.
        let fee = if self.list == ListKind::Fee { self.name.as_str() } else { "" };
        [self.list.code(), unit, own, fee].join("\u{1f}")
    }

    /// The duties of a phase, in their order.
    pub fn duties_of(&self, phase: Phase) -> impl Iterator<Item = &str> {
        self.duties.iter().filter(move |duty| duty.phase == phase).map(|duty| duty.text.as_str())
    }
}

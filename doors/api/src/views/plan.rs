//! The plan (办理方案). These types describe what [`themes::PlanReport`] writes, so that the document of the interface
//! says it; a test reads every kind of plan back through them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// 办理方案，同 `yimen plan --json`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Plan {
    pub theme: String,
    pub name: String,
    pub items: Vec<PlanItem>,
    pub materials: PlanMaterials,
    pub fields: PlanFields,
    /// 工作日
    pub days: Change,
    pub trips: Change,
    pub submissions: Change,
    pub timeline: Vec<TimelineBar>,
    /// 决定总时长的事项
    pub critical_path: Vec<String>,
    pub form: Vec<PlanSection>,
    /// 还没有回答的问题
    pub open_questions: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_scope: Option<OutOfScope>,
    pub notes: Vec<String>,
}

/// 改革前、改革后
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    pub before: u32,
    pub after: u32,
}

/// 事项，要不要办和为什么
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanItem {
    pub id: String,
    pub code: String,
    pub name: String,
    pub authority: String,
    pub included: bool,
    pub because: String,
    /// 缺哪些数据元，所以说不准
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// 一套材料
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanMaterials {
    pub before: u32,
    pub after: u32,
    pub to_submit: u32,
    pub list: Vec<PlanMaterial>,
    pub removed: Vec<PlanMaterial>,
    pub undecided: Vec<PlanMaterial>,
}

/// 一份材料
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanMaterial {
    pub name: String,
    pub holder: String,
    pub holder_name: String,
    /// `form`、`hand-in`、`optional`、`later`、`exempt`、`removed`、`undecided`
    pub status: String,
    pub because: String,
    pub asked_by: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand: Option<Demand>,
}

/// 怎么交
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Demand {
    pub need: String,
    pub copy: String,
    pub medium: String,
    pub copies: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
}

/// 填表项数
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanFields {
    pub before: u32,
    pub after: u32,
    pub prefilled: u32,
    pub answered: u32,
    pub to_type: u32,
    /// 取决于还没有回答的问题
    pub undecided: u32,
}

/// 时间安排，受理后的工作日
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TimelineBar {
    pub item: String,
    pub name: String,
    pub authority: String,
    /// 并联批次，从 1 起
    pub group: u32,
    pub start: f64,
    pub finish: f64,
    pub promise: String,
    pub after: Vec<String>,
    pub critical: bool,
}

/// 表单的一段
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanSection {
    pub group: String,
    pub title: String,
    pub fields: Vec<PlanField>,
}

/// 表单的一项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanField {
    pub element: String,
    pub label: String,
    pub required: bool,
    /// `prefilled`、`answered`、`derived`、`to-type`
    pub filled: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    pub asked_by: Vec<String>,
}

/// 不适用：为什么，到哪里办
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OutOfScope {
    pub reason: String,
    pub go: String,
}

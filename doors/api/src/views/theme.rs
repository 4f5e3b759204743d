//! Themes (一件事主题) and their questions.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// 主题，列表中的一行
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ThemeLine {
    pub id: String,
    /// 老百姓的说法：开一家餐饮店
    pub name: String,
    /// 官方名称：开办餐饮店“一件事”
    pub official: String,
    pub summary: String,
    /// 服务对象，如 `person`、`company`
    pub audience: Vec<String>,
    /// 牵头部门
    pub lead: String,
    pub lead_name: String,
}

/// 主题
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Theme {
    #[serde(flatten)]
    pub line: ThemeLine,
    /// 改革前
    pub baseline: Baseline,
    /// 改革后跑动次数
    pub trips: u32,
    /// 领取方式：`window`、`mail`、`electronic`
    pub handover: Vec<String>,
    /// 可能要办的事项
    pub items: Vec<ThemeItem>,
    pub questions: usize,
}

/// 改革前办这件事要多少
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Baseline {
    pub items: u32,
    pub materials: u32,
    pub fields: u32,
    pub trips: u32,
    /// 工作日
    pub days: u32,
    pub submissions: u32,
}

/// 主题里的一个事项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ThemeItem {
    pub id: String,
    pub code: String,
    pub name: String,
    pub authority: String,
    pub authority_name: String,
}

impl From<&themes::Theme> for ThemeLine {
    fn from(theme: &themes::Theme) -> Self {
        Self {
            id: theme.id.clone(),
            name: theme.name.clone(),
            official: theme.official.clone(),
            summary: theme.summary.clone(),
            audience: theme.audience.iter().map(|one| one.word().to_owned()).collect(),
            lead: theme.lead.to_string(),
            lead_name: theme.lead_name.to_string(),
        }
    }
}

impl From<&themes::Theme> for Theme {
    fn from(theme: &themes::Theme) -> Self {
        let item = |item: &themes::ThemeItem| ThemeItem {
            id: item.id.to_string(),
            code: item.pin.code.clone(),
            name: item.name.to_string(),
            authority: item.authority.to_string(),
            authority_name: item.authority_name.to_string(),
        };
        let themes::Baseline { items, materials, fields, trips, days, submissions } = theme.baseline;
        Self {
            line: theme.into(),
            baseline: Baseline { items, materials, fields, trips, days, submissions },
            trips: theme.trips,
            handover: theme.handover.iter().map(|way| handover(*way).to_owned()).collect(),
            items: theme.items.iter().map(item).collect(),
            questions: theme.questions.len(),
        }
    }
}

fn handover(way: themes::Handover) -> &'static str {
    match way {
        themes::Handover::Window => "window",
        themes::Handover::Mail => "mail",
        themes::Handover::Electronic => "electronic",
    }
}

/// 一个主题的全部问题，同 `yimen questions --json`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Questions {
    pub theme: String,
    pub name: String,
    pub questions: Vec<Question>,
}

/// 一个问题；`id` 就是答案的键
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    pub id: String,
    pub text: String,
    /// `bool`、`single`、`multi`、`number`、`text`
    pub kind: String,
    /// 可以回答的值；数字和文字没有
    pub values: Vec<String>,
    pub options: Vec<QuestionOption>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// 满足这个条件才问
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// 一个选项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuestionOption {
    pub value: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

//! Items (事项) as their guide (办事指南) tells them, every name resolved.

use catalog::Catalog;
use catalog::model::{self, TOPICS};
use kernel::limit::{Limit, Period};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 代码和官方用语
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Term {
    pub code: String,
    pub word: String,
}

impl Term {
    pub(crate) fn new(code: impl Into<String>, word: impl Into<String>) -> Self {
        Self { code: code.into(), word: word.into() }
    }
}

/// 时限：多少、单位、从何时起算
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TimeLimit {
    pub value: u32,
    /// `workday`、`natural`、`hour`、`month`、`year`、`at-once`
    pub unit: String,
    /// `acceptance` 自受理之日、`receipt` 自收到申请之日；有效期没有
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
}

impl From<Limit> for TimeLimit {
    fn from(limit: Limit) -> Self {
        let start = match limit.start {
            kernel::limit::Start::Acceptance => "acceptance",
            kernel::limit::Start::Receipt => "receipt",
            kernel::limit::Start::Decision => "decision",
        };
        Self { value: limit.value, unit: limit.unit.as_str().to_owned(), start: Some(start.to_owned()) }
    }
}

impl From<Period> for TimeLimit {
    fn from(period: Period) -> Self {
        Self { value: period.value, unit: period.unit.as_str().to_owned(), start: None }
    }
}

/// 事项，列表中的一行
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemLine {
    pub id: String,
    /// 业务办理项编码
    pub code: String,
    pub version: u32,
    pub name: String,
    /// 老百姓的叫法
    pub plain: Option<String>,
    /// 事项类型
    pub kind: Term,
    pub topic: Term,
    /// 服务对象
    pub audience: Vec<Term>,
    pub authority: String,
    pub authority_name: String,
    /// 承诺办结时限
    pub promise: TimeLimit,
    /// 办理形式
    pub apply_via: Vec<Term>,
}

/// 一页事项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemPage {
    pub items: Vec<ItemLine>,
    pub total: usize,
    /// 放入 `after` 取得下一页
    pub next: Option<String>,
}

/// 法律依据，附原文
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Basis {
    pub law: String,
    pub article: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl From<&model::Citation> for Basis {
    fn from(cited: &model::Citation) -> Self {
        Self { law: cited.law.to_string(), article: cited.article.clone(), text: Some(cited.text.clone()) }
    }
}

impl From<&model::ShortCitation> for Basis {
    fn from(cited: &model::ShortCitation) -> Self {
        Self { law: cited.law.to_string(), article: cited.article.clone(), text: None }
    }
}

impl ItemLine {
    pub(crate) fn of(item: &model::Item, catalog: &Catalog) -> Self {
        let topic = TOPICS.iter().find(|(code, _)| *code == item.topic).map_or("", |(_, name)| name);
        let authority = catalog.authorities.get(&item.authority);
        Self {
            id: item.id.to_string(),
            code: item.code.clone(),
            version: item.version,
            name: item.name.clone(),
            plain: item.plain.clone(),
            kind: Term::new(item.kind.word(), item.kind.label()),
            topic: Term::new(item.topic.as_str(), topic),
            audience: item.audience.iter().map(|one| Term::new(one.word(), one.label())).collect(),
            authority: item.authority.to_string(),
            authority_name: authority.map_or_else(String::new, |one| one.short.clone()),
            promise: item.promise.into(),
            apply_via: item.apply_via.iter().map(|one| Term::new(one.word(), one.label())).collect(),
        }
    }
}

/// 办理部门
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Authority {
    pub id: String,
    pub name: String,
    pub phone: Option<String>,
    pub address: Option<String>,
}

/// 受理条件
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Condition {
    pub text: String,
    pub basis: Option<Basis>,
}

impl From<&model::ItemCondition> for Condition {
    fn from(condition: &model::ItemCondition) -> Self {
        Self { text: condition.text.clone(), basis: condition.basis.as_ref().map(Basis::from) }
    }
}

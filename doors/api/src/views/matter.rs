//! What applications and cases are made of: clocks, papers, form, correction, results, journal.

use casework_service::reads as told;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::item::Term;

/// 法定时钟
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clock {
    pub kind: Term,
    /// 红黄绿灯：`green`、`yellow`、`red`、`stopped`、`done`、`unknown`
    pub lamp: Term,
    pub due: Option<NaiveDate>,
    pub due_words: String,
    /// 还有几个工作日
    pub days_left: Option<i64>,
    pub left_words: String,
}

impl From<told::ClockView> for Clock {
    fn from(clock: told::ClockView) -> Self {
        Self {
            kind: Term::new(clock.kind.code(), clock.kind_word),
            lamp: Term::new(clock.lamp.code(), clock.lamp_word),
            due: clock.due,
            due_words: clock.due_words,
            days_left: clock.days_left,
            left_words: clock.left_words,
        }
    }
}

/// 表单的一段
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormSection {
    pub group: String,
    pub fields: Vec<FormField>,
}

/// 表单的一项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormField {
    pub element: String,
    pub label: String,
    /// 给人看的值
    pub value: String,
    /// `record`、`answered`、`derived`、`typed`、`carried`
    pub origin: String,
    /// 来源，如“公安人口库”
    pub source: String,
}

impl From<told::FormSection> for FormSection {
    fn from(section: told::FormSection) -> Self {
        let field = |field: told::FieldView| FormField {
            element: field.element,
            label: field.label,
            value: field.value,
            origin: field.origin.to_owned(),
            source: field.source,
        };
        Self { group: section.group, fields: section.fields.into_iter().map(field).collect() }
    }
}

/// 材料
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Paper {
    pub id: Uuid,
    /// 规范材料
    pub material: String,
    pub name: String,
    pub holder: String,
    /// `hand-in`、`exempt`、`deferred`
    pub status: Term,
    /// 为什么不用交，或者可以后补
    pub reason: String,
    pub file: Option<PaperFile>,
    /// 哪些事项要它
    pub asked_by: Vec<String>,
    /// 在补正告知书里
    pub to_correct: bool,
    /// 可信等级，`A` 到 `D`；还没有交来的没有
    pub trust: Option<Term>,
}

/// 材料的文件；内容在 `GET /papers/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PaperFile {
    pub name: String,
    /// 媒体类型
    pub kind: String,
}

impl From<told::PaperView> for Paper {
    fn from(paper: told::PaperView) -> Self {
        Self {
            id: paper.id.uuid(),
            material: paper.material,
            name: paper.name,
            holder: paper.holder,
            status: Term::new(paper.status.word(), paper.status_word),
            reason: paper.reason,
            file: paper.file.map(|file| PaperFile { name: file.name, kind: file.kind }),
            asked_by: paper.asked_by,
            to_correct: paper.to_correct,
            trust: paper.trust.map(|trust| Term::new(trust.level.code(), trust.word)),
        }
    }
}

/// 补正告知
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Correction {
    pub noticed_on: NaiveDate,
    pub due: Option<NaiveDate>,
    pub due_words: String,
    pub answered: bool,
    pub lines: Vec<CorrectionLine>,
}

/// 要补正的一项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CorrectionLine {
    /// 材料；补正的是材料时才有
    pub paper: Option<Uuid>,
    /// 数据元；补正的是表单项时才有
    pub element: Option<String>,
    pub name: String,
    pub reason: String,
    pub mend: String,
    pub basis: Option<String>,
    /// 影响哪些事项
    pub items: Vec<String>,
}

impl From<told::CorrectionView> for Correction {
    fn from(correction: told::CorrectionView) -> Self {
        let line = |line: told::CorrectionLineView| CorrectionLine {
            paper: line.paper.map(|paper| paper.uuid()),
            element: line.element,
            name: line.name,
            reason: line.reason,
            mend: line.mend,
            basis: line.basis,
            items: line.items,
        };
        Self {
            noticed_on: correction.noticed_on,
            due: correction.due,
            due_words: correction.due_words,
            answered: correction.answered,
            lines: correction.lines.into_iter().map(line).collect(),
        }
    }
}

/// 办理结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CaseResult {
    pub name: String,
    /// 证照号或者文号
    pub number: String,
    pub kind_word: String,
    pub issued_on: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    /// 证照库里的证照
    pub licence: Option<Uuid>,
}

impl From<told::ResultView> for CaseResult {
    fn from(result: told::ResultView) -> Self {
        Self {
            name: result.name,
            number: result.number,
            kind_word: result.kind_word,
            issued_on: result.issued_on,
            delivered_on: result.delivered_on,
            licence: result.licence.map(|licence| licence.uuid()),
        }
    }
}

/// 现在能下的一个指令
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrderOption {
    pub order: Term,
    /// 您本人能不能下
    pub may: bool,
    pub why_not: Option<String>,
    pub clause: Option<String>,
    /// 下了以后会怎样
    pub then: String,
}

impl From<told::OrderView> for OrderOption {
    fn from(order: told::OrderView) -> Self {
        Self {
            order: Term::new(order.kind.code(), order.word),
            may: order.may,
            why_not: order.why_not,
            clause: order.clause,
            then: order.then,
        }
    }
}

/// 一条记录
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JournalLine {
    pub at: DateTime<Utc>,
    pub who: String,
    pub did: String,
    pub detail: Option<String>,
}

impl From<told::JournalLine> for JournalLine {
    fn from(line: told::JournalLine) -> Self {
        Self { at: line.at, who: line.who, did: line.did, detail: line.detail }
    }
}

/// 取件方式
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Delivery {
    pub method: Term,
    pub recipient: String,
    pub phone: String,
    pub address: String,
}

impl From<told::DeliveryView> for Delivery {
    fn from(delivery: told::DeliveryView) -> Self {
        Self {
            method: Term::new(delivery.method.code(), delivery.method_word),
            recipient: delivery.recipient,
            phone: delivery.phone,
            address: delivery.address,
        }
    }
}

/// Each view as the interface shows it.
pub(super) fn all<T: From<S>, S>(views: Vec<S>) -> Vec<T> {
    views.into_iter().map(T::from).collect()
}

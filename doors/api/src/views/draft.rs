//! Drafts: what was answered, typed and handed in, what follows from it, and what is still missing.

use std::collections::BTreeMap;

use access_service::{Words, door};
use chrono::{DateTime, Utc};
use platform::FieldFault;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use themes_service::Filing;
use themes_service::filing::{Entry, Origin, Slot};
use utoipa::ToSchema;
use uuid::Uuid;

use super::item::Term;
use crate::document::FieldProblem;

/// 草稿，列表中的一行
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DraftLine {
    pub id: Uuid,
    pub theme: String,
    pub theme_name: String,
    pub saved_at: DateTime<Utc>,
    /// 窗口工作人员代为录入
    pub at_window: bool,
}

impl From<themes_service::reads::DraftLine> for DraftLine {
    fn from(line: themes_service::reads::DraftLine) -> Self {
        Self {
            id: line.id.uuid(),
            theme: line.theme,
            theme_name: line.theme_name,
            saved_at: line.saved_at,
            at_window: line.by_clerk,
        }
    }
}

/// 草稿
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    pub id: Uuid,
    pub theme: String,
    pub theme_name: String,
    /// 给谁办
    pub subject: Uuid,
    pub subject_name: String,
    /// 窗口工作人员代为录入
    pub at_window: bool,
    /// 保存时带上；别处保存过就会得到 409
    pub version: i32,
    /// 答案，按问题编号
    pub answers: BTreeMap<String, Value>,
    pub sections: Vec<DraftSection>,
    pub papers: Vec<DraftPaper>,
    /// 提交前还差什么；空的就可以提交
    pub missing: Vec<Missing>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// 已经提交成的申请
    pub application: Option<Uuid>,
}

/// 表单的一段
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DraftSection {
    pub group: String,
    pub title: String,
    pub fields: Vec<DraftField>,
}

/// 表单的一项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DraftField {
    pub element: String,
    pub label: String,
    pub kind: Term,
    pub required: bool,
    /// 可选的值；只有单选和多选有
    pub options: Vec<Term>,
    /// 会提交的值；填错的没有
    pub value: Option<Value>,
    /// 填写的原文
    pub texts: Vec<String>,
    /// `record`、`answered`、`derived`、`carried`、`typed`
    pub origin: String,
    /// 来源，如“公安人口库”；登记信息才有
    pub source: Option<String>,
    /// 能不能填
    pub open: bool,
    pub fault: Option<FieldProblem>,
}

/// 一份材料
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DraftPaper {
    /// 上传时放在 `paper` 参数里
    pub slot: String,
    pub name: String,
    pub holder: Term,
    /// `hand-in`、`optional`、`later`、`exempt`、`removed`、`undecided`
    pub status: String,
    pub because: String,
    /// 能不能上传
    pub takes_files: bool,
    pub missing: bool,
    pub files: Vec<DraftFile>,
}

/// 已上传的文件
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DraftFile {
    pub id: Uuid,
    pub slot: String,
    pub name: String,
    /// 媒体类型，按内容判定
    pub kind: String,
    pub bytes: u64,
    pub at: DateTime<Utc>,
}

/// 提交前还差的一项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Missing {
    /// 到哪里补：`questions`、`form`、`papers`、`check`
    pub page: String,
    #[serde(flatten)]
    pub fault: FieldProblem,
}

impl Draft {
    pub(crate) fn of(draft: &themes_service::Draft, filing: &Filing<'_>, words: &Words) -> Self {
        let section = |section: &themes_service::filing::Section<'_>| DraftSection {
            group: section.group.to_owned(),
            title: section.title.to_owned(),
            fields: section.entries.iter().map(|entry| field(entry, words)).collect(),
        };
        let missing = filing.missing().into_iter();
        Self {
            id: draft.id.uuid(),
            theme: draft.theme.clone(),
            theme_name: filing.theme.name.clone(),
            subject: draft.subject.uuid(),
            subject_name: draft.subject_name.clone(),
            at_window: draft.is_at_window(),
            version: draft.version,
            answers: draft.answers.iter().map(|(id, value)| (id.to_owned(), json(value))).collect(),
            sections: filing.sections.iter().map(section).collect(),
            papers: filing.slots.iter().map(|slot| paper(slot, filing)).collect(),
            missing: missing
                .map(|one| Missing { page: one.page.stem().to_owned(), fault: problem(&one.fault, words) })
                .collect(),
            created_at: draft.created_at,
            updated_at: draft.updated_at,
            application: draft.application.map(|application| application.uuid()),
        }
    }
}

fn field(entry: &Entry<'_>, words: &Words) -> DraftField {
    let element = entry.element();
    let origin = match entry.origin {
        Origin::Record => "record",
        Origin::Answered(_) => "answered",
        Origin::Derived => "derived",
        Origin::Carried => "carried",
        Origin::Typed => "typed",
    };
    DraftField {
        element: element.code.to_string(),
        label: entry.field.label().to_owned(),
        kind: Term::new(element.kind.word(), element.kind.label()),
        required: entry.field.required,
        options: element.options.iter().map(|one| Term::new(&one.value, &one.label)).collect(),
        value: entry.value.as_ref().map(json),
        texts: entry.texts.clone(),
        origin: origin.to_owned(),
        source: entry.record.as_ref().filter(|_| entry.origin == Origin::Record).map(|record| record.source.clone()),
        open: entry.is_open(),
        fault: entry.fault().map(|fault| problem(&fault, words)),
    }
}

fn paper(slot: &Slot<'_>, filing: &Filing<'_>) -> DraftPaper {
    DraftPaper {
        slot: slot.key.clone(),
        name: slot.material.name.to_owned(),
        holder: Term::new(slot.material.holder.word(), slot.material.holder.label()),
        status: slot.material.standing.word().to_owned(),
        because: filing.plan.why_material(&slot.material),
        takes_files: slot.takes_files(),
        missing: slot.is_missing(),
        files: slot.files.iter().map(DraftFile::from).collect(),
    }
}

impl From<&themes_service::Paper> for DraftFile {
    fn from(paper: &themes_service::Paper) -> Self {
        Self {
            id: paper.id,
            slot: paper.slot.clone(),
            name: paper.name.clone(),
            kind: paper.kind.media_type().to_owned(),
            bytes: paper.bytes,
            at: paper.at,
        }
    }
}

fn problem(fault: &FieldFault, words: &Words) -> FieldProblem {
    FieldProblem {
        field: fault.field.clone(),
        code: fault.code.to_string(),
        text: door::field_fault(fault, words),
        facts: fault.facts.clone(),
    }
}

fn json(value: &kernel::value::Value) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

//! Cases (办件) and the to-do list.

use casework_service::reads as told;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::application::ApplicationCase;
use super::item::Term;
use super::matter::{CaseResult, Clock, Correction, FormSection, JournalLine, OrderOption, Paper, all};

/// 办件，办它的人看到的
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Case {
    pub id: Uuid,
    pub application: Uuid,
    /// 申请编号
    pub number: String,
    /// 办件编号
    pub project_no: String,
    pub item: CaseItem,
    pub status: Term,
    /// 承诺时限
    pub clock: Clock,
    /// 法定时限
    pub statutory: Clock,
    pub applicant: CasePerson,
    pub steps: Vec<CaseStep>,
    /// 办理条件
    pub conditions: Vec<String>,
    /// 只有本事项要的表单项
    pub sections: Vec<FormSection>,
    pub papers: Vec<Paper>,
    /// 同一申请的其他办件
    pub siblings: Vec<ApplicationCase>,
    pub orders: Vec<OrderOption>,
    /// 要通知听证时，可以主持的人员：账号和姓名
    pub presiders: Vec<Presider>,
    pub correction: Option<Correction>,
    pub decision: Option<CaseDecision>,
    pub result: Option<CaseResult>,
    pub journal: Vec<JournalLine>,
}

/// 所办事项，收件时的版本
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CaseItem {
    pub id: String,
    pub code: String,
    pub version: u32,
    pub name: String,
    pub authority: String,
    pub phone: String,
}

/// 申请人，证件号码已脱敏
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CasePerson {
    pub name: String,
    pub citizen_id: String,
    pub phone: String,
}

/// 可以主持听证的人员
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Presider {
    pub account: String,
    pub name: String,
}

/// 办理环节
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CaseStep {
    pub id: String,
    pub name: String,
    pub role_word: String,
    /// `done`、`now`、`todo`、`failed`
    pub state: String,
    pub is_decision: bool,
    pub by: Option<String>,
    pub on: Option<NaiveDate>,
    pub view_word: Option<String>,
    pub words: Option<String>,
}

/// 决定
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CaseDecision {
    /// `grant`、`refuse`
    pub outcome: Term,
    pub reason: String,
    pub by: String,
    pub on: NaiveDate,
}

/// 待办
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TodoPage {
    /// `window` 每行一个申请，`authority`、`overview` 每行一个办件
    pub desk: String,
    pub desks: Vec<String>,
    pub counts: LampCounts,
    pub rows: Vec<TodoRow>,
    /// 放入 `cursor` 取得下一页
    pub next: Option<String>,
}

/// 各灯多少件
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LampCounts {
    pub red: u64,
    pub yellow: u64,
    pub green: u64,
    pub stopped: u64,
    pub unknown: u64,
}

/// 待办的一行
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TodoRow {
    pub application: Uuid,
    pub case: Option<Uuid>,
    pub number: String,
    pub title: String,
    pub applicant: String,
    /// 要做什么
    pub task: String,
    pub received_on: NaiveDate,
    pub clock: Clock,
    /// 这个申请共几件
    pub cases: u32,
}

impl From<told::CaseView> for Case {
    fn from(view: told::CaseView) -> Self {
        Self {
            id: view.id.uuid(),
            application: view.application.uuid(),
            number: view.number,
            project_no: view.project_no,
            item: view.item.into(),
            status: Term::new(view.status.code(), view.status_word),
            clock: view.clock.into(),
            statutory: view.statutory.into(),
            applicant: view.applicant.into(),
            steps: all(view.steps),
            conditions: view.conditions,
            sections: all(view.sections),
            papers: all(view.papers),
            siblings: all(view.siblings),
            orders: all(view.orders),
            presiders: view.presiders.into_iter().map(|(account, name)| Presider { account, name }).collect(),
            correction: view.correction.map(Correction::from),
            decision: view.decision.map(CaseDecision::from),
            result: view.result.map(CaseResult::from),
            journal: all(view.journal),
        }
    }
}

impl From<told::ItemView> for CaseItem {
    fn from(item: told::ItemView) -> Self {
        Self {
            id: item.id,
            code: item.code,
            version: item.version,
            name: item.name,
            authority: item.authority,
            phone: item.phone,
        }
    }
}

impl From<told::PersonView> for CasePerson {
    fn from(person: told::PersonView) -> Self {
        Self { name: person.name, citizen_id: person.citizen_id, phone: person.phone }
    }
}

impl From<told::StepView> for CaseStep {
    fn from(step: told::StepView) -> Self {
        let state = match step.state {
            told::StopState::Done => "done",
            told::StopState::Now => "now",
            told::StopState::Todo => "todo",
            told::StopState::Failed => "failed",
        };
        Self {
            id: step.id,
            name: step.name,
            role_word: step.role_word,
            state: state.to_owned(),
            is_decision: step.is_decision,
            by: step.by,
            on: step.on,
            view_word: step.view_word,
            words: step.words,
        }
    }
}

impl From<told::DecisionView> for CaseDecision {
    fn from(decision: told::DecisionView) -> Self {
        Self {
            outcome: Term::new(decision.outcome.code(), decision.outcome_word),
            reason: decision.reason,
            by: decision.by,
            on: decision.on,
        }
    }
}

impl From<told::TodoPage> for TodoPage {
    fn from(page: told::TodoPage) -> Self {
        let told::LampCounts { red, yellow, green, stopped, unknown } = page.counts;
        Self {
            desk: page.desk.code().to_owned(),
            desks: page.desks.iter().map(|desk| desk.code().to_owned()).collect(),
            counts: LampCounts { red, yellow, green, stopped, unknown },
            rows: all(page.rows),
            next: page.next,
        }
    }
}

impl From<told::TodoRow> for TodoRow {
    fn from(row: told::TodoRow) -> Self {
        Self {
            application: row.application.uuid(),
            case: row.case.map(|case| case.uuid()),
            number: row.number,
            title: row.title,
            applicant: row.applicant,
            task: row.task,
            received_on: row.received_on,
            clock: row.clock.into(),
            cases: row.cases,
        }
    }
}

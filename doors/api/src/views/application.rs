//! Applications: one's own for residents, the whole for the window. One type for both, so that a program reads one thing.

use access_service::Words;
use casework::OrderKind;
use casework_service::reads as told;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::item::Term;
use super::matter::{CaseResult, Clock, Correction, Delivery, FormSection, JournalLine, OrderOption, Paper, all};

/// 申请，列表中的一行
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationLine {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub received_on: NaiveDate,
    /// 进展，一句话
    pub sentence: String,
    /// 下一步谁来做：`applicant`、`window`、`authority`、`other-case`、`nobody`
    pub next: Term,
    pub needs_you: bool,
    pub done: bool,
    /// 办结几件，共几件
    pub settled: u32,
    pub total: u32,
}

impl From<told::MyApplicationLine> for ApplicationLine {
    fn from(line: told::MyApplicationLine) -> Self {
        Self {
            id: line.id.uuid(),
            number: line.number,
            title: line.title,
            received_on: line.received_on,
            sentence: line.sentence,
            next: Term::new(line.next.code(), line.next_word),
            needs_you: line.needs_you,
            done: line.done,
            settled: line.settled,
            total: line.total,
        }
    }
}

/// 申请
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Application {
    pub id: Uuid,
    pub number: String,
    pub theme: String,
    pub title: String,
    /// 申请人；窗口看到的证件号码已脱敏
    pub applicant: String,
    pub received_on: NaiveDate,
    /// 进展，一句话
    pub sentence: String,
    pub cases: Vec<ApplicationCase>,
    pub correction: Option<Correction>,
    pub papers: Vec<Paper>,
    pub sections: Vec<FormSection>,
    pub delivery: Delivery,
    /// 您现在能做的；居民为补正、撤回，窗口为受理等
    pub orders: Vec<OrderOption>,
    pub journal: Vec<JournalLine>,
}

/// 申请里的一件
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationCase {
    pub id: Uuid,
    /// 事项
    pub item: String,
    pub name: String,
    pub authority: String,
    pub phone: String,
    /// `received`、`correction-noticed`、`corrected`、`waiting`、`in-review`、`granted`、`issued`、`delivered`、
    /// `refused`、`not-accepted`、`lapsed`、`withdrawn`、`terminated`
    pub status: Term,
    pub clock: Clock,
    pub result: Option<CaseResult>,
    /// 办件编号；窗口看到
    pub project_no: Option<String>,
    /// 进展，一句话；申请人看到
    pub sentence: Option<String>,
    /// 不予受理、不予许可的理由；申请人看到
    pub reason: Option<String>,
    /// 不服时到哪里去；申请人看到
    pub remedy: Option<String>,
}

impl From<told::CaseLine> for ApplicationCase {
    fn from(case: told::CaseLine) -> Self {
        Self {
            id: case.case.uuid(),
            item: case.item,
            name: case.item_name,
            authority: case.authority,
            phone: case.phone,
            status: Term::new(case.status.code(), case.status_word),
            clock: case.clock.into(),
            result: case.result.map(CaseResult::from),
            project_no: Some(case.project_no),
            sentence: None,
            reason: None,
            remedy: None,
        }
    }
}

impl From<told::MyCase> for ApplicationCase {
    fn from(case: told::MyCase) -> Self {
        Self {
            id: case.id.uuid(),
            item: case.item,
            name: case.name,
            authority: case.authority,
            phone: case.phone,
            status: Term::new(case.status.code(), case.status_word),
            clock: case.clock.into(),
            result: case.result.map(CaseResult::from),
            project_no: None,
            sentence: Some(case.sentence),
            reason: case.reason,
            remedy: case.remedy,
        }
    }
}

impl From<told::ApplicationView> for Application {
    fn from(view: told::ApplicationView) -> Self {
        Self {
            id: view.id.uuid(),
            number: view.number,
            theme: view.theme,
            title: view.theme_name,
            applicant: view.applicant.name,
            received_on: platform::clock::china_day(view.received_at),
            sentence: view.sentence,
            cases: all(view.cases),
            correction: view.correction.map(Correction::from),
            papers: all(view.papers),
            sections: all(view.sections),
            delivery: view.delivery.into(),
            orders: all(view.orders),
            journal: all(view.journal),
        }
    }
}

impl Application {
    /// One's own application, with what the applicant may do now.
    pub(crate) fn own(view: told::MyApplication, words: &Words) -> Self {
        let open = [(OrderKind::AnswerCorrection, view.may_answer), (OrderKind::Withdraw, view.may_withdraw)];
        let orders = open.into_iter().filter(|(_, may)| *may).map(|(kind, may)| OrderOption {
            order: Term::new(kind.code(), words.get(&format!("order.{}", kind.code()))),
            may,
            why_not: None,
            clause: None,
            then: String::new(),
        });
        Self {
            id: view.id.uuid(),
            number: view.number,
            theme: view.theme,
            title: view.title,
            applicant: view.applicant,
            received_on: view.received_on,
            sentence: view.sentence,
            cases: all(view.cases),
            correction: view.correction.map(Correction::from),
            papers: all(view.papers),
            sections: all(view.sections),
            delivery: view.delivery.into(),
            orders: orders.collect(),
            journal: all(view.journal),
        }
    }
}

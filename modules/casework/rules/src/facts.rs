//! The facts a case is made of. Each says on which civil day (Asia/Shanghai) it happened; the instant is in the journal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::LicenceType;
use crate::officer::OfficerId;
use crate::power::Power;
use kernel::coded;

/// Acceptance (受理).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The day the law counts from. For deemed acceptance the day of receipt (行政许可法 32.1.4).
    pub on: NaiveDate,
    /// The day it was written down; differs from `on` only for deemed acceptance.
    pub recorded_on: NaiveDate,
    /// Who accepted. `None` when nobody did and the law did.
    pub by: Option<OfficerId>,
    /// 视为受理.
    pub deemed: bool,
    /// By whose power, where it is not the authority's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<Power>,
}

/// One thing to mend, as the notice tells it: what, why, how (补正事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionItem {
    /// The material row or form field meant, unique in the notice.
    pub id: String,
    /// Its name as the applicant knows it.
    pub name: String,
    /// What is missing or wrong.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
    /// The law or the line of the guide (办事指南) that asks for it.
    pub basis: Option<String>,
}

/// The one correction notice (一次性补正告知) and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub noticed_on: NaiveDate,
    pub by: OfficerId,
    pub items: Vec<CorrectionItem>,
    /// The last day to answer as printed on the notice. `None` when it lay beyond the calendar then known.
    pub due: Option<NaiveDate>,
    /// The day everything asked for was in.
    pub answered_on: Option<NaiveDate>,
    /// The day it was found that nothing had come in time.
    pub lapsed_on: Option<NaiveDate>,
}

coded! {
    /// Why an application is not accepted.
    NonAcceptanceGround in "ground" {
        /// 依法不需要取得行政许可 (32.1.1).
        NotNeeded = "not-needed",
        /// 依法不属于本行政机关职权范围 (32.1.2); says where to go.
        OutOfCompetence = "out-of-competence",
        /// 补正后仍不齐全或者不符合法定形式: only after a correction notice.
        StillIncomplete = "still-incomplete",
    }
}

/// Refusal to accept (不予受理).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonAcceptance {
    pub on: NaiveDate,
    pub by: OfficerId,
    pub ground: NonAcceptanceGround,
    pub reason: String,
    /// The authority that is competent.
    pub go_to: Option<String>,
}

/// Whether a licence this case consumes is there yet (前置结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prerequisite {
    pub licence: LicenceType,
    /// The day it was there.
    pub met_on: Option<NaiveDate>,
    /// Its number.
    pub number: Option<String>,
}

coded! {
    /// What an officer thinks of the application at a step (办理意见).
    View in "view" {
        /// 同意
        Agree = "agree",
        /// 不同意; says why.
        Disagree = "disagree",
    }
}

/// An officer's opinion at a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    pub view: View,
    /// In the officer's words.
    pub words: String,
}

impl Opinion {
    /// Agreement, with or without words.
    pub fn agree(words: impl Into<String>) -> Self {
        Self { view: View::Agree, words: words.into() }
    }

    /// Disagreement and why.
    pub fn disagree(words: impl Into<String>) -> Self {
        Self { view: View::Disagree, words: words.into() }
    }
}

/// A finished step (办理环节).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDone {
    pub step: String,
    pub on: NaiveDate,
    pub by: OfficerId,
    pub opinion: Opinion,
}

coded! {
    /// What was decided.
    Outcome in "outcome" {
        /// 准予
        Grant = "grant",
        /// 不予
        Refuse = "refuse",
    }
}

/// The decision (行政许可决定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub on: NaiveDate,
    /// Who decided; `None` when nobody did and the law did: renewal by silence (50.2).
    pub by: Option<OfficerId>,
    pub outcome: Outcome,
    /// Never empty for a refusal (38.2).
    pub reason: String,
    /// By whose power, where it is not the authority's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<Power>,
}

/// The licence or document made (出证).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub on: NaiveDate,
    pub by: OfficerId,
    /// Its number.
    pub number: String,
}

coded! {
    /// How a result reaches the applicant (送达方式).
    DeliveryMethod in "delivery" {
        /// 窗口领取
        Window = "window",
        /// 邮政寄递
        Mail = "mail",
        /// 电子送达
        Electronic = "electronic",
    }
}

/// Hand-over (送达); the signature closes the delivery clock (44).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    pub on: NaiveDate,
    /// Who handed it over; `None` when the platform did, electronically.
    pub by: Option<OfficerId>,
    pub how: DeliveryMethod,
    /// Who signed for it.
    pub to: String,
}

/// Withdrawal by the applicant (撤回申请).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub on: NaiveDate,
    pub reason: String,
}

/// Termination (终止): the licence this case consumes will not come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminated {
    pub on: NaiveDate,
    pub licence: LicenceType,
}

//! The forms (文书格式), each with the facts it cannot do without. What is not an `Option` must be there, and blank
//! words and empty lists count as missing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One form with its facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Form {
    /// 材料接收凭证
    Receipt { channel: String, received_on: NaiveDate, reply_by: Option<NaiveDate>, papers: Vec<Paper> },
    /// 受理通知书
    Acceptance {
        received_on: NaiveDate,
        accepted_on: NaiveDate,
        deemed: bool,
        statutory: String,
        promise: String,
        due: Option<NaiveDate>,
    },
    /// 补正告知书: all at once, each line with reason, basis and how to mend it. `days` is printed where the last day
    /// lies beyond the known calendar.
    Correction { received_on: NaiveDate, items: Vec<CorrectionLine>, due: Option<NaiveDate>, days: u32 },
    /// 不受理告知书: the matter needs no licence.
    NotNeeded { received_on: NaiveDate, reason: String, go_to: Option<String> },
    /// 不予受理通知书: `ground` is `out-of-competence` or `still-incomplete`.
    NonAcceptance { received_on: NaiveDate, ground: String, reason: String, go_to: Option<String> },
    /// 特别程序告知书
    SpecialProcedure {
        procedure: String,
        reason: String,
        basis: String,
        begins_on: NaiveDate,
        takes: String,
        until: Option<NaiveDate>,
    },
    /// 缴费通知书
    Fee { lines: Vec<FeeLine>, total_fen: i64, due: NaiveDate, how: String },
    /// 准予决定书
    Grant {
        received_on: NaiveDate,
        accepted_on: NaiveDate,
        basis: String,
        reason: Option<String>,
        result: Option<String>,
        validity: Option<String>,
        delivery: String,
    },
    /// 不予决定书
    Refusal { received_on: NaiveDate, accepted_on: NaiveDate, basis: String, reason: String },
    /// 送达回证
    DeliveryReceipt {
        how: String,
        delivered_on: NaiveDate,
        place: String,
        documents: Vec<Document>,
        signed_by: String,
        relation: String,
        servers: Vec<String>,
        note: Option<String>,
    },
    /// 综合窗口受理交接单
    WindowTransfer {
        accepted_on: NaiveDate,
        due: Option<NaiveDate>,
        from: String,
        to: String,
        handed_by: String,
        papers: Vec<Paper>,
    },
    /// 办结证件交接单
    ResultTransfer { from: String, to: String, how: String, handed_by: String, results: Vec<Document> },
    /// 邮递地址确认单
    MailAddress { recipient: String, phone: String, address: String },
    /// 延期告知书
    Extension {
        accepted_on: NaiveDate,
        reason: String,
        /// `None` beyond the calendar; then `why_no_day` says why.
        was_due: Option<NaiveDate>,
        days: u32,
        now_due: Option<NaiveDate>,
        #[serde(default)]
        why_no_day: Option<String>,
        approved_by: String,
    },
    /// 听证告知书: the right to a hearing, and until when to ask for it.
    Hearing { reason: String, on_application: bool, request_by: Option<NaiveDate> },
    /// 听证通知书: when and where it is held.
    HearingSession {
        reason: String,
        held_at: String,
        place: String,
        /// 听证主持人; notices issued before it was kept have none.
        #[serde(default)]
        presider: Option<String>,
    },
    /// 容缺受理承诺书
    TolerantPromise { papers: Vec<PaperDue> },
    /// 告知承诺书
    Commitment { basis: String, clauses: Vec<String>, evidence_due: Option<String> },
    /// 准予撤回申请通知书
    Withdrawal { received_on: NaiveDate, withdrawn_on: NaiveDate, reason: Option<String> },
    /// 终止办理通知书
    Termination { received_on: NaiveDate, reason: String, basis: String },
    /// 撤销决定书
    Revocation(Undoing),
    /// 注销决定书
    Cancellation(Undoing),
}

impl Form {
    /// Its word in files and rows: `delivery-receipt`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Receipt { .. } => "receipt",
            Self::Acceptance { .. } => "acceptance",
            Self::Correction { .. } => "correction",
            Self::NotNeeded { .. } => "not-needed",
            Self::NonAcceptance { .. } => "non-acceptance",
            Self::SpecialProcedure { .. } => "special-procedure",
            Self::Fee { .. } => "fee",
            Self::Grant { .. } => "grant",
            Self::Refusal { .. } => "refusal",
            Self::DeliveryReceipt { .. } => "delivery-receipt",
            Self::WindowTransfer { .. } => "window-transfer",
            Self::ResultTransfer { .. } => "result-transfer",
            Self::MailAddress { .. } => "mail-address",
            Self::Extension { .. } => "extension",
            Self::Hearing { .. } => "hearing",
            Self::HearingSession { .. } => "hearing-session",
            Self::TolerantPromise { .. } => "tolerant-promise",
            Self::Commitment { .. } => "commitment",
            Self::Withdrawal { .. } => "withdrawal",
            Self::Termination { .. } => "termination",
            Self::Revocation(_) => "revocation",
            Self::Cancellation(_) => "cancellation",
        }
    }
}

/// What ends a licence that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoing {
    /// What is ended, as the item calls it.
    pub result: String,
    /// Its number, where it has one.
    pub number: Option<String>,
    /// The ground in the words of the law.
    pub ground: String,
    /// 《中华人民共和国行政许可法》第六十九条第二款
    pub basis: String,
    /// Facts and reasons.
    pub reason: String,
}

/// A paper on a list (材料).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub name: String,
    /// 电子件, 纸质, 免提交（证照库核验）.
    #[serde(rename = "form")]
    pub handed_in_as: String,
    /// The items it is for.
    #[serde(rename = "use")]
    pub used_for: String,
}

/// A paper that may follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperDue {
    pub name: String,
    /// In words where the calendar does not reach the day: so many working days, and why no date is printed.
    #[serde(default)]
    pub due_words: Option<String>,
    pub due: Option<NaiveDate>,
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionLine {
    pub name: String,
    pub reason: String,
    /// The law or the line of the guide.
    pub basis: String,
    pub mend: String,
}

/// One fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    pub name: String,
    pub standard: String,
    pub basis: String,
    pub fen: i64,
}

/// A document or licence by name and number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub name: String,
    pub number: String,
}

//! A case as it is when it is read to be handed over: plain values, whole, in clear.

use catalog::model::{ApplyVia, Audience, Handling};
use chrono::{NaiveDate, NaiveDateTime};
use kernel::id::CaseId;

use super::words::{Deed, GetWay, IdKind, ResultWord, SpecialWord};

/// An accepted case.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedCase {
    pub case: CaseId,
    /// 办件编号
    pub project_no: String,
    /// 业务办理项编码: credit code 18, level 1, basic code 12, serial 2.
    pub item_code: String,
    pub item_name: String,
    pub item_version: u32,
    /// 办理摘要
    pub summary: String,
    pub handling: Handling,
    pub applicant: Party,
    pub contact: Contact,
    /// 法定代表人
    pub legal: Option<String>,
    pub applied_on: NaiveDate,
    pub via: ApplyVia,
    pub accepted_on: NaiveDate,
    /// 受理文书编号
    pub acceptance_number: Option<String>,
    pub due_on: Option<NaiveDate>,
    /// 受理部门
    pub office: Office,
    /// 受理人员
    pub accepted_by: Option<String>,
    pub papers: Vec<PaperValues>,
    /// 环节, in order.
    pub processes: Vec<ProcessValues>,
    pub specials: Vec<SpecialValues>,
    pub ended: Option<Ended>,
    /// The licence that stands by the case.
    pub licence: Option<LicenceValues>,
}

/// Who applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    pub kind: Audience,
    pub id: IdKind,
    /// The whole number; empty of somebody on no register.
    pub number: String,
    pub address: Option<String>,
}

/// Who is asked back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub mobile: Option<String>,
    pub id: Option<(IdKind, String)>,
}

/// An authority.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    pub name: String,
    /// 统一社会信用代码
    pub code: String,
}

/// A paper that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperValues {
    /// Names it within the case.
    pub id: String,
    pub name: String,
    pub file_name: Option<String>,
    pub way: GetWay,
    pub copies: u32,
}

/// A step that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessValues {
    /// Names it within the case.
    pub id: String,
    pub name: String,
    pub deed: Deed,
    pub began_at: NaiveDateTime,
    pub ended_at: NaiveDateTime,
    pub by: String,
    /// What the officer said; where nothing was said, the deed speaks.
    pub words: String,
}

/// What stopped or stretched the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialValues {
    /// Names it within the case.
    pub id: String,
    pub word: SpecialWord,
    /// As the item calls it; where it calls it nothing, as everybody does.
    pub name: Option<String>,
    pub reason: String,
    pub began_on: NaiveDate,
    /// The day it ended, or the last day it may last.
    pub until: Option<NaiveDate>,
    pub result: Option<String>,
    pub by: Option<String>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub on: NaiveDate,
    pub word: ResultWord,
    pub reason: Option<String>,
    pub result_name: Option<String>,
    pub result_number: Option<String>,
    pub by_mail: bool,
    pub by: Option<String>,
}

/// A licence in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceValues {
    /// 电子证照标识
    pub mark: String,
    pub name: String,
    pub number: String,
    pub type_code: String,
    pub holder: String,
    pub holder_number: String,
    pub holder_id: IdKind,
    /// 区划代码 of who issued it.
    pub area: String,
    pub issuer: Office,
    pub issued_on: NaiveDate,
}

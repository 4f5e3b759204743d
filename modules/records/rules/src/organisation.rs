//! Organisations (法人和其他组织), as the register of market entities (法人库) knows them.

use catalog::ids::AuthorityId;
use chrono::NaiveDate;
use kernel::codes::CreditCode;
use kernel::id::SubjectId;
use serde::{Deserialize, Serialize};

use kernel::coded;

coded! {
    /// 经营主体类型; the codes are the values of the element `org_form`.
    OrgForm in "records.form" {
        /// 个体工商户
        Individual = "individual",
        /// 有限责任公司
        Company = "company",
        /// 个人独资企业
        Sole = "sole",
    }

    /// 登记状态.
    OrgStatus in "records.org-status" {
        /// 存续
        Active = "active",
        /// 注销
        Cancelled = "cancelled",
        /// 吊销
        Revoked = "revoked",
    }
}

impl OrgForm {
    /// The first two characters of its credit code (GB 32100-2015): registered by market supervision (9),
    /// enterprise (1) or individual business (2).
    pub fn credit_code_class(self) -> &'static str {
        match self {
            Self::Individual => "92",
            Self::Company | Self::Sole => "91",
        }
    }
}

/// One organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    pub subject: SubjectId,
    pub credit_code: CreditCode,
    pub name: String,
    pub form: OrgForm,
    /// 法定代表人（经营者、负责人）.
    pub legal_rep: SubjectId,
    pub legal_rep_name: String,
    /// Region code of the place of registration, as the regions file writes it.
    pub region: String,
    /// 登记住所（经营场所）.
    pub address: String,
    /// 登记经营范围, in words.
    pub scope: String,
    /// 注册资本（资金数额）, in 万元.
    pub capital: Option<f64>,
    pub registered_on: NaiveDate,
    /// 登记机关.
    pub registrar: AuthorityId,
    pub status: OrgStatus,
    pub as_of: NaiveDate,
}

//! What an applicant may have to hand in, what a licence is, and the small corpus of law that citations resolve to.

use chrono::NaiveDate;
use kernel::limit::Period;
use serde::{Deserialize, Serialize};

use super::print::LicencePrint;
use crate::ids::{AuthorityId, LawName, LicenceTypeId, MaterialId};
use crate::words;

words! {
    /// 材料来源渠道.
    Issuer {
        Own = "self" "申请人自备",
        Government = "government" "政府部门核发",
        Other = "other" "其他",
    }
}

/// A canonical material (规范材料): one meaning, however each authority words it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Material {
    pub id: MaterialId,
    pub name: String,
    /// Other wordings that mean the same.
    pub aliases: Vec<String>,
    pub issuer: Issuer,
    pub issuing_authority: Option<AuthorityId>,
    /// The licence type that proves it, so that a licence on file stands for the paper.
    pub licence: Option<LicenceTypeId>,
    /// The verification interface that proves it.
    pub check: Option<String>,
    /// A filled-in example, in words (示例样表).
    pub sample: Option<String>,
    pub help: Option<String>,
}

words! {
    /// Whom a licence belongs to (持证主体).
    LicenceHolder {
        Person = "person" "自然人",
        Organisation = "organisation" "法人和其他组织",
        Premises = "premises" "场所",
    }
}

/// A type of licence (证照类型).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LicenceType {
    pub id: LicenceTypeId,
    pub name: String,
    /// 证照类型代码 of the catalogue of e-licences, such as `11100000MB0143028R032`.
    pub type_code: String,
    pub holder: LicenceHolder,
    pub authority: AuthorityId,
    /// None: valid until revoked (长期).
    pub valid: Option<Period>,
    pub template: Option<String>,
    /// What it says beside number, holder and days (照面信息), by the names a `source.field` may have.
    #[serde(default)]
    pub fields: Vec<String>,
    /// How it is printed (证照样式); without it, by the general template: everything it says, in the order of the dictionary.
    #[serde(default)]
    pub print: Option<LicencePrint>,
}

words! {
    /// 效力级别.
    LawLevel {
        Law = "law" "法律",
        Regulation = "regulation" "行政法规或地方性法规",
        Rule = "rule" "规章",
        Normative = "normative" "规范性文件",
    }
}

/// One article of a law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// As printed, such as 第四条.
    pub no: String,
    pub text: String,
}

/// A law of the corpus. Only the articles the catalogue cites need be here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Law {
    pub name: LawName,
    pub level: LawLevel,
    /// The day this text took effect (施行日期).
    pub effective: NaiveDate,
    pub articles: Vec<Article>,
}

impl Law {
    /// The article of that number, if the corpus holds it.
    pub fn article(&self, no: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.no == no)
    }
}

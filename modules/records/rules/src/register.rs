//! Registers: who answers for a datum (数源). One datum has one source; everybody else reads it with that name beside it.

use chrono::NaiveDate;
use kernel::value::Value;
use serde::{Deserialize, Serialize};

use kernel::coded;

coded! {
    /// The register a value comes from; the applicant reads its name beside the field.
    Register in "records.source" {
        /// 公安人口库
        Population = "population",
        /// 实名认证信息
        Identity = "identity",
        /// 联系方式 given and confirmed by the person on the platform
        Contact = "contact",
        /// 婚姻登记库
        Marriage = "marriage",
        /// 生育登记库
        Fertility = "fertility",
        /// 社会保险库
        SocialInsurance = "social-insurance",
        /// 就业失业库
        Employment = "employment",
        /// 基本医疗保险库
        MedicalInsurance = "medical-insurance",
        /// 市场主体库
        MarketEntities = "market-entities",
        /// 电子证照库
        Licences = "licences",
    }
}

/// One datum about a subject that has no column of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Field name of the element dictionary's sources, such as `unemployment_months`.
    pub field: String,
    pub value: Value,
    pub register: Register,
    /// The day the register said so.
    pub as_of: NaiveDate,
}

//! Residents (自然人), as the population register (人口库) knows them.

use chrono::NaiveDate;
use kernel::codes::{CitizenId, Sex};
use kernel::id::SubjectId;
use serde::{Deserialize, Serialize};

use kernel::coded;

coded! {
    /// 婚姻状况, the classes of GB/T 2261.2 that matter here.
    Marital in "records.marital" {
        /// 未婚
        Single = "single",
        /// 已婚
        Married = "married",
        /// 丧偶
        Widowed = "widowed",
        /// 离婚
        Divorced = "divorced",
    }

    /// 与户主关系, the classes of GB/T 4761 that the district's households need.
    HouseholdRelation in "records.relation" {
        /// 户主
        Head = "head",
        /// 配偶
        Spouse = "spouse",
        /// 子女
        Child = "child",
        /// 父母（含岳父母、公婆）
        Parent = "parent",
        /// 孙子女、外孙子女
        Grandchild = "grandchild",
        /// 其他
        Other = "other",
    }

    /// Where a row about a resident comes from.
    Origin in "records.origin" {
        /// The population register (人口库).
        Register = "register",
        /// Only the identity provider's word at sign-in (实名认证): name and number, nothing else is known.
        Identity = "identity",
    }
}

/// One resident. Birthday and sex are in the number and kept nowhere else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resident {
    pub subject: SubjectId,
    pub citizen_id: CitizenId,
    pub name: String,
    /// 民族, such as 汉族.
    pub nation: Option<String>,
    pub mobile: Option<String>,
    /// Region code of the registered residence (户籍所在地), as the regions file writes it.
    pub hukou_region: Option<String>,
    /// 户籍登记住址.
    pub hukou_address: Option<String>,
    /// Region code of where the person lives.
    pub region: Option<String>,
    /// 现居住地址.
    pub address: Option<String>,
    /// 户号: those with the same one share a household register.
    pub household: Option<String>,
    pub relation: Option<HouseholdRelation>,
    pub marital: Option<Marital>,
    pub spouse: Option<SubjectId>,
    /// 结婚登记日期.
    pub married_on: Option<NaiveDate>,
    pub mother: Option<SubjectId>,
    pub father: Option<SubjectId>,
    pub died_on: Option<NaiveDate>,
    pub origin: Origin,
    /// The day the register said so.
    pub as_of: NaiveDate,
}

impl Resident {
    /// Somebody of whom the identity provider knows name and number, and the registers nothing.
    pub fn of_identity(subject: SubjectId, citizen_id: CitizenId, name: impl Into<String>, today: NaiveDate) -> Self {
        Self {
            subject,
            citizen_id,
            name: name.into(),
            nation: None,
            mobile: None,
            hukou_region: None,
            hukou_address: None,
            region: None,
            address: None,
            household: None,
            relation: None,
            marital: None,
            spouse: None,
            married_on: None,
            mother: None,
            father: None,
            died_on: None,
            origin: Origin::Identity,
            as_of: today,
        }
    }

    /// Completed years (周岁) on a day.
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        kernel::day::age_on(self.citizen_id.birth(), day)
    }

    /// As the number tells it.
    pub fn sex(&self) -> Sex {
        self.citizen_id.sex()
    }

    /// The region the person belongs to for questions of competence: where they live, else where they are registered.
    pub fn home_region(&self) -> Option<&str> {
        self.region.as_deref().or(self.hukou_region.as_deref())
    }
}

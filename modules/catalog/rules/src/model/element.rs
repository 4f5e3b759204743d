//! Data elements (数据元): what a form field means, wherever it is asked, and the one source of its value (一数一源).

use kernel::value::ValueKind;
use serde::{Deserialize, Serialize};

use crate::ids::{AuthorityId, ElementCode};
use crate::words;

words! {
    /// What values an element takes.
    ElementKind {
        Text = "text" "文本",
        Number = "number" "数值",
        Bool = "bool" "是否",
        Date = "date" "日期",
        Choice = "choice" "单选",
        Multi = "multi" "多选",
        CitizenId = "citizen-id" "公民身份号码",
        CreditCode = "credit-code" "统一社会信用代码",
        Phone = "phone" "电话号码",
        Region = "region" "行政区划",
        Email = "email" "电子邮箱",
        Address = "address" "地址",
    }
}

impl ElementKind {
    /// How its values are held.
    pub fn value_kind(self) -> ValueKind {
        match self {
            Self::Number => ValueKind::Number,
            Self::Bool => ValueKind::Bool,
            Self::Date => ValueKind::Date,
            Self::Multi => ValueKind::List,
            _ => ValueKind::Text,
        }
    }

    /// Whether the element must name its values.
    pub fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Multi)
    }
}

/// One value of a choice, and what people read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

words! {
    /// Trust in a source, A strongest (国办函〔2016〕108号 grades reused material A to D; a source we prefill from is A, B or C).
    Trust {
        A = "A" "A级",
        B = "B" "B级",
        C = "C" "C级",
    }
}

/// Where the value of an element is known already (数源).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactSource {
    /// `resident`, `organisation`, or `licence:<licence type>`.
    pub resource: String,
    /// Field of that resource.
    pub field: String,
    /// The authority that answers for it (数源部门).
    pub authority: AuthorityId,
    pub trust: Trust,
}

impl FactSource {
    /// The licence type, if the value comes from a licence on file.
    pub fn licence(&self) -> Option<&str> {
        self.resource.strip_prefix("licence:")
    }
}

/// What the registers keep about a resident, by the name a `source.field` has; with `spouse_` before it, about the spouse.
pub const RESIDENT_FIELDS: [&str; 12] = [
    "name",
    "id",
    "gender",
    "birth",
    "nation",
    "hukou_address",
    "hukou_region",
    "address",
    "region",
    "mobile",
    "married",
    "marriage_date",
];
/// What is counted on the applicant's own record only.
pub const APPLICANT_FIELDS: [&str; 1] = ["children"];
/// Facts that other authorities report about residents (业务库).
pub const FACT_FIELDS: [&str; 6] = [
    "employer",
    "last_employer",
    "employment_ended_on",
    "unemployment_months",
    "job_seeking_count",
    "medical_insurance",
];
/// What the register of market entities keeps about an organisation.
pub const ORGANISATION_FIELDS: [&str; 9] =
    ["name", "credit_code", "form", "legal_rep", "address", "region", "scope", "capital", "registered_on"];
/// What every licence on file says; what else its type says is declared with the type.
pub const LICENCE_FIELDS: [&str; 5] = ["number", "mark", "holder", "issued_on", "valid_to"];

words! {
    /// How one element follows from another.
    How {
        BirthDate = "birth-date" "由公民身份号码得出出生日期",
        Sex = "sex" "由公民身份号码得出性别",
        Postcode = "postcode" "由地址得出邮政编码",
        Region = "region" "由地址得出所在区划",
        Registration = "registration" "登记后自动带入",
    }
}

/// How an element follows from another, such as a birth date from an ID number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    pub from: ElementCode,
    pub how: How,
}

/// A data element.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Element {
    pub code: ElementCode,
    pub name: String,
    pub kind: ElementKind,
    /// Unit of a number, such as 平方米.
    pub unit: Option<String>,
    pub options: Vec<Choice>,
    /// Lower bound of a number.
    pub min: Option<f64>,
    /// Upper bound of a number, or the greatest number of characters of a text.
    pub max: Option<f64>,
    pub help: Option<String>,
    pub sample: Option<String>,
    /// Section of the form: person, organisation, place, business, agent, delivery, child, …
    pub group: String,
    pub source: Option<FactSource>,
    pub derived: Option<Derivation>,
}

impl Element {
    /// The words for one of its values, or the value itself when it has none.
    pub fn label_of<'a>(&'a self, value: &'a str) -> &'a str {
        self.options.iter().find(|choice| choice.value == value).map_or(value, |choice| &choice.label)
    }
}

//! What an application holds besides its cases: who applies, how, and what was filled in.

use chrono::NaiveDate;
use kernel::id::SubjectId;
use kernel::value::Value;
use serde::{Deserialize, Serialize};

use casework::DeliveryMethod;

catalog::words! {
    /// How the application came in (申请渠道).
    Channel {
        Online = "online" "网上申请",
        Window = "window" "窗口申请",
    }
}

impl Channel {
    /// The channel of that word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.word() == word)
    }
}

/// Who applies (申请人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    pub subject: SubjectId,
    pub name: String,
    /// The whole number; only its masked form is kept here.
    pub citizen_id: Option<String>,
    pub phone: Option<String>,
}

/// Who acts for the applicant (代理人).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The agent as a resident, where known; such an agent follows the application like the applicant.
    pub subject: Option<SubjectId>,
    pub name: String,
    pub phone: Option<String>,
}

/// How the applicant wants the results (取件方式).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub method: DeliveryMethod,
    /// Who receives; the applicant where nobody is named.
    pub recipient: Option<String>,
    pub phone: Option<String>,
    /// Postal address, for mail.
    pub address: Option<String>,
}

/// Where the value of a field came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Origin {
    /// A register or a licence on file, named as people read it: 公安人口库.
    Record { source: String, authority: Option<String>, as_of: Option<NaiveDate> },
    /// The answer to a question of the theme.
    Answered,
    /// It follows from another field.
    Derived,
    /// The applicant typed it.
    Typed,
    /// The result of an earlier item of the same application (内部流转), by that item's name.
    Carried { item: String },
}

impl Origin {
    /// The word in JSON.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Record { .. } => "record",
            Self::Answered => "answered",
            Self::Derived => "derived",
            Self::Typed => "typed",
            Self::Carried { .. } => "carried",
        }
    }
}

/// One field of the form, filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormEntry {
    pub value: Value,
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_entry_comes_back_from_json() {
        let source = Origin::Record { source: "公安人口库".into(), authority: None, as_of: None };
        for origin in [source, Origin::Typed, Origin::Carried { item: "个体工商户设立登记".into() }] {
            let entry = FormEntry { value: Value::from("张三"), origin };
            let text = serde_json::to_string(&entry).unwrap();
            assert_eq!(serde_json::from_str::<FormEntry>(&text).unwrap(), entry);
            assert!(text.contains(entry.origin.word()), "{text}");
        }
    }
}

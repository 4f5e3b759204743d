//! A notice: what all forms say at their head, and the form.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::form::Form;

/// A notice with all its facts. It is kept as it was issued: what is printed again years later says the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub head: Head,
    pub form: Form,
}

/// What every form says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The authority that issues it, in full (机关全称).
    pub authority: String,
    pub applicant: String,
    /// Masked, as every printed copy shows it: 4406**********2011.
    pub id_number: Option<String>,
    /// The item's name, or the theme's for what concerns the whole application.
    pub matter: String,
    /// 事项编码; none for the whole application.
    pub item_code: Option<String>,
    /// 办件编号, or 申办编号 for the whole application.
    pub case_number: String,
    /// What kind of power the item is: it says 准予许可, 准予备案, 予以确认.
    pub power: Power,
    /// The day it is issued (成文日期).
    pub on: NaiveDate,
    /// 经办人.
    pub handler: Option<String>,
    /// Where to ask.
    pub phone: Option<String>,
    /// Where to turn against it (救济途径); forms that owe it are refused without.
    pub remedy: Option<Remedy>,
}

/// Where to turn against a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// 行政复议机关.
    pub review: String,
    /// 人民法院.
    pub court: String,
}

/// The kinds of items (事项类型), as far as a document words them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    Licence,
    Payment,
    Confirmation,
    Reward,
    Ruling,
    Filing,
    Other,
    PublicService,
}

impl Power {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Licence,
        Self::Payment,
        Self::Confirmation,
        Self::Reward,
        Self::Ruling,
        Self::Filing,
        Self::Other,
        Self::PublicService,
    ];

    /// The word in files: `public-service`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::Payment => "payment",
            Self::Confirmation => "confirmation",
            Self::Reward => "reward",
            Self::Ruling => "ruling",
            Self::Filing => "filing",
            Self::Other => "other",
            Self::PublicService => "public-service",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

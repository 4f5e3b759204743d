//! What is known about an applicant before the first question: facts with their sources, and licences on file.

use catalog::ids::{AuthorityId, ElementCode, LicenceTypeId};
use catalog::model::{HolderRole, Trust};
use chrono::NaiveDate;
use kernel::codes::{CreditCode, LicenceMark};
use kernel::id::{LicenceId, SubjectId};
use kernel::value::{Facts, Value};
use serde::{Deserialize, Serialize};

use crate::register::Register;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub register: Register,
    /// The authority that answers for it (数源部门).
    pub authority: AuthorityId,
    pub trust: Trust,
    pub as_of: NaiveDate,
}

impl Source {
    /// The key of the register's name in the text files: `records.source.population`.
    pub fn text_key(&self) -> &'static str {
        self.register.text_key()
    }
}

/// One value that need not be typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownFact {
    pub element: ElementCode,
    pub value: Value,
    /// Of a value that follows from another: the source of that other.
    pub source: Source,
    /// The element it follows from (推算), when no register says it itself.
    pub derived_from: Option<ElementCode>,
}

/// A licence in force that is on file, and who of the matter it speaks about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldLicence {
    pub id: LicenceId,
    pub licence: LicenceTypeId,
    pub number: String,
    pub mark: LicenceMark,
    pub holder: SubjectId,
    pub holder_name: String,
    /// The roles its holder plays in a matter opened by the applicant. Never an agent's or an employee's.
    pub roles: Vec<HolderRole>,
    pub place: Option<String>,
    pub issued_by: AuthorityId,
    pub issued_on: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

/// An organisation the applicant represents, to choose from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganisationBrief {
    pub subject: SubjectId,
    pub credit_code: CreditCode,
    pub name: String,
}

/// Everything known about one applicant. Empty for somebody who has not signed in or is on no register.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// In the order of the element dictionary.
    pub facts: Vec<KnownFact>,
    pub licences: Vec<HeldLicence>,
    /// The organisations in being that the applicant represents.
    pub organisations: Vec<OrganisationBrief>,
    /// The one for which facts and licences above speak, if any.
    pub organisation: Option<SubjectId>,
}

impl Known {
    /// Nothing known: every field is typed, every paper handed in.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// The fact about one element.
    pub fn fact(&self, element: &str) -> Option<&KnownFact> {
        self.facts.iter().find(|fact| fact.element == *element)
    }

    /// The values alone, as conditions read them.
    pub fn values(&self) -> Facts {
        self.facts.iter().map(|fact| (fact.element.to_string(), fact.value.clone())).collect()
    }

    /// The licence of that type on file for the one who plays this role.
    pub fn licence(&self, licence: &str, role: HolderRole) -> Option<&HeldLicence> {
        self.licences.iter().find(|held| held.licence == *licence && held.roles.contains(&role))
    }

    /// Whether one is on file.
    pub fn holds(&self, licence: &str, role: HolderRole) -> bool {
        self.licence(licence, role).is_some()
    }

    /// The licence that proves a canonical material (规范材料) of that role, so that it need not be handed in.
    pub fn proof(&self, material: &catalog::model::Material, role: HolderRole) -> Option<&HeldLicence> {
        self.licence(material.licence.as_ref()?, role)
    }
}

//! What is known about the applicant before the first question: facts with their sources, and licences on file.
//!
//! Whoever calls fetches it from the records with a purpose; nothing here looks anything up.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalog::ids::{ElementCode, LicenceTypeId};
use catalog::model::{HolderRole, Trust};
use kernel::value::Value;

/// One value that need not be typed, and who answers for it (一数一源).
#[derive(Debug, Clone, PartialEq)]
pub struct KnownFact {
    pub value: Value,
    /// As the applicant reads it beside the field, such as 区公安分局人口库.
    pub source: Arc<str>,
    pub trust: Trust,
}

/// A licence in force that is on file (电子证照).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLicence {
    pub licence: LicenceTypeId,
    /// Whose it is, by the role that one plays in the matter.
    pub holder: HolderRole,
}

/// Facts and licences of one applicant. Empty for somebody who has not signed in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    facts: BTreeMap<ElementCode, KnownFact>,
    licences: Vec<HeldLicence>,
}

/// The roles an applicant plays: whoever opens a shop is applicant, operator and, of a company, legal representative;
/// the shop is theirs, and so is the firm. Matters of a newborn are opened by the mother. Agents, spouses, children and
/// staff are other people.
pub const OWN_ROLES: [HolderRole; 7] = [
    HolderRole::Applicant,
    HolderRole::Operator,
    HolderRole::LegalRepresentative,
    HolderRole::Manager,
    HolderRole::Organisation,
    HolderRole::Premises,
    HolderRole::Mother,
];

impl Known {
    /// Nothing known: every field is typed, every paper handed in.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Adds a fact; a later one about the same element replaces it.
    pub fn learn(&mut self, element: impl Into<ElementCode>, fact: KnownFact) {
        self.facts.insert(element.into(), fact);
    }

    /// Adds a licence of the applicant, in every role that is the applicant's own.
    pub fn hold(&mut self, licence: impl Into<LicenceTypeId>) {
        let licence = licence.into();
        for holder in OWN_ROLES {
            self.hold_as(licence.clone(), holder);
        }
    }

    /// Adds a licence of the one who plays this role: the child's birth certificate, the mother's ID card.
    pub fn hold_as(&mut self, licence: impl Into<LicenceTypeId>, holder: HolderRole) {
        let held = HeldLicence { licence: licence.into(), holder };
        if !self.licences.contains(&held) {
            self.licences.push(held);
        }
    }

    /// All facts, by element.
    pub fn facts(&self) -> impl Iterator<Item = (&ElementCode, &KnownFact)> {
        self.facts.iter()
    }

    /// The fact about one element.
    pub fn fact(&self, element: &str) -> Option<&KnownFact> {
        self.facts.get(element)
    }

    /// Whether the one in that role has a licence of that type on file.
    pub fn holds(&self, licence: &LicenceTypeId, holder: HolderRole) -> bool {
        self.licences.iter().any(|held| held.holder == holder && held.licence == *licence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_applicants_card_is_not_the_agents() {
        let mut known = Known::nothing();
        known.hold("id-card");
        let card = LicenceTypeId::from("id-card");
        assert!(known.holds(&card, HolderRole::Operator));
        assert!(!known.holds(&card, HolderRole::Agent));
        assert!(!known.holds(&card, HolderRole::Spouse));
        known.hold_as("id-card", HolderRole::Agent);
        assert!(known.holds(&card, HolderRole::Agent));
    }
}

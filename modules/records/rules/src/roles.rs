//! Which roles of a matter somebody's papers speak for (材料持有人角色).

use catalog::model::{HolderRole, LicenceHolder};
use kernel::codes::Sex;

use crate::licence::Licence;
use crate::person::{HouseholdRelation, Resident};

/// The roles an applicant plays: whoever opens a shop is applicant, operator and, of a company, legal representative.
/// In matters of a birth she is the mother or he the father; a head of household is that too.
pub fn own_roles(resident: &Resident) -> Vec<HolderRole> {
    let mut roles =
        vec![HolderRole::Applicant, HolderRole::Operator, HolderRole::LegalRepresentative, HolderRole::Manager];
    roles.push(parent(resident.sex()));
    if resident.relation == Some(HouseholdRelation::Head) {
        roles.push(HolderRole::Household);
    }
    roles
}

/// The roles of the applicant's husband or wife.
pub fn spouse_roles(spouse: &Resident) -> Vec<HolderRole> {
    vec![HolderRole::Spouse, parent(spouse.sex())]
}

fn parent(sex: Sex) -> HolderRole {
    match sex {
        Sex::Female => HolderRole::Mother,
        Sex::Male => HolderRole::Father,
    }
}

/// The roles for which a licence on a person's record speaks.
pub(crate) fn of_person(licence: &Licence, roles: &[HolderRole]) -> Vec<HolderRole> {
    match licence.kind {
        LicenceHolder::Premises if licence.is_for_business() => vec![HolderRole::Premises],
        LicenceHolder::Premises => Vec::new(),
        LicenceHolder::Person | LicenceHolder::Organisation => roles.iter().copied().chain(licence.about).collect(),
    }
}

/// The roles for which a licence on an organisation's record speaks.
pub(crate) fn of_organisation(licence: &Licence) -> Vec<HolderRole> {
    match licence.kind {
        LicenceHolder::Premises if licence.is_for_business() => vec![HolderRole::Premises],
        LicenceHolder::Premises => Vec::new(),
        LicenceHolder::Person | LicenceHolder::Organisation => vec![HolderRole::Organisation],
    }
}

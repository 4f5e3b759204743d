//! A newborn's page of the household register makes it a resident with a number (人口库).

use catalog::model::Authority;
use kernel::codes::{CitizenId, Sex};
use kernel::id::SubjectId;
use kernel::refusal::Refusal;
use platform::{Fault, Tx};
use records::registration::NewChild;
use records::{HouseholdRelation, Marital, Origin, Resident, numbering};

use crate::store::resident;

/// Numbers asked for in one question.
const NUMBERS_AT_ONCE: usize = 20;

/// Adds the child to the household of the parent it follows, with the next free number of its birthday.
///
/// # Errors
/// `records.citizen-ids-used-up`.
pub(super) async fn register_child(
    tx: &Tx,
    child: NewChild,
    applicant: &Resident,
    registrar: &Authority,
) -> Result<Resident, Fault> {
    let spouse = match applicant.spouse {
        Some(spouse) => resident::resident_find(tx.conn(), spouse).await?,
        None => None,
    };
    let (mother, father) = match applicant.sex() {
        Sex::Female => (Some(applicant), spouse.as_ref()),
        Sex::Male => (spouse.as_ref(), Some(applicant)),
    };
    let followed = if child.follows_father { father } else { mother }.unwrap_or(applicant);
    let citizen_id = next_number(tx, &child, registrar).await?;
    let subject = tx.new_id::<SubjectId>();
    let newborn = Resident {
        nation: child.nation.or_else(|| followed.nation.clone()),
        hukou_region: followed.hukou_region.clone(),
        hukou_address: followed.hukou_address.clone(),
        region: followed.region.clone(),
        address: followed.address.clone(),
        household: followed.household.clone(),
        relation: Some(HouseholdRelation::Child),
        marital: Some(Marital::Single),
        mother: mother.map(|one| one.subject),
        father: father.map(|one| one.subject),
        origin: Origin::Register,
        ..Resident::of_identity(subject, citizen_id, child.name, tx.today())
    };
    resident::resident_insert(tx.conn(), std::slice::from_ref(&newborn)).await?;
    Ok(newborn)
}

async fn next_number(tx: &Tx, child: &NewChild, registrar: &Authority) -> Result<CitizenId, Fault> {
    let area = numbering::division(registrar);
    let male = child.sex == Sex::Male;
    let numbers: Vec<CitizenId> = numbering::CITIZEN_SERIALS
        .filter(|serial| (serial % 2 == 1) == male)
        .filter_map(|serial| numbering::citizen_id(&area, child.born_on, serial))
        .collect();
    // The register is sealed, so it is asked number by number; few children of one area share a birthday.
    for some in numbers.chunks(NUMBERS_AT_ONCE) {
        let taken = resident::resident_numbers(tx.conn(), some).await?;
        if let Some(free) = some.iter().find(|number| !taken.contains(number)) {
            return Ok(free.clone());
        }
    }
    Err(Refusal::new("records.citizen-ids-used-up", "ask-steward").into())
}

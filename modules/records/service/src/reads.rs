//! What others ask of the records. Every read of a person names its purpose, is allowed or refused, and is put on record.

use access_service::Visit;
use catalog::Catalog;
use chrono::NaiveDate;
use kernel::codes::CitizenId;
use kernel::id::{LicenceId, SubjectId};
use platform::sealed::Sealing;
use platform::{Fault, Tx};
use records::acts::{READ_LOOKUPS, READ_OWN, READ_PERSON};
use records::{About, Known, Licence, Organisation, OrganisationOnFile, Purpose, Resident, SpouseOnFile};

use crate::acts::LicenceUse;
use crate::certificate::Certificate;
use crate::lookup::{self, Lookup};
use crate::store::{self, breach, fact, licence as licences, organisation, resident};

/// The resident with this citizen ID number, if the registers know one. Asking for a number nobody has is not a look at anybody.
pub async fn person_by_citizen_id(
    visit: &Visit,
    citizen_id: &CitizenId,
    purpose: &Purpose,
) -> Result<Option<Resident>, Fault> {
    let Some(found) = resident::resident_by_citizen_id(visit.world.db.reader(), citizen_id).await? else {
        return Ok(None);
    };
    look(visit, &found, purpose).await?;
    Ok(Some(found))
}

/// The resident.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn person(visit: &Visit, subject: SubjectId, purpose: &Purpose) -> Result<Resident, Fault> {
    let found = find(visit.world.db.reader(), subject).await?;
    look(visit, &found, purpose).await?;
    Ok(found)
}

/// What the records know about an applicant, element by element, with the licences in force; see [`records::know`].
///
/// `organisation` is the one the matter is for; without it, the only one the applicant represents, if there is exactly
/// one. A subject on no register is nobody known, not a fault: such people fill in everything themselves.
///
/// # Errors
/// [`Fault::NotAllowed`], also for an organisation that the applicant does not represent.
pub async fn known(
    visit: &Visit,
    catalog: &Catalog,
    subject: SubjectId,
    organisation: Option<SubjectId>,
    purpose: &Purpose,
) -> Result<Known, Fault> {
    let Some(about) = gather(visit.world.db.reader(), subject, organisation).await? else {
        return Ok(Known::nothing());
    };
    allow(visit, &about.resident, purpose)?;
    lookup::note(visit, looks(visit, &about, purpose)).await?;
    Ok(records::know(&catalog.elements, &about, visit.today()))
}

/// The same within an act: the look commits with it.
pub async fn known_in(
    tx: &Tx,
    visit: &Visit,
    catalog: &Catalog,
    subject: SubjectId,
    organisation: Option<SubjectId>,
    purpose: &Purpose,
) -> Result<Known, Fault> {
    let Some(about) = gather(tx.conn(), subject, organisation).await? else {
        return Ok(Known::nothing());
    };
    allow(visit, &about.resident, purpose)?;
    lookup::note_in(tx, visit, &looks(visit, &about, purpose)).await?;
    Ok(records::know(&catalog.elements, &about, tx.today()))
}

/// The same for an act that has shown what is known already, and now only writes down what of it was used.
pub async fn on_file(
    tx: &Tx,
    catalog: &Catalog,
    subject: SubjectId,
    organisation: Option<SubjectId>,
) -> Result<Known, Fault> {
    let about = gather(tx.conn(), subject, organisation).await?;
    Ok(about.map_or_else(Known::nothing, |about| records::know(&catalog.elements, &about, tx.today())))
}

/// All licences of a resident and of the organisations the resident represents, the ended too, newest first.
pub async fn licences_of(visit: &Visit, subject: SubjectId, purpose: &Purpose) -> Result<Vec<Licence>, Fault> {
    let reader = visit.world.db.reader();
    person(visit, subject, purpose).await?;
    let firms = organisation::organisation_list(reader, subject).await?;
    let holders: Vec<SubjectId> = std::iter::once(subject).chain(firms.iter().map(|firm| firm.subject)).collect();
    licences::licence_list(reader, &holders).await
}

/// One licence. The look is at the resident who holds it, or who represents the organisation that does.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn licence(visit: &Visit, id: LicenceId, purpose: &Purpose) -> Result<Licence, Fault> {
    let reader = visit.world.db.reader();
    let found = licences::licence_find(reader, id).await?.ok_or(Fault::NotFound)?;
    look(visit, &behind(visit, &found).await?, purpose).await?;
    Ok(found)
}

/// The resident behind a licence: who holds it, or represents the organisation that does.
pub(crate) async fn behind(visit: &Visit, licence: &Licence) -> Result<Resident, Fault> {
    let reader = visit.world.db.reader();
    let firm = organisation::organisation_find(reader, licence.holder).await?;
    find(reader, firm.map_or(licence.holder, |firm| firm.legal_rep)).await
}

/// What a licence was used for, newest first: for its holder.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn uses_of(visit: &Visit, id: LicenceId, most: u64) -> Result<Vec<LicenceUse>, Fault> {
    licence(visit, id, &Purpose::of(records::Why::OwnRecord)).await?;
    store::licence_use::use_list(visit.world.db.reader(), id, most).await
}

/// The copies the holder made of a licence, newest first.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn copies_of(visit: &Visit, id: LicenceId) -> Result<Vec<Certificate>, Fault> {
    licence(visit, id, &Purpose::of(records::Why::OwnRecord)).await?;
    let all = store::certificate::certificate_list(visit.world.db.reader(), id).await?;
    Ok(all.into_iter().filter(|one| one.copy.is_some()).collect())
}

/// The organisations a resident represents, oldest first.
pub async fn organisations_of(
    visit: &Visit,
    subject: SubjectId,
    purpose: &Purpose,
) -> Result<Vec<Organisation>, Fault> {
    person(visit, subject, purpose).await?;
    organisation::organisation_list(visit.world.db.reader(), subject).await
}

/// A licence of that type in force for an applicant or one of the applicant's organisations, asked within an act: what a
/// case consumes may have been there before the application.
pub async fn licence_in_force(
    tx: &Tx,
    applicant: SubjectId,
    organisation: Option<SubjectId>,
    licence: &str,
) -> Result<Option<Licence>, Fault> {
    let holders: Vec<SubjectId> = std::iter::once(applicant).chain(organisation).collect();
    let held = licences::licence_list(tx.conn(), &holders).await?;
    Ok(held.into_iter().find(|one| one.licence == *licence && one.speaks_on(tx.today())))
}

/// The licences of that type that an applicant or one of the applicant's organisations has or had, newest first, asked
/// within an act: which of them is to be renewed, the applicant says.
pub async fn licences_ever(
    tx: &Tx,
    applicant: SubjectId,
    organisation: Option<SubjectId>,
    licence: &str,
) -> Result<Vec<Licence>, Fault> {
    let holders: Vec<SubjectId> = std::iter::once(applicant).chain(organisation).collect();
    let held = licences::licence_list(tx.conn(), &holders).await?;
    Ok(held.into_iter().filter(|one| one.licence == *licence).collect())
}

/// The item whose commitment one of these subjects broke and has not repaired, and the day it was found; asked by an act
/// that is about to take another commitment of theirs.
pub async fn standing_breach(on: &impl Sealing, subjects: &[SubjectId]) -> Result<Option<(String, NaiveDate)>, Fault> {
    let found = breach::breach_standing(on, subjects).await?;
    Ok(found.map(|row| (row.item, row.found_on)))
}

/// Who looked at a resident's record, newest first: for the resident, and for supervision.
pub async fn lookups_of(visit: &Visit, subject: SubjectId, most: u64) -> Result<Vec<Lookup>, Fault> {
    let reader = visit.world.db.reader();
    let found = find(reader, subject).await?;
    visit.allow(READ_LOOKUPS, &Purpose::of(records::Why::OwnRecord).resource(&found))?;
    store::lookup::lookup_list(reader, subject, most).await
}

pub(crate) async fn find(on: &impl Sealing, subject: SubjectId) -> Result<Resident, Fault> {
    resident::resident_find(on, subject).await?.ok_or(Fault::NotFound)
}

async fn look(visit: &Visit, found: &Resident, purpose: &Purpose) -> Result<(), Fault> {
    allow(visit, found, purpose)?;
    lookup::note(visit, vec![lookup::look(visit, found.subject, purpose)]).await
}

fn allow(visit: &Visit, found: &Resident, purpose: &Purpose) -> Result<(), Fault> {
    let own = visit.actor.subject() == Some(found.subject.to_string().as_str());
    visit.allow(if own { READ_OWN } else { READ_PERSON }, &purpose.resource(found))
}

fn looks(visit: &Visit, about: &About, purpose: &Purpose) -> Vec<Lookup> {
    let spouse = about.spouse.as_ref().map(|spouse| spouse.resident.subject);
    std::iter::once(about.resident.subject).chain(spouse).map(|subject| lookup::look(visit, subject, purpose)).collect()
}

async fn gather(
    on: &impl Sealing,
    subject: SubjectId,
    organisation: Option<SubjectId>,
) -> Result<Option<About>, Fault> {
    let Some(found) = resident::resident_find(on, subject).await? else { return Ok(None) };
    let organisations = organisation::organisation_list(on, subject).await?;
    let chosen = match organisation.or_else(|| About::only_organisation(&organisations)) {
        Some(chosen) => Some(organisations.iter().find(|one| one.subject == chosen).ok_or(Fault::NotAllowed)?.clone()),
        None => None,
    };
    let spouse = match found.spouse {
        Some(spouse) => resident::resident_find(on, spouse).await?,
        None => None,
    };
    let holders = [Some(subject), spouse.as_ref().map(|one| one.subject), chosen.as_ref().map(|one| one.subject)];
    let holders: Vec<SubjectId> = holders.into_iter().flatten().collect();
    let held = licences::licence_list(on, &holders).await?;
    let of = |holder: SubjectId| held.iter().filter(|one| one.holder == holder).cloned().collect::<Vec<_>>();
    let spouse = match spouse {
        Some(resident) => {
            let facts = fact::fact_list(on, resident.subject).await?;
            Some(SpouseOnFile { facts, licences: of(resident.subject), resident })
        }
        None => None,
    };
    Ok(Some(About {
        facts: fact::fact_list(on, subject).await?,
        licences: of(subject),
        children: resident::resident_children(on, subject).await?,
        spouse,
        organisation: chosen.map(|one| OrganisationOnFile { licences: of(one.subject), organisation: one }),
        organisations,
        resident: found,
    }))
}

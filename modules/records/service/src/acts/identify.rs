//! Who is this? Name and number checked against the population register, at sign-in and at the window (实名核验).

use access_service::Visit;
use kernel::codes::CitizenId;
use kernel::id::SubjectId;
use kernel::refusal::Refusal;
use platform::Fault;
use records::acts::READ_PERSON;
use records::{Purpose, Resident, Why};

use crate::lookup;
use crate::store::resident;

/// Longest name a record holds; the longest on an ID card is far shorter.
const NAME_CHARS_MAX: usize = 64;

/// The resident of that name and number. Somebody the register does not know, from another province, gets a record with
/// name and number only, because the one who asks has proof of identity: the provider's answer, or the card on the desk.
///
/// Called without a session at sign-in (the purpose says so), or by a clerk for the person at the window.
///
/// # Errors
/// `records.name-mismatch`; `records.deceased`; [`Fault::Invalid`] of field `name`, `required` or `too-long`; [`Fault::NotAllowed`].
pub async fn identify(visit: &Visit, citizen_id: &CitizenId, name: &str, purpose: &Purpose) -> Result<Resident, Fault> {
    let name = name.trim();
    match name.chars().count() {
        0 => return Err(Fault::field("name", "required")),
        1..=NAME_CHARS_MAX => {}
        _ => return Err(Fault::field("name", "too-long")),
    }
    let found = match resident::resident_by_citizen_id(visit.world.db.reader(), citizen_id).await? {
        Some(known) => known,
        None => meet(visit, citizen_id, name, purpose).await?,
    };
    allow(visit, &found, purpose)?;
    if found.name != name {
        // The same words whether the number is somebody else's or the name is misspelt: neither is ours to tell.
        return Err(Refusal::new("records.name-mismatch", "check-identity").into());
    }
    if found.died_on.is_some() {
        return Err(Refusal::new("records.deceased", "go-to-window").into());
    }
    let mut look = lookup::look(visit, found.subject, purpose);
    if purpose.why == Why::SignIn {
        (look.actor, look.actor_name) = (found.subject.to_string(), found.name.clone());
    }
    lookup::note(visit, vec![look]).await?;
    Ok(found)
}

/// Puts somebody on record whom the registers do not know.
async fn meet(visit: &Visit, citizen_id: &CitizenId, name: &str, purpose: &Purpose) -> Result<Resident, Fault> {
    visit
        .world
        .db
        .write(None, async |tx| {
            // Two sign-ins at the same moment meet the same person.
            if let Some(known) = resident::resident_by_citizen_id(tx.conn(), citizen_id).await? {
                return Ok(known);
            }
            let fresh = Resident::of_identity(tx.new_id::<SubjectId>(), citizen_id.clone(), name, tx.today());
            allow(visit, &fresh, purpose)?;
            resident::resident_insert(tx.conn(), std::slice::from_ref(&fresh)).await?;
            Ok(fresh)
        })
        .await
}

/// Signing in is how one becomes somebody who may; everybody else needs to be allowed already.
fn allow(visit: &Visit, found: &Resident, purpose: &Purpose) -> Result<(), Fault> {
    if purpose.why == Why::SignIn {
        return Ok(());
    }
    visit.allow(READ_PERSON, &purpose.resource(found))
}

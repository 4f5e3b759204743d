//! Who looked at whom, when and why. Written with every read; the person concerned can see it. Pages turned again are one
//! look: for residents within the hour, for officers with the same matter on the same day.

use access::Role;
use access_service::Visit;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::clock::china_day;
use platform::{Fault, Tx};
use records::{Purpose, Why};
use sm3::{Digest, Sm3};
use uuid::Uuid;

use crate::store::lookup;

/// One look at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// Nil before it is on record.
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// Account of staff, subject of a resident, `system`.
    pub actor: String,
    pub actor_name: String,
    /// Authority and posts of a member of staff: what the person concerned is told instead of the name.
    pub authority: Option<String>,
    pub posts: Vec<Role>,
    pub subject: SubjectId,
    pub why: Why,
    /// Theme or item.
    pub matter: Option<String>,
    pub application: Option<ApplicationId>,
    pub case: Option<CaseId>,
}

/// People who fill in a form of their own turn many pages; within this time their look at themselves is one look.
const OWN_LOOK: TimeDelta = TimeDelta::hours(1);

/// The look of this visit at this subject.
pub(crate) fn look(visit: &Visit, subject: SubjectId, purpose: &Purpose) -> Lookup {
    Lookup {
        id: Uuid::nil(),
        authority: visit.actor.authority().map(str::to_owned),
        posts: Role::ALL.into_iter().filter(|role| visit.actor.has_role(*role)).collect(),
        at: visit.world.clock.now_utc(),
        actor: visit.actor.id.clone(),
        actor_name: visit.actor.name.clone(),
        subject,
        why: purpose.why,
        matter: purpose.matter.clone(),
        application: purpose.application,
        case: purpose.case,
    }
}

/// Puts looks on record in a transaction of their own.
pub(crate) async fn note(visit: &Visit, lookups: Vec<Lookup>) -> Result<(), Fault> {
    let lookups = fresh(visit, lookups).await?;
    if lookups.is_empty() {
        return Ok(());
    }
    let lookups = &lookups;
    visit.world.db.write(None, async |tx| note_in(&tx, visit, lookups).await).await
}

/// Puts looks on record in the transaction of an act.
pub(crate) async fn note_in(tx: &Tx, visit: &Visit, lookups: &[Lookup]) -> Result<(), Fault> {
    lookup::lookup_insert(tx.conn(), lookups, |look| id_of(visit, look).unwrap_or_else(|| tx.new_uuid())).await
}

/// Leaves out what is on record already: what a resident has looked at for the same reason just now, and an officer for
/// the same matter today.
async fn fresh(visit: &Visit, lookups: Vec<Lookup>) -> Result<Vec<Lookup>, Fault> {
    let (reader, is_resident) = (visit.world.db.reader(), visit.actor.subject().is_some());
    let mut kept = Vec::with_capacity(lookups.len());
    for one in lookups {
        let known = match id_of(visit, &one) {
            Some(id) => lookup::lookup_find(reader, id).await?,
            None if is_resident => lookup::lookup_since(reader, &one, one.at - OWN_LOOK).await?.is_some(),
            None => false,
        };
        if !known {
            kept.push(one);
        }
    }
    Ok(kept)
}

/// What an officer's look is known by: officer, person, reason, matter and day, so that two pages opened at once are one
/// look too. Looking somebody up without a matter at hand counts each time.
fn id_of(visit: &Visit, look: &Lookup) -> Option<Uuid> {
    let has_matter = look.matter.is_some() || look.application.is_some() || look.case.is_some();
    if !visit.actor.is_staff() || !has_matter {
        return None;
    }
    let mut sm3 = Sm3::new();
    let day = china_day(look.at).to_string();
    let (application, case) = (look.application.map(|id| id.to_string()), look.case.map(|id| id.to_string()));
    for part in [
        "records look 1",
        &look.actor,
        &look.subject.to_string(),
        look.why.code(),
        look.matter.as_deref().unwrap_or_default(),
        application.as_deref().unwrap_or_default(),
        case.as_deref().unwrap_or_default(),
        &day,
    ] {
        sm3.update((part.len() as u64).to_be_bytes());
        sm3.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&sm3.finalize()[..16]);
    Some(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

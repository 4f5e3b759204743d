//! Who looked at whom, when and why. Written with every read; the person concerned can see it.

use access_service::Visit;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::{Fault, Tx};
use records::{Purpose, Why};

use crate::store::lookup;

/// One look at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    pub at: DateTime<Utc>,
    /// Account of staff, subject of a resident, `system`.
    pub actor: String,
    pub actor_name: String,
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
    visit.world.db.write(None, async |tx| note_in(&tx, lookups).await).await
}

/// Puts looks on record in the transaction of an act.
pub(crate) async fn note_in(tx: &Tx, lookups: &[Lookup]) -> Result<(), Fault> {
    lookup::lookup_insert(tx.conn(), lookups, || tx.new_uuid()).await
}

/// Leaves out what a resident has looked at for the same reason just now.
async fn fresh(visit: &Visit, lookups: Vec<Lookup>) -> Result<Vec<Lookup>, Fault> {
    if visit.actor.subject().is_none() {
        return Ok(lookups);
    }
    let mut kept = Vec::with_capacity(lookups.len());
    for one in lookups {
        if lookup::lookup_since(visit.world.db.reader(), &one, one.at - OWN_LOOK).await?.is_none() {
            kept.push(one);
        }
    }
    Ok(kept)
}

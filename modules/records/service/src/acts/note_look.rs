//! Somebody opens what another module keeps about a person: a look like any other (个人信息保护法第五十一条、第五十四条).

use access_service::Visit;
use kernel::id::SubjectId;
use platform::Fault;
use records::Purpose;

use crate::lookup;

/// Puts on record that this member of staff has opened something about this person: one look for each officer, matter and
/// day. Whether they may is the asking module's to know, which has let them in already.
pub async fn note_look(visit: &Visit, subject: SubjectId, purpose: &Purpose) -> Result<(), Fault> {
    if !visit.actor.is_staff() {
        return Ok(());
    }
    lookup::note(visit, vec![lookup::look(visit, subject, purpose)]).await
}

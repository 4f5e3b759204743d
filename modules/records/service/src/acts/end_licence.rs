//! Ends a licence before its term (注销、撤销、吊销).

use kernel::id::LicenceId;
use platform::{Fault, JournalEntry, Tx};
use records::Ended;
use serde_json::json;

use crate::store::licence;

/// Ends it as of today. The row stays: what was once in force can always be shown.
///
/// # Errors
/// [`Fault::NotFound`] when there is none; [`Fault::Conflict`] when it has ended already.
pub async fn end_licence(tx: &Tx, id: LicenceId, how: Ended) -> Result<(), Fault> {
    licence::licence_find(tx.conn(), id).await?.ok_or(Fault::NotFound)?;
    if !licence::licence_end(tx.conn(), id, tx.today(), how).await? {
        return Err(Fault::Conflict);
    }
    on_record(tx, ENDED, id, &json!({ "how": how }));
    Ok(())
}

/// The record of one licence: it was issued, it ended. Each licence has a chain of its own; who decided it stands on the
/// chain of the application.
pub(super) const ISSUED: &str = "records.licence-issued";
pub(super) const ENDED: &str = "records.licence-ended";

/// Puts an event of the register on the licence's chain.
pub(super) fn on_record(tx: &Tx, act: &'static str, id: LicenceId, facts: &serde_json::Value) {
    tx.record(JournalEntry::new(id, "records", act, id).holding(facts));
}

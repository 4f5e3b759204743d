//! Ends a licence before its term (注销、撤销、吊销).

use kernel::id::LicenceId;
use platform::{Fault, Tx};
use records::Ended;

use crate::store::licence;

/// Ends it as of today. The row stays: what was once in force can always be shown.
///
/// # Errors
/// [`Fault::NotFound`] when there is none; [`Fault::Conflict`] when it has ended already.
pub async fn end_licence(tx: &Tx, id: LicenceId, how: Ended) -> Result<(), Fault> {
    licence::licence_find(tx.conn(), id).await?.ok_or(Fault::NotFound)?;
    if licence::licence_end(tx.conn(), id, tx.today(), how).await? { Ok(()) } else { Err(Fault::Conflict) }
}

//! 已读: one message, or all that were there when the page was shown.

use access_service::Visit;
use messages::acts::MARK_READ;
use platform::Fault;
use uuid::Uuid;

use super::{of_person, own};
use crate::store::message::{Which, message_find, message_read};

/// Marks one as read. Reading it again changes nothing.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn mark_read(visit: &Visit, id: Uuid) -> Result<(), Fault> {
    mark(visit, Which::One(id)).await
}

/// Marks all as read up to the newest that the person has seen.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::NotFound`] when that is not one of the person's.
pub async fn mark_all_read(visit: &Visit, newest: Uuid) -> Result<(), Fault> {
    let person = own(visit)?;
    let newest = message_find(visit.world.db.reader(), newest).await?;
    let newest = newest.filter(|row| row.subject == person.uuid()).ok_or(Fault::NotFound)?;
    mark(visit, Which::UpTo(newest.at)).await
}

async fn mark(visit: &Visit, which: Which) -> Result<(), Fault> {
    let person = own(visit)?;
    visit.allow(MARK_READ, &of_person(person))?;
    visit.write(None, async |tx| message_read(tx.conn(), person, which, tx.now()).await.map(|_| ())).await
}

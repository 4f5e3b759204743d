//! 入账: money came, as the gateway says, by itself or when asked.

use fees::{EntryKind, Received, Settled, receive};
use platform::{Fault, World};

use super::change::change;
use crate::store::{book, order};
use crate::{OrderId, jobs};

/// Books it once, however often and in whatever order it is told. A callback that names another amount is not believed:
/// the gateway is asked.
///
/// # Errors
/// [`Fault::NotFound`] for an order that is not ours; [`Fault::Conflict`] for a payment that stands under another order.
pub async fn take_payment(world: &World, number: &str, received: Received) -> Result<(), Fault> {
    let received = &received;
    let work = async |tx: platform::Tx| {
        let row = order::order_lock(tx.conn(), tx.engine(), number).await?.ok_or(Fault::NotFound)?;
        match receive(&row.order()?, received, tx.now()) {
            Settled::Events(events) if events.is_empty() => Ok(()),
            Settled::Events(events) => {
                if book::entry_is_there(tx.conn(), EntryKind::Payment, &received.transaction).await? {
                    return Err(Fault::Conflict);
                }
                change(&tx, &row, &events, "system").await
            }
            Settled::Doubtful => {
                tracing::warn!(number, "a callback names another amount; the gateway is asked");
                tx.schedule(jobs::asking_now(OrderId::from_uuid(row.id)));
                Ok(())
            }
        }
    };
    world.db.write(None, work).await
}

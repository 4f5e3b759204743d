//! 退费到账: the gateway has given money back.

use chrono::{DateTime, Utc};
use platform::{Fault, World};

use super::change::change;
use crate::store::order;

/// Books it once.
pub(crate) async fn note_refunded(world: &World, number: &str, refund: &str, at: DateTime<Utc>) -> Result<(), Fault> {
    let work = async |tx: platform::Tx| {
        let row = order::order_lock(tx.conn(), tx.engine(), number).await?.ok_or(Fault::NotFound)?;
        change(&tx, &row, &fees::refunded(&row.order()?, refund, at), "system").await
    };
    world.db.write(None, work).await
}

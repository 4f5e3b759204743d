//! The gateway has made the order: where it is paid.

use platform::{Fault, World};

use crate::OrderId;
use crate::store::order::order_pay_url;

/// Notes the pay page. Not on the record: it moves no money and says nothing about the case.
pub(crate) async fn note_made(world: &World, id: OrderId, url: &str) -> Result<(), Fault> {
    let work = async |tx: platform::Tx| order_pay_url(tx.conn(), id, url).await;
    world.db.write(None, work).await
}

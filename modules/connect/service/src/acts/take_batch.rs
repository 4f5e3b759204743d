//! The file of a batch is taken: written wherever it is wanted, and then written down who took it first.

use std::io::{Seek, Write};

use access_service::Visit;
use connect::acts::TAKE_BATCH;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;

use super::CHAIN;
use crate::connectors::current;
use crate::exchange::{resource, write};
use crate::store::exchange_batch::{Model, batch_find, batch_handed};

/// Writes the zip of a batch. Nothing is written down yet: who could not keep it has not taken it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn write_batch<W: Write + Seek + Send>(visit: &Visit, number: &str, to: W) -> Result<W, Fault> {
    write(&visit.world, &find(visit, number).await?, to).await
}

/// Writes down that the file of a batch was taken.
///
/// # Errors
/// As [`write_batch`].
pub async fn take_batch(visit: &Visit, key: Option<&RequestKey>, number: &str) -> Result<(), Fault> {
    let batch = &find(visit, number).await?;
    visit
        .write(key, async |tx| {
            batch_handed(tx.conn(), batch.id, &visit.actor.id, tx.now()).await?;
            let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, TAKE_BATCH.name(), number);
            tx.record(entry.holding(&json!({ "cases": batch.cases })));
            Ok(())
        })
        .await
}

async fn find(visit: &Visit, number: &str) -> Result<Model, Fault> {
    let shelf = current(&visit.world)?;
    visit.allow(TAKE_BATCH, &resource(&shelf))?;
    batch_find(visit.world.db.reader(), number).await?.ok_or(Fault::NotFound)
}

//! 对账: the gateway's statement of a day beside our book.

use chrono::NaiveDate;
use fees::{DifferenceKind, Entry, EntryKind, reconcile};
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, World};
use serde_json::json;

use crate::store::difference::{self, statement};
use crate::store::{book, order};
use crate::{OrderId, jobs};

/// The chain of what concerns no application.
pub(super) const CHAIN: &str = "fees";

/// Compares and keeps what differs. Done again for the same day it finds the same, and adds nothing twice. A payment of
/// which only the gateway knows is asked about, so that the payer need not wait for us.
pub async fn take_statement(world: &World, day: NaiveDate, theirs: &[Entry]) -> Result<(), Fault> {
    let work = async |tx: platform::Tx| {
        let ours = book::entry_list(tx.conn(), day).await?;
        let found = reconcile(&ours, theirs);
        let mut fresh = 0;
        for one in &found {
            let row = difference::Model {
                id: tx.new_uuid(),
                day,
                kind: one.kind.word().to_owned(),
                entry: one.entry.word().to_owned(),
                number: one.order.clone(),
                reference: one.transaction.clone(),
                ours_fen: one.ours_fen,
                theirs_fen: one.theirs_fen,
                found_at: tx.now(),
                resolved_at: None,
                resolved_by: None,
                resolved_by_name: None,
                note: None,
            };
            fresh += usize::from(difference::difference_insert(tx.conn(), row).await?);
            if one.kind == DifferenceKind::TheirsOnly
                && one.entry == EntryKind::Payment
                && let Some(row) = order::order_by_number(tx.conn(), &one.order).await?
            {
                tx.schedule(jobs::asking_now(OrderId::from_uuid(row.id)));
            }
        }
        let sum = |kind| theirs.iter().filter(|entry| entry.kind == kind).map(|entry| entry.fen).sum();
        let row = statement::Model {
            day,
            fetched_at: tx.now(),
            entries: i32::try_from(theirs.len()).map_err(Fault::internal)?,
            paid_fen: sum(EntryKind::Payment),
            refunded_fen: sum(EntryKind::Refund),
            differences: i32::try_from(found.len()).map_err(Fault::internal)?,
        };
        difference::statement_put(tx.conn(), row).await?;
        let facts = json!({ "day": day, "entries": theirs.len(), "differences": found.len(), "new": fresh });
        tx.record(JournalEntry::new(named_chain(CHAIN), "system", "fees.compared", day).holding(&facts));
        Ok(())
    };
    world.db.write(None, work).await
}

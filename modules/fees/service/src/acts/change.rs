//! What every act does to an order that is locked: the facts, the book, the record, the word to those who listen, and the
//! calls that follow.

use fees::{Entry, EntryKind, Event};
use kernel::id::{ApplicationId, CaseId};
use platform::clock::china_day;
use platform::{Fault, JournalEntry, OutboxEvent, Tx};
use serde_json::json;

use crate::store::{book, order};
use crate::{OrderId, jobs};

/// The record and the events bear the same names.
pub(super) fn name(event: &Event) -> &'static str {
    match event {
        Event::Paid(_) => "fees.paid",
        Event::RefundOwed(_) => "fees.refund-owed",
        Event::Refunded { .. } => "fees.refunded",
        Event::Cancelled(_) => "fees.cancelled",
    }
}

/// Carries out these events; `actor` is an account, a person, or the platform.
pub(super) async fn change(tx: &Tx, row: &order::Model, events: &[Event], actor: &str) -> Result<(), Fault> {
    if events.is_empty() {
        return Ok(());
    }
    let before = row.order()?;
    let after = events.iter().fold(before.clone(), fees::apply);
    let id = OrderId::from_uuid(row.id);
    order::order_facts(tx.conn(), row.id, serde_json::to_string(&after)?).await?;
    for event in events {
        if let Some((entry, at)) = movement(row, &after, event) {
            let day = china_day(at);
            let (kind, number) = (entry.kind.word().to_owned(), entry.order);
            let row = book::Model {
                id: tx.new_uuid(),
                kind,
                order_id: row.id,
                number,
                reference: entry.transaction,
                fen: entry.fen,
                day,
                at,
            };
            book::entry_insert(tx.conn(), row).await?;
        }
        if let Event::RefundOwed(refund) = event {
            tx.schedule(jobs::giving_back(id, &refund.number));
        }
        if let Event::Cancelled(_) = event {
            tx.schedule(jobs::closing(id));
        }
        tell(tx, row, (&after, event), actor);
    }
    if before.is_open() && !after.is_open() {
        tx.unschedule(&jobs::ask_key(id)).await?;
    }
    Ok(())
}

fn movement(row: &order::Model, after: &fees::Order, event: &Event) -> Option<(Entry, chrono::DateTime<chrono::Utc>)> {
    let entry = |kind, transaction: &str, fen| Entry {
        kind,
        order: row.number.clone(),
        transaction: transaction.to_owned(),
        fen,
    };
    match event {
        Event::Paid(paid) => Some((entry(EntryKind::Payment, &paid.transaction, paid.fen), paid.at)),
        Event::Refunded { number, at } => {
            let refund = after.refunds.iter().find(|refund| refund.number == *number)?;
            Some((entry(EntryKind::Refund, number, refund.fen), *at))
        }
        Event::RefundOwed(_) | Event::Cancelled(_) => None,
    }
}

fn tell(tx: &Tx, row: &order::Model, (after, event): (&fees::Order, &Event), actor: &str) {
    let id = OrderId::from_uuid(row.id);
    let facts = json!({ "number": row.number, "item": row.item_name, "fen": row.fen, "event": event });
    tx.record(JournalEntry::new(row.application, actor, name(event), id).holding(&facts));
    let (fen, counts) = told(row, after, event);
    let told = json!({
        "application": ApplicationId::from_uuid(row.application), "case": CaseId::from_uuid(row.case_id),
        "number": row.number, "fen": fen, "counts": counts,
    });
    tx.publish(OutboxEvent::new(name(event), id).holding(&told));
}

/// The money an event is about, and whether it settles the order: what comes a second time is on its way back, and nobody
/// shall be thanked for it.
fn told(row: &order::Model, after: &fees::Order, event: &Event) -> (i64, bool) {
    match event {
        Event::Paid(paid) => (paid.fen, paid.counts),
        Event::RefundOwed(refund) => (refund.fen, true),
        Event::Refunded { number, .. } => {
            let refund = after.refunds.iter().find(|refund| refund.number == *number);
            (refund.map_or(row.fen, |refund| refund.fen), true)
        }
        Event::Cancelled(_) => (row.fen, true),
    }
}

//! 外循环: proposals that were approved are held against the catalogue (is it gone from the item?) and against real cases (was
//! it asked for all the same?). Nobody reports this; it is looked up.

use access_service::Visit;
use casework_service::reads::experience;
use catalog_service::Shelf;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::acts::KEEP_PROPOSALS;
use standards::proposal::generate::Found;
use standards::proposal::{Order, Spares, State};
use uuid::Uuid;

use super::make_proposals::found;
use super::settle_proposal::{give, law};
use super::{PROPOSALS, lists};
use crate::store::proposal::{Model, Wanted, proposal_all, proposal_find};

/// What was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watched {
    /// Put into force by a newer version of their items.
    pub updated: usize,
    /// Kept to in every case since.
    pub verified: usize,
    /// Not kept to.
    pub violated: usize,
}

/// Looks at all that are approved and not closed.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::Conflict`] when somebody changes one of them meanwhile.
pub async fn watch_proposals(visit: &Visit, key: Option<&RequestKey>) -> Result<Watched, Fault> {
    visit.allow(KEEP_PROPOSALS, &lists())?;
    let shelf = visit.world.part::<Shelf>();
    let (still, _) = found(visit, &shelf).await?;
    let states = [State::Implementing, State::Updated, State::Verified, State::Violated];
    let rows = proposal_all(visit.world.db.reader(), &Wanted { states: &states, ..Wanted::default() }).await?;
    let mut orders: Vec<(Uuid, Order)> = Vec::new();
    for row in &rows {
        if let Some(order) = order_for(visit, &shelf, row, &still).await? {
            orders.push((row.id, order));
        }
    }
    let law = law(visit)?;
    let (orders, law) = (&orders, &law);
    visit
        .write(key, async |tx| {
            let mut watched = Watched::default();
            for (id, order) in orders {
                let row = proposal_find(tx.conn(), *id, true).await?.ok_or(Fault::NotFound)?;
                match give(&tx, row, order, law, &visit.actor.id, KEEP_PROPOSALS).await? {
                    State::Updated => watched.updated += 1,
                    State::Verified => watched.verified += 1,
                    _ => watched.violated += 1,
                }
            }
            if orders.is_empty() {
                // That somebody looked and found nothing new is worth a line, too.
                let entry = JournalEntry::new(named_chain(PROPOSALS), &visit.actor.id, KEEP_PROPOSALS.name(), "all");
                tx.record(entry.holding(&json!({ "what": "looked" })));
            }
            Ok(watched)
        })
        .await
}

async fn order_for(visit: &Visit, shelf: &Shelf, row: &Model, still: &[Found]) -> Result<Option<Order>, Fault> {
    let Some(item) = shelf.catalog().items.get(row.item.as_str()) else { return Ok(None) };
    if row.state == State::Implementing.code() {
        let asked = still.iter().any(|one| is_same(one, row));
        let newer = i64::from(item.version) > i64::from(row.version);
        return Ok((newer && !asked).then_some(Order::Update { version: item.version }));
    }
    let kind = standards::proposal::Kind::parse(&row.kind);
    // Only of papers can cases tell: a field that is filled in by itself leaves no trace of having been asked.
    if kind.is_none_or(|kind| kind.spares() != Spares::Papers) {
        return Ok((row.state == State::Updated.code()).then(|| Order::Check { violations: Vec::new() }));
    }
    let since = u32::try_from(row.version).map_err(Fault::internal)? + 1;
    let violations = experience::collected(visit, &row.item, since, &row.part).await?;
    let told: standards::proposal::Proposal = serde_json::from_str(&row.body)?;
    let new: Vec<String> = violations.into_iter().filter(|case| !told.violations.contains(case)).collect();
    let is_settled = row.state != State::Updated.code();
    Ok((!new.is_empty() || !is_settled).then_some(Order::Check { violations: new }))
}

fn is_same(one: &Found, row: &Model) -> bool {
    one.kind.code() == row.kind
        && one.target.item == row.item
        && one.target.part.as_deref().unwrap_or_default() == row.part
}

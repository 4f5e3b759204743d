//! 清单随目录更新: what can be applied for is on the lists as the catalogue in force has it, and nothing of it that the
//! catalogue no longer has.

use std::collections::{BTreeMap, HashSet};

use access_service::{Visit, Words};
use catalog::Catalog;
use catalog_service::Shelf;
use kernel::limit::Limit;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry};
use serde_json::json;
use standards::acts::FOLLOW_CATALOGUE;
use standards::{Row, following};
use uuid::Uuid;

use super::settle::{Arriving, identity, settle};
use super::{CHAIN, lists};
use crate::store::row::{Ending, WITHDRAWN, in_force, row_end};

/// What was done, in rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Followed {
    pub added: usize,
    pub changed: usize,
    pub withdrawn: usize,
}

struct Said<'w>(&'w Words);

impl following::Words for Said<'_> {
    fn say(&self, key: &str, facts: &[(&str, &str)]) -> String {
        let facts: BTreeMap<String, String> =
            facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.0.fill(key, &facts)
    }

    fn limit(&self, limit: &Limit) -> String {
        themes::words::limit(*limit)
    }
}

/// The rows that a catalogue implies, in the words of this program: what the lists would say if it were published.
pub fn implied(words: &Words, catalog: &Catalog) -> Vec<Row> {
    following::rows(catalog, &Said(words))
}

/// Has the lists follow; does nothing, and records nothing, when they already say what the catalogue says.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::Conflict`] when somebody else does the same at the same moment.
pub async fn follow_catalogue(visit: &Visit) -> Result<Followed, Fault> {
    visit.allow(FOLLOW_CATALOGUE, &lists())?;
    let (shelf, words) = (visit.world.part::<Shelf>(), visit.world.part::<Words>());
    let rows = implied(&words, shelf.catalog());
    let (rows, release) = (&rows, shelf.release);
    visit
        .write(None, async |tx| {
            let in_force = in_force(tx.conn()).await?;
            let by = visit.actor.name.as_str();
            let arriving = rows.iter().map(|row| Arriving { row, line: None });
            let counts = settle(&tx, &in_force, arriving, (None, by)).await?;
            let said: HashSet<String> = rows.iter().map(identity).collect();
            let gone = in_force.values().filter(|row| row.batch.is_none() && !said.contains(&row.identity));
            let gone: Vec<Uuid> = gone.map(|row| row.id).collect();
            row_end(tx.conn(), &gone, Ending { at: tx.now(), how: WITHDRAWN, by, reason: None }).await?;
            let done = Followed { added: counts.added, changed: counts.changed, withdrawn: gone.len() };
            if done != Followed::default() {
                let entry = JournalEntry::new(named_chain(CHAIN), &visit.actor.id, FOLLOW_CATALOGUE.name(), release);
                let Followed { added, changed, withdrawn } = done;
                tx.record(entry.holding(&json!({ "added": added, "changed": changed, "withdrawn": withdrawn })));
            }
            Ok(done)
        })
        .await
}

//! Loads the sample's people, or any register handed over as a whole.

use platform::{Database, Fault};

use crate::sample::People;
use crate::store::{fact, licence, organisation, resident};

/// Rows of one statement; with twenty columns well below what either engine takes.
const BATCH: usize = 500;

/// Adds everybody in one transaction: all of them, or none. A database that has the first resident already has them all,
/// and nothing is done. Gives how many residents were added.
pub async fn load_people(db: &Database, people: &People) -> Result<usize, Fault> {
    let Some(first) = people.residents.first() else { return Ok(0) };
    if resident::resident_find(db.reader(), first.subject).await?.is_some() {
        return Ok(0);
    }
    db.write(None, async |tx| {
        for batch in people.residents.chunks(BATCH) {
            resident::resident_insert(tx.conn(), batch).await?;
        }
        for batch in people.organisations.chunks(BATCH) {
            organisation::organisation_insert(tx.conn(), batch).await?;
        }
        for batch in people.licences.chunks(BATCH) {
            licence::licence_insert(tx.conn(), batch).await?;
        }
        for batch in people.facts.chunks(BATCH) {
            fact::fact_put(tx.conn(), batch).await?;
        }
        Ok(people.residents.len())
    })
    .await
}

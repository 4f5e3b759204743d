//! What publishing does with rows, whoever has them: new ones are added, changed ones end and go on as the next version,
//! equal ones stay untouched.

use std::collections::HashMap;

use platform::{Fault, Tx};
use sm3::{Digest, Sm3};
use standards::Row;
use uuid::Uuid;

use crate::store::batch::Counts;
use crate::store::row::{CHANGED, Ending, InForce, Model, row_add, row_end};

/// A row on its way to the list.
pub(super) struct Arriving<'r> {
    pub row: &'r Row,
    /// The line of the file it stands in.
    pub line: Option<i32>,
}

/// A row held against what is in force.
pub(crate) struct Weighed<'f> {
    pub identity: String,
    /// The row as it is kept, and the digest of that.
    pub body: String,
    pub digest: String,
    pub fate: Fate<'f>,
}

/// What publishing does with a row.
pub(crate) enum Fate<'f> {
    Added,
    /// It goes on as the next version of this one.
    Changed(&'f InForce),
    Unchanged,
}

impl Counts {
    /// Counts one.
    pub(crate) fn count(&mut self, fate: &Fate<'_>) {
        match fate {
            Fate::Added => self.added += 1,
            Fate::Changed(_) => self.changed += 1,
            Fate::Unchanged => self.unchanged += 1,
        }
    }
}

/// SM3 of what makes two rows the same.
pub(super) fn identity(row: &Row) -> String {
    hex::encode(Sm3::digest(row.identity()))
}

/// Holds a row against what is in force.
pub(crate) fn weigh<'f>(row: &Row, in_force: &'f HashMap<String, InForce>) -> Result<Weighed<'f>, Fault> {
    let identity = identity(row);
    let body = serde_json::to_string(row)?;
    let digest = hex::encode(Sm3::digest(&body));
    let fate = match in_force.get(&identity) {
        None => Fate::Added,
        Some(earlier) if earlier.digest == digest => Fate::Unchanged,
        Some(earlier) => Fate::Changed(earlier),
    };
    Ok(Weighed { identity, body, digest, fate })
}

/// Settles rows against what is in force.
pub(super) async fn settle(
    tx: &Tx,
    in_force: &HashMap<String, InForce>,
    rows: impl Iterator<Item = Arriving<'_>>,
    (batch, by): (Option<Uuid>, &str),
) -> Result<Counts, Fault> {
    let (mut counts, mut fresh, mut over) = (Counts::default(), Vec::new(), Vec::new());
    for Arriving { row, line } in rows {
        let Weighed { identity, body, digest, fate } = weigh(row, in_force)?;
        counts.count(&fate);
        let earlier = match fate {
            Fate::Unchanged => continue,
            Fate::Added => None,
            Fate::Changed(earlier) => Some(earlier),
        };
        over.extend(earlier.map(|earlier| earlier.id));
        fresh.push(Model {
            id: tx.new_uuid(),
            row: earlier.map_or_else(|| tx.new_uuid(), |earlier| earlier.row),
            version: earlier.map_or(1, |earlier| earlier.version + 1),
            list: row.list.code().to_owned(),
            identity,
            digest,
            authority: row.unit.authority.clone(),
            unit: row.unit.name.clone(),
            level: row.level.map(|level| level.word().to_owned()),
            matter: row.matter.map(|matter| matter.code().to_owned()),
            code: row.code.clone(),
            name: row.name.clone(),
            item: row.item.clone(),
            body,
            batch,
            line,
            since: tx.now(),
            published_by: by.to_owned(),
            until: None,
            ended: None,
            reason: None,
            ended_by: None,
        });
    }
    let ending = Ending { at: tx.now(), how: CHANGED, by, reason: None };
    if row_end(tx.conn(), &over, ending).await? != over.len() as u64 {
        return Err(Fault::Conflict);
    }
    row_add(tx.conn(), fresh).await?;
    Ok(counts)
}

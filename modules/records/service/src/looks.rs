//! Who looked at a person, for that person; and what people object to, for the data steward.

use std::collections::BTreeMap;

use access::Resource;
use access_service::Visit;
use chrono::{DateTime, Utc};
use kernel::id::{SubjectId, Uuid};
use platform::Fault;
use records::acts::{ANSWER_OBJECTION, READ_LOOKUPS};
use records::{Purpose, Why};

use crate::lookup::Lookup;
use crate::reads::find;
use crate::store::{lookup, objection};

/// Objections shown to a steward.
const OBJECTIONS_MAX: u64 = 200;

/// An objection to a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    pub id: Uuid,
    pub look: Uuid,
    pub words: String,
    pub made_at: DateTime<Utc>,
    /// The steward's answer, and when it was given.
    pub answer: Option<(String, DateTime<Utc>)>,
}

impl From<objection::Model> for Objection {
    fn from(row: objection::Model) -> Self {
        let answer = row.answer.zip(row.answered_at);
        Self { id: row.id, look: row.look, words: row.words, made_at: row.made_at, answer }
    }
}

/// Looks at a person, a page of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooksPage {
    /// The newest first, each with what was objected.
    pub rows: Vec<(Lookup, Option<Objection>)>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A page of the looks at a resident, those for one reason or all.
///
/// # Errors
/// [`Fault::NotAllowed`]; [`Fault::Invalid`] of `after`.
pub async fn looks(
    visit: &Visit,
    subject: SubjectId,
    why: Option<Why>,
    after: Option<&str>,
    rows: u32,
) -> Result<LooksPage, Fault> {
    let reader = visit.world.db.reader();
    let person = find(reader, subject).await?;
    visit.allow(READ_LOOKUPS, &Purpose::of(Why::OwnRecord).resource(&person))?;
    let after = after.map(key_of).transpose()?;
    let mut found = lookup::lookup_page(reader, subject, why, after, u64::from(rows) + 1).await?;
    let more = found.len() > rows as usize;
    found.truncate(rows as usize);
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.at.timestamp_micros(), last.id));
    let ids: Vec<Uuid> = found.iter().map(|look| look.id).collect();
    let objected = objection::objections_to(reader, &ids).await?;
    let mut objected: BTreeMap<Uuid, Objection> = objected.into_iter().map(|row| (row.look, row.into())).collect();
    let rows = found.into_iter().map(|look| (objected.remove(&look.id), look)).map(|(said, look)| (look, said));
    Ok(LooksPage { rows: rows.collect(), next })
}

/// One look at oneself, to object to it.
///
/// # Errors
/// [`Fault::NotFound`], also for looks at others.
pub async fn own_look(visit: &Visit, id: Uuid) -> Result<(Lookup, Option<Objection>), Fault> {
    let reader = visit.world.db.reader();
    let look = lookup::lookup_get(reader, id).await?.ok_or(Fault::NotFound)?;
    let person = find(reader, look.subject).await?;
    if visit.actor.subject() != Some(person.subject.to_string().as_str()) {
        return Err(Fault::NotFound);
    }
    Ok((look, objection::objection_to(reader, id).await?.map(Objection::from)))
}

/// The objections of the visitor's region with the looks they are about, those without an answer first.
///
/// # Errors
/// [`Fault::NotAllowed`] for whoever is not its data steward.
pub async fn objections(visit: &Visit) -> Result<Vec<(Objection, Lookup)>, Fault> {
    let region = visit.actor.region().ok_or(Fault::NotAllowed)?;
    visit.allow(ANSWER_OBJECTION, &Resource::of("objection").in_region(region))?;
    let reader = visit.world.db.reader();
    let mut found = Vec::new();
    for row in objection::objections_in(reader, region, OBJECTIONS_MAX).await? {
        if let Some(look) = lookup::lookup_get(reader, row.look).await? {
            found.push((Objection::from(row), look));
        }
    }
    Ok(found)
}

fn key_of(after: &str) -> Result<(DateTime<Utc>, Uuid), Fault> {
    let parts = after.split_once('.');
    let key = parts.and_then(|(at, id)| Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?)));
    key.ok_or_else(|| Fault::field("after", "unknown"))
}

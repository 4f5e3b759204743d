//! One act, one file, one transaction.

mod answer_comment;
mod comment;
mod edit_revision;
mod file_request;
mod keep_record;
mod open_revision;
mod order_revision;
mod publish_revision;
mod rebase_revision;
mod remark;
mod settle_request;
mod split_item;

pub use answer_comment::{AnswerComment, answer_comment};
pub use comment::{NewComment, comment};
pub use edit_revision::{Part, drop_edit, edit_file, edit_section, edit_when, stamp, stamp_of_text};
pub use file_request::{NewRequest, REQUEST_CHARS_MAX, file_request};
pub use keep_record::{NewRecord, add_record, copy_item, first_section, remove_record};
pub use open_revision::{OpenRevision, TITLE_CHARS_MAX, open_revision};
pub(crate) use order_revision::CLOSE_CONSULTATION;
pub use order_revision::{REASON_CHARS_MAX, order_revision};
pub use publish_revision::publish_revision;
pub use rebase_revision::{keep_mine, rebase_revision};
pub use remark::{REMARK_CHARS_MAX, remark};
pub use settle_request::settle_request;
pub use split_item::split_item;

use std::collections::BTreeMap;
use std::sync::Arc;

use access::Resource;
use access_service::Visit;
use authoring::candidate::{self, Edit};
use authoring::consultation::OPEN_DAYS;
use authoring::{Event, Ground, Order, State, apply, decide};
use catalog_service::Shelf;
use kernel::limit::Unit;
use kernel::refusal::Refusal;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, Tx};
use serde_json::json;
use sm3::{Digest, Sm3};
use uuid::Uuid;

use crate::checking;
use crate::store::comment::comment_unanswered;
use crate::store::edit::edit_list;
use crate::store::revision::{Model, revision_find, revision_put};

/// The chain on which everything about change requests is recorded; a revision has one of its own.
pub(crate) const REQUESTS: &str = "change-requests";

/// A revision as policies see it.
pub(crate) fn resource(authority: &str) -> Resource {
    let resource = Resource::of("revision");
    if authority.is_empty() { resource } else { resource.of_authority(authority) }
}

/// The revision of that id.
pub(crate) async fn found(visit: &Visit, id: Uuid) -> Result<Model, Fault> {
    revision_find(visit.world.db.reader(), id, false).await?.ok_or(Fault::NotFound)
}

/// What a revision's text is known by: the release below it, every path and every text, each with its length.
pub(crate) fn digest(base: Uuid, edits: &[Edit]) -> String {
    let mut hash = Sm3::new();
    hash.update(base.as_bytes());
    for edit in edits {
        for part in [Some(edit.path.as_str()), edit.text.as_deref()] {
            // A file that is taken away is not an empty one.
            hash.update(part.map_or(u64::MAX, |part| part.len() as u64).to_be_bytes());
            hash.update(part.unwrap_or_default().as_bytes());
        }
    }
    hex::encode(hash.finalize())
}

/// A revision with its text and what it is laid over, as one look found them.
pub(crate) struct Looked {
    pub row: Model,
    pub shelf: Arc<Shelf>,
    pub edits: Vec<Edit>,
    pub digest: String,
}

impl Looked {
    /// Looks at a revision.
    pub(crate) async fn at(visit: &Visit, row: Model) -> Result<Self, Fault> {
        let shelf = visit.world.part::<Shelf>();
        let edits: Vec<Edit> =
            edit_list(visit.world.db.reader(), row.id).await?.iter().map(crate::store::edit::Model::edit).collect();
        let digest = digest(row.base, &edits);
        Ok(Self { row, shelf, edits, digest })
    }

    /// The candidate's texts, by path.
    pub(crate) fn texts(&self) -> BTreeMap<&str, &str> {
        candidate::texts(&self.shelf.files, &self.edits)
    }

    /// Whether its edits differ from the release in force in nothing.
    pub(crate) fn is_empty(&self) -> bool {
        candidate::effective(&self.shelf.files, &self.edits).is_empty()
    }

    /// What an order is weighed on; the check is asked only where it matters.
    pub(crate) async fn ground<'g>(&'g self, visit: &'g Visit, order: &Order) -> Result<Ground<'g>, Fault> {
        let asks_check = matches!(order, Order::Submit { .. } | Order::Publish { .. });
        let (errors, new_warnings) = match asks_check {
            true => candidate::weighed(&checking::examine(&visit.world, &self.shelf, self.row.id, &self.edits).await?),
            false => (0, 0),
        };
        let today = visit.today();
        // Only who sets a last day needs a calendar that reaches so far.
        let earliest_last_day = match order {
            Order::Consult { .. } => self.shelf.calendar.add(today, OPEN_DAYS, Unit::Workday).map_err(Refusal::from)?,
            _ => today,
        };
        let unanswered = comment_unanswered(visit.world.db.reader(), self.row.id).await?;
        Ok(Ground {
            by: &visit.actor.id,
            name: &visit.actor.name,
            today,
            digest: &self.digest,
            is_empty: self.is_empty(),
            errors,
            new_warnings,
            is_current: self.row.base == self.shelf.release,
            earliest_last_day,
            unanswered: usize::try_from(unanswered).unwrap_or(usize::MAX),
        })
    }
}

/// One order on a revision, weighed again on the row that is locked, written and recorded.
pub(crate) async fn give(
    tx: &Tx,
    id: Uuid,
    order: &Order,
    ground: &Ground<'_>,
    act: access::Act,
) -> Result<(State, Vec<Event>), Fault> {
    let mut row = revision_find(tx.conn(), id, true).await?.ok_or(Fault::NotFound)?;
    let facts = row.facts()?;
    let events = decide(&facts, order, ground)?;
    let facts = events.iter().fold(facts, apply);
    let before = row.take(&facts)?;
    // An edit by somebody who wrote in it before changes no fact.
    if before != row.body && !revision_put(tx.conn(), &row, &before).await? {
        return Err(Fault::Conflict);
    }
    let entry = JournalEntry::new(id, ground.by, act.name(), id);
    tx.record(entry.holding(&json!({ "order": order.name(), "events": events, "digest": ground.digest })));
    Ok((facts.state(), events))
}

/// An entry about change requests.
pub(crate) fn request_entry(by: &str, act: access::Act, id: Uuid, facts: &serde_json::Value) -> JournalEntry {
    JournalEntry::new(named_chain(REQUESTS), by, act.name(), id).holding(facts)
}

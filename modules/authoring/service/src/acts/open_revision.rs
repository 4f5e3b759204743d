//! 新建修订稿: for an item, or for a change request that is taken up by it.

use access_service::Visit;
use authoring::Revision;
use authoring::acts::{EDIT_REVISION, SETTLE_REQUEST};
use authoring::request::{self, Order};
use catalog_service::Shelf;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::{request_entry, resource};
use crate::store::request::{request_find, request_put};
use crate::store::revision::{Model, revision_add};

/// Longest title, in characters.
pub const TITLE_CHARS_MAX: u32 = 60;

/// A revision to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenRevision {
    pub title: String,
    /// The item it begins with; its authority is the revision's.
    pub item: Option<String>,
    /// The change request it takes up.
    pub request: Option<Uuid>,
}

/// Opens it; gives its id.
///
/// # Errors
/// [`Fault::Invalid`] of `title`; [`Fault::NotFound`] of an item or request that is not there; refusal
/// `authoring.request-not-now`; [`Fault::NotAllowed`].
pub async fn open_revision(visit: &Visit, key: Option<&RequestKey>, order: OpenRevision) -> Result<Uuid, Fault> {
    let shelf = visit.world.part::<Shelf>();
    let authority = match &order.item {
        Some(item) => shelf.catalog().items.get(item.as_str()).ok_or(Fault::NotFound)?.authority.to_string(),
        None if visit.actor.has_role(access::Role::Standards) => String::new(),
        None => visit.actor.authority().unwrap_or_default().to_owned(),
    };
    visit.allow(EDIT_REVISION, &resource(&authority))?;
    if order.request.is_some() {
        visit.allow(SETTLE_REQUEST, &resource(&authority))?;
    }
    let title = Fault::words("title", &order.title, TITLE_CHARS_MAX)?;
    let facts = Revision::new(visit.today(), &visit.actor.id);
    let (authority, facts, base) = (&authority, &facts, shelf.release);
    visit
        .write(key, async |tx| {
            let id = tx.new_uuid();
            let row = Model {
                id,
                title: title.to_owned(),
                authority: authority.clone(),
                base,
                body: serde_json::to_string(facts)?,
                state: facts.state().code().to_owned(),
                last_day: None,
                opened_at: tx.now(),
                opened_by: visit.actor.name.clone(),
            };
            revision_add(tx.conn(), row).await?;
            if let Some(request) = order.request {
                let mut row = request_find(tx.conn(), request, true).await?.ok_or(Fault::NotFound)?;
                let told = row.facts()?;
                let event = request::decide(&told, &Order::TakeUp { revision: id.to_string() }, tx.today())?;
                let before = row.take(&request::apply(told, &event))?;
                if !request_put(tx.conn(), &row, &before).await? {
                    return Err(Fault::Conflict);
                }
                let told = json!({ "order": "take-up", "event": event });
                tx.record(request_entry(&visit.actor.id, SETTLE_REQUEST, request, &told));
            }
            let entry = JournalEntry::new(id, &visit.actor.id, EDIT_REVISION.name(), id);
            tx.record(entry.holding(&json!({ "order": "open", "title": title, "base": base })));
            Ok(id)
        })
        .await
}

//! 与现行目录对齐: a newer release is in force. Files it did not touch carry over; one changed on both sides somebody looks at first.

use access_service::Visit;
use authoring::Order;
use authoring::acts::EDIT_REVISION;
use authoring::candidate::{conflicts, text_of};
use kernel::refusal::Refusal;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use super::{Looked, found, give, resource};
use crate::store::edit::{edit_list, edit_put};
use crate::store::revision::{revision_find, revision_put};

/// Lays the edits over the release in force.
///
/// # Errors
/// Refusals `authoring.files-in-conflict`, `authoring.not-now`; [`Fault::NotFound`], [`Fault::NotAllowed`], [`Fault::Conflict`].
pub async fn rebase_revision(visit: &Visit, key: Option<&RequestKey>, id: Uuid) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    visit.allow(EDIT_REVISION, &resource(&looked.row.authority))?;
    let both = conflicts(&looked.shelf.files, &looked.edits).len();
    if both > 0 {
        return Err(Refusal::new("authoring.files-in-conflict", "look-at-files").fact("count", both).into());
    }
    let ground = looked.ground(visit, &Order::Edit).await?;
    let (looked, ground) = (&looked, &ground);
    visit
        .write(key, async |tx| {
            give(&tx, id, &Order::Edit, ground, EDIT_REVISION).await?;
            for mut edit in edit_list(tx.conn(), id).await? {
                edit.was = text_of(&looked.shelf.files, &edit.path).map(str::to_owned);
                edit_put(tx.conn(), edit).await?;
            }
            let mut row = revision_find(tx.conn(), id, true).await?.ok_or(Fault::NotFound)?;
            let before = row.body.clone();
            row.base = looked.shelf.release;
            if !revision_put(tx.conn(), &row, &before).await? {
                return Err(Fault::Conflict);
            }
            let entry = JournalEntry::new(id, &visit.actor.id, EDIT_REVISION.name(), id);
            tx.record(entry.holding(&json!({ "order": "rebase", "base": looked.shelf.release })));
            Ok(())
        })
        .await
}

/// 保留本稿: the officer looked at a file that was changed on both sides, and what the revision says counts. What it says must
/// still be a later version than the one in force, which is seen to.
///
/// # Errors
/// Refusal `authoring.not-now`; [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn keep_mine(visit: &Visit, key: Option<&RequestKey>, id: Uuid, path: &str) -> Result<(), Fault> {
    let looked = Looked::at(visit, found(visit, id).await?).await?;
    visit.allow(EDIT_REVISION, &resource(&looked.row.authority))?;
    let ground = looked.ground(visit, &Order::Edit).await?;
    let (looked, ground) = (&looked, &ground);
    visit
        .write(key, async |tx| {
            give(&tx, id, &Order::Edit, ground, EDIT_REVISION).await?;
            let edits = edit_list(tx.conn(), id).await?;
            let mut edit = edits.into_iter().find(|edit| edit.path == path).ok_or(Fault::NotFound)?;
            let in_force = text_of(&looked.shelf.files, path);
            edit.was = in_force.map(str::to_owned);
            edit.text = edit.text.map(|text| authoring::form::raised(&text, in_force, tx.today()));
            edit_put(tx.conn(), edit).await?;
            let entry = JournalEntry::new(id, &visit.actor.id, EDIT_REVISION.name(), id);
            tx.record(entry.holding(&json!({ "order": "keep-mine", "path": path })));
            Ok(())
        })
        .await
}

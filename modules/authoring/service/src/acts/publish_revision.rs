//! 发布: the text that was signed, and whose dry run was looked at last, becomes the release in force. Lists follow; the requests
//! it took up are done.
//!
//! The release and the note that the revision made it are two transactions, because the catalogue publishes for itself. Where
//! the second one fails, publishing again finds the release in force and only notes it.

use access_service::Visit;
use authoring::acts::PUBLISH_REVISION;
use authoring::candidate::files;
use authoring::request;
use authoring::{Order, decide};
use catalog::diagnostic::{Severity, has_errors};
use catalog_service::Shelf;
use catalog_service::acts::{Published, publish_over};
use connect_service::ConnectorShelf;
use kernel::refusal::Refusal;
use platform::{Fault, RequestKey, Tx};
use serde_json::json;
use standards_service::acts::follow_catalogue;
use themes_service::ThemeShelf;
use uuid::Uuid;

use super::{Looked, found, give, request_entry, resource};
use crate::store::request::{request_of, request_put};

/// Publishes it; `shown` is the digest of the text whose dry run was looked at. Gives the release.
///
/// # Errors
/// Refusals of [`authoring::decide`] and `catalog.version-changed`; [`Fault::NotFound`], [`Fault::NotAllowed`];
/// [`Fault::Conflict`] when somebody else published meanwhile.
pub async fn publish_revision(visit: &Visit, key: Option<&RequestKey>, id: Uuid, shown: &str) -> Result<Uuid, Fault> {
    let row = found(visit, id).await?;
    visit.allow(PUBLISH_REVISION, &resource(&row.authority))?;
    // Another server may have published since this one looked.
    Shelf::install(&visit.world).await?;
    let looked = Looked::at(visit, row).await?;
    let order = Order::Publish { shown: shown.to_owned(), release: String::new() };
    let ground = looked.ground(visit, &order).await?;
    decide(&looked.row.facts()?, &order, &ground)?;
    let release = match publish_over(visit, &files(&looked.shelf.files, &looked.edits), looked.shelf.release).await? {
        Published::Released { release, .. } | Published::Unchanged { release } => release,
        Published::Faulty(found) => {
            debug_assert!(has_errors(&found));
            let errors = found.iter().filter(|one| one.severity == Severity::Error).count();
            return Err(Refusal::new("authoring.has-errors", "mend-findings").fact("count", errors).into());
        }
    };
    Shelf::install(&visit.world).await?;
    ThemeShelf::install(&visit.world).await?;
    ConnectorShelf::install(&visit.world)?;
    visit.allow(PUBLISH_REVISION, &resource(&looked.row.authority))?;
    let order = Order::Publish { shown: shown.to_owned(), release: release.to_string() };
    let (order, ground) = (&order, &ground);
    let shelf = visit.world.part::<Shelf>();
    let shelf = &shelf;
    visit
        .write(key, async |tx| {
            give(&tx, id, order, ground, PUBLISH_REVISION).await?;
            finish_requests(&tx, id, shelf, &visit.actor.id).await
        })
        .await?;
    follow_catalogue(&Visit::system(&visit.world)).await?;
    Ok(release)
}

/// The requests that this revision took up are done by the version that is in force now.
async fn finish_requests(tx: &Tx, id: Uuid, shelf: &Shelf, by: &str) -> Result<(), Fault> {
    for mut row in request_of(tx.conn(), id).await? {
        let told = row.facts()?;
        let version = shelf.catalog().items.get(row.item.as_str()).map_or(0, |item| item.version);
        let Ok(event) = request::decide(&told, &request::Order::Finish { version }, tx.today()) else { continue };
        let before = row.take(&request::apply(told, &event))?;
        if !request_put(tx.conn(), &row, &before).await? {
            return Err(Fault::Conflict);
        }
        tx.record(request_entry(by, PUBLISH_REVISION, row.id, &json!({ "order": "finish", "event": event })));
    }
    Ok(())
}

//! Questions others ask of the catalogue.

use std::sync::Arc;

use catalog::Item;
use catalog::model::ItemPin;
use chrono::{DateTime, Utc};
use platform::World;
use platform::fault::Fault;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{Shelf, store};

/// The item exactly as it was when the case pinned it, whatever has been published since.
pub async fn item_at(world: &World, on: &impl ConnectionTrait, pin: &ItemPin) -> Result<Item, Fault> {
    if let Some(item) = world.parts.get::<Shelf>().and_then(|shelf| held(&shelf, pin)) {
        return Ok(item);
    }
    let version = i32::try_from(pin.version).map_err(Fault::internal)?;
    let row = store::item_at(on, &pin.code, version).await?.ok_or(Fault::NotFound)?;
    Ok(serde_json::from_str(&row.body)?)
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseLine {
    pub id: Uuid,
    pub published_at: DateTime<Utc>,
    pub items: i32,
}

/// All releases, the newest first.
pub async fn releases(world: &World) -> Result<Vec<ReleaseLine>, Fault> {
    let found = store::release_list(world.db.reader()).await?;
    let line = |found: store::release::Model| ReleaseLine {
        id: found.id,
        published_at: found.published_at,
        items: found.items,
    };
    Ok(found.into_iter().map(line).collect())
}

/// A release as it was, compiled; the one in force from memory.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Internal`] where an old release no longer compiles.
pub async fn shelf_at(world: &World, release: Uuid) -> Result<Arc<Shelf>, Fault> {
    if let Some(held) = world.parts.get::<Shelf>().filter(|held| held.release == release) {
        return Ok(held);
    }
    let files = store::source_list(world.db.reader(), release).await?;
    if files.is_empty() {
        return Err(Fault::NotFound);
    }
    Ok(Arc::new(Shelf::of(release, files)?))
}

/// The item of the release in force, when that is the pinned version: most cases are younger than the newest release.
fn held(shelf: &Shelf, pin: &ItemPin) -> Option<Item> {
    shelf.catalog().items.values().find(|item| item.code == pin.code && item.version == pin.version).cloned()
}

//! Questions others ask of the catalogue.

use catalog::Item;
use catalog::model::ItemPin;
use platform::World;
use platform::fault::Fault;
use sea_orm::ConnectionTrait;

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

/// The item of the release in force, when that is the pinned version: most cases are younger than the newest release.
fn held(shelf: &Shelf, pin: &ItemPin) -> Option<Item> {
    shelf.catalog().items.values().find(|item| item.code == pin.code && item.version == pin.version).cloned()
}

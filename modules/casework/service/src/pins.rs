//! Pinned item versions, read once: a version never changes, so what was read stays true.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use catalog::Item;
use catalog::model::ItemPin;
use catalog_service::{Shelf, reads};
use platform::{Fault, World};
use sea_orm::ConnectionTrait;

/// The item versions that cases of this process have asked for. A world part.
#[derive(Default)]
struct Pins(RwLock<HashMap<ItemPin, Arc<Item>>>);

/// The item as the case pinned it.
pub(crate) async fn item_at(
    world: &World,
    on: &impl ConnectionTrait,
    code: &str,
    version: i32,
) -> Result<Arc<Item>, Fault> {
    let pin = ItemPin { code: code.to_owned(), version: u32::try_from(version).map_err(Fault::internal)? };
    if let Some(pins) = world.parts.get::<Pins>() {
        let known = pins.0.read().unwrap_or_else(PoisonError::into_inner).get(&pin).cloned();
        if let Some(item) = known {
            return Ok(item);
        }
    } else {
        world.parts.install(Pins::default());
    }
    let item = Arc::new(reads::item_at(world, on, &pin).await?);
    if let Some(pins) = world.parts.get::<Pins>() {
        pins.0.write().unwrap_or_else(PoisonError::into_inner).insert(pin, item.clone());
    }
    Ok(item)
}

/// The catalogue in force.
///
/// # Errors
/// [`Fault::Unavailable`] `catalogue` before anything was published.
pub(crate) fn shelf(world: &World) -> Result<Arc<Shelf>, Fault> {
    world.parts.get::<Shelf>().ok_or_else(|| Fault::unavailable("catalogue"))
}

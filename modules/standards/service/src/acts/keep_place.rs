//! 比对地区: what another place offers is brought in to be compared with, and taken away again. Nothing of it is published.

use access_service::Visit;
use catalog_service::Shelf;
use platform::journal::named_chain;
use platform::{Fault, JournalEntry, RequestKey};
use serde_json::json;
use standards::acts::KEEP_PLACES;
use standards::comparison::Place;

use super::{PLACES, lists};
use crate::store::place::{Model, place_drop, place_put};

/// Keeps a place, in the stead of what was known of it. `file` is what it came in.
///
/// # Errors
/// [`Fault::Invalid`] `place-own` of `file` where it is our own; [`Fault::NotAllowed`].
pub async fn keep_place(visit: &Visit, key: Option<&RequestKey>, place: &Place, file: &str) -> Result<(), Fault> {
    visit.allow(KEEP_PLACES, &lists())?;
    if place.code == visit.world.part::<Shelf>().catalog().district.region.as_str() {
        return Err(Fault::field("file", "place-own"));
    }
    let body = serde_json::to_string(place)?;
    let offers = i32::try_from(place.offers.len()).map_err(Fault::internal)?;
    visit
        .write(key, async |tx| {
            let row = Model {
                code: place.code.clone(),
                name: place.name.clone(),
                body: body.clone(),
                offers,
                file: file.to_owned(),
                brought_at: tx.now(),
                brought_by: visit.actor.name.clone(),
            };
            place_put(tx.conn(), row).await?;
            let entry = JournalEntry::new(named_chain(PLACES), &visit.actor.id, KEEP_PLACES.name(), &place.code);
            tx.record(entry.holding(&json!({ "what": "kept", "name": place.name, "offers": offers })));
            Ok(())
        })
        .await
}

/// Takes a place away.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn drop_place(visit: &Visit, key: Option<&RequestKey>, code: &str) -> Result<(), Fault> {
    visit.allow(KEEP_PLACES, &lists())?;
    visit
        .write(key, async |tx| {
            if !place_drop(tx.conn(), code).await? {
                return Err(Fault::NotFound);
            }
            let entry = JournalEntry::new(named_chain(PLACES), &visit.actor.id, KEEP_PLACES.name(), code);
            tx.record(entry.holding(&json!({ "what": "dropped" })));
            Ok(())
        })
        .await
}

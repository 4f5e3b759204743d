//! Pages for residents. They ask the services and lay out what they answer; they know no rule.
//!
//! Reading order: `home` and `search` (saying what one wants), `items` and `guide` (every item with all its elements),
//! `sign_in` (who it is), `mine` and `application` (how it stands), `notices` (papers and their check), `licence` and
//! `known` (what is on record), `trust` (the record as proof), `consultations` (what the public is asked about), `help`, `lost`. Questions, plan, form and papers are the
//! pages of `themes-service`.

mod application;
mod consultations;
mod delegations;
mod fields;
mod guide;
mod help;
mod home;
mod items;
mod known;
mod licence;
mod limits;
mod lists;
mod lost;
mod matters;
mod mine;
mod notices;
mod search;
mod sign_in;
mod trust;
mod values;

use axum::Router;
use axum::routing::{get, post};
use platform::{Fault, World};

pub use lost::not_found;

/// The door's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

/// Every page of the portal except those of a draft.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(search::show))
        .route("/search/suggest", get(search::suggest))
        .route("/items", get(items::show))
        .route("/items/{id}", get(guide::show))
        .route("/mine", get(mine::show))
        .route("/records", get(known::show))
        .route("/records/looks", get(known::looks::show))
        .route("/records/looks/{id}/object", get(known::looks::ask).post(known::looks::object))
        .route("/records/export", post(known::export::take))
        .route("/delegations", get(delegations::show))
        .route("/lists", get(lists::front))
        .route("/lists/{list}", get(lists::show))
        .route("/lists/{list}/file/{kind}", get(lists::file))
        .route("/lists/rows/{id}", get(lists::row))
        .route("/consultations", get(consultations::list))
        .route("/consultations/{id}", get(consultations::show).post(consultations::say))
        .route("/help", get(help::show))
        .route("/about", get(help::about))
        .route("/trust/roots", get(trust::roots))
        .route("/trust/keys", get(trust::keys))
        .merge(sign_in::routes())
        .merge(application::routes())
        .merge(notices::routes())
        .merge(licence::routes())
}

/// What one may not see looks like what is not there, so that nobody learns which numbers exist.
fn hidden(fault: Fault) -> Fault {
    if fault == Fault::NotAllowed { Fault::NotFound } else { fault }
}

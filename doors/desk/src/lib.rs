//! The desk: pages for staff. They ask the services' reads and acts, which ask the policies; no rule is here.
//!
//! Reads in this order: `sign_in` (who) and `password`, `todo` (what is waiting), `application` and `case` (looking at one and giving
//! orders), `order` and `correction` (what both share: opening the page, reading a
//! form, asking again, telling of a conflict, the one notice), `window` (filing for the
//! person in front of one), `parcels` and `incoming` (what is sent and what comes), `papers`, `licence` (one that stands for a
//! paper), `notices`, `find`; `work`, `sendings`, `systems`, `webhooks`, `connectors` and `exchange` (what the system
//! administrator keeps an eye on; the last is the data steward's); `authoring` (keeping the catalogue); `frame`, `done` and `form` are the small change.

mod application;
mod authoring;
mod case;
mod comparison;
mod connectors;
mod correction;
mod done;
mod exchange;
mod fees;
mod find;
mod form;
mod frame;
mod incoming;
mod joint;
mod lamps;
mod licence;
mod list_row;
mod lists;
mod notices;
mod objections;
mod order;
mod papers;
mod parcels;
mod password;
mod practice;
mod proposals;
mod reason;
mod reduction;
mod sendings;
mod sign_in;
mod supervision;
mod systems;
mod todo;
mod webhooks;
mod window;
mod work;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use platform::World;

/// The desk's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

/// All pages below `/desk`.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/desk", get(todo::show))
        .route("/desk/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/desk/sign-in/resume", post(sign_in::resume))
        .route("/desk/sign-out", post(sign_in::leave))
        .route("/desk/password", get(password::show).post(password::change))
        .route("/desk/find", get(find::find))
        .route("/desk/applications/{id}", get(application::show))
        .route("/desk/applications/{id}/orders/{order}", post(application::give))
        .route("/desk/applications/{id}/joint", get(joint::show).post(joint::extend))
        .route("/desk/cases/{id}", get(case::show))
        .route("/desk/cases/{id}/orders/{order}", post(case::give))
        .route("/desk/papers/{id}", get(papers::show))
        .route("/desk/papers/{id}/compared", post(papers::compared))
        .route("/desk/papers/{id}/licence", get(licence::show))
        .route("/desk/notices/{id}", get(notices::show))
        .route("/desk/notices/{id}/pdf", get(notices::pdf))
        .route("/desk/notices/{id}/void", post(notices::void))
        .route("/desk/supervision", get(supervision::show))
        .route("/desk/proposals", get(proposals::list))
        .route("/desk/proposals/practice", get(practice::show))
        .route("/desk/proposals/{id}", get(proposals::show))
        .route("/desk/proposals/{id}/orders/{order}", post(proposals::give))
        .route("/desk/proposals/all/{what}", post(proposals::all))
        .route("/desk/reduction", get(reduction::show))
        .route(
            "/desk/comparison",
            get(comparison::list).post(comparison::take).layer(DefaultBodyLimit::max(comparison::BODY_BYTES)),
        )
        .route("/desk/comparison/matter", get(comparison::matter))
        .route("/desk/comparison/report", get(comparison::report))
        .route("/desk/comparison/file/{kind}", get(comparison::file))
        .route("/desk/comparison/places/{code}/drop", post(comparison::drop))
        .route("/desk/lists", get(lists::list).post(lists::take).layer(DefaultBodyLimit::max(lists::BODY_BYTES)))
        .route("/desk/lists/rows/{id}", get(list_row::show).post(list_row::withdraw))
        .route("/desk/lists/{batch}", get(lists::show))
        .route("/desk/lists/{batch}/sent-back", get(lists::sent_back))
        .route("/desk/lists/{batch}/orders/{order}", post(lists::give))
        .merge(authoring::routes())
        .route("/desk/window", get(window::show).post(window::look_up))
        .route("/desk/objections", get(objections::list))
        .route("/desk/objections/{id}/answer", post(objections::answer))
        .route("/desk/messages", get(sendings::list))
        .route("/desk/messages/{id}/again", post(sendings::again))
        .route("/desk/systems", get(systems::list).post(systems::make))
        .route("/desk/systems/{id}/tokens", post(systems::token))
        .route("/desk/systems/tokens/{id}/rotate", post(systems::rotate))
        .route("/desk/systems/tokens/{id}/revoke", post(systems::revoke))
        .route("/desk/webhooks", get(webhooks::list))
        .route("/desk/webhooks/{id}", get(webhooks::show))
        .route("/desk/webhooks/{id}/orders/{order}", post(webhooks::give))
        .route("/desk/connectors", get(connectors::list))
        .route("/desk/connectors/{id}", get(connectors::show))
        .route("/desk/connectors/{id}/{what}/{matter}", post(connectors::give))
        .route("/desk/exchange", get(exchange::list).post(exchange::make))
        .route("/desk/exchange/{batch}/file", get(exchange::file))
        .route("/desk/fees", get(fees::list))
        .route("/desk/fees/differences/{id}/settle", post(fees::settle))
        .route("/desk/fees/orders/{id}/ask", post(fees::ask))
        .route("/desk/parcels", get(parcels::list))
        .route("/desk/parcels/{id}/label", get(parcels::label))
        .route("/desk/parcels/{id}/again", post(parcels::again))
        .route("/desk/applications/{id}/send", post(parcels::send))
        .route("/desk/incoming", get(incoming::list))
        .route("/desk/incoming/{id}", get(incoming::show))
        .route("/desk/incoming/{id}/count", post(incoming::count))
        .route("/desk/incoming/{id}/missing", post(incoming::missing))
        .route("/desk/work", get(work::list))
        .route("/desk/work/{id}", get(work::show))
        .route("/desk/work/{id}/retry", post(work::retry))
        .route("/desk/work/{id}/give-up", post(work::give_up))
}

//! Messages to people (消息): what the portal shows them, what goes out by SMS, WeChat and mail, and what became of each.
//!
//! Reads in this order:
//!
//! 1. `listeners` (what casework says has happened) and `remind` (what time brings about)
//! 2. [`acts`]: telling, reading, choosing, sending again; one file each
//! 3. `deliver`: the job that sends one message by one way; `address`: where to, opened only to be used
//! 4. `callbacks`: what providers report, when it is signed
//! 5. [`reads`], [`pages`] and `unread`: the person's side
//! 6. `store` and `migrations`: the tables

pub mod acts;
pub mod reads;

mod address;
mod deliver;
mod heard;
mod listeners;
mod remind;
mod templates;

mod callbacks;
pub mod pages;
mod unread;

mod migrations;
mod store;

pub use listeners::listeners;
pub use migrations::migrations;
pub use templates::install;
pub use unread::count_unread;

use axum::Router;
use platform::{JobKind, World};

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed()
}

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    let mut jobs = deliver::jobs();
    jobs.extend(remind::jobs());
    jobs.extend(acts::jobs());
    jobs
}

/// Pages, and where providers report.
pub fn routes() -> Router<World> {
    pages::routes().merge(callbacks::routes())
}

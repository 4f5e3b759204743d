//! Webhooks for integrators (事件推送), and connectors to authorities' own systems (对接适配器).
//!
//! Reads in this order: `listeners` (what is told), `deliver` (the job that sends one), `guard` (where may be called),
//! `secret`, `connectors`, [`acts`], [`reads`], `store` and `migrations`.

pub mod acts;
pub mod reads;

mod connectors;
mod deliver;
mod guard;
mod listeners;
mod secret;

mod migrations;
mod store;

use platform::sealed::SealedTable;
use platform::{JobKind, Listener};

pub use connectors::{ConnectorShelf, arrange};
pub use migrations::migrations;

/// Everything this module hears.
pub fn listeners() -> Vec<Listener> {
    let mut all = listeners::listeners();
    all.extend(connectors::listeners());
    all
}

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    let mut all = deliver::jobs();
    all.extend(connectors::jobs());
    all
}

/// The tables with sealed columns.
pub fn sealed() -> Vec<SealedTable> {
    store::sealed()
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

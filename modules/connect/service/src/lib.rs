//! Webhooks for integrators (事件推送), connectors to authorities' own systems (对接适配器), and the exchange with the national
//! platform (办件数据上报).
//!
//! Reads in this order: `listeners` (what is told), `deliver` (the job that sends one), `guard` (where may be called),
//! `secret`, `connectors`, `exchange`, [`acts`], [`reads`], `store` and `migrations`.

pub mod acts;
pub mod reads;

mod connectors;
mod deliver;
mod exchange;
mod guard;
mod listeners;
mod secret;

mod migrations;
mod store;

use platform::sealed::SealedTable;
use platform::{Fault, JobKind, Listener, World};

pub use connectors::ConnectorShelf;
pub use migrations::migrations;

/// Everything this module hears.
pub fn listeners() -> Vec<Listener> {
    let mut all = listeners::listeners();
    all.extend(connectors::listeners());
    all.extend(exchange::listeners());
    all
}

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    let mut all = deliver::jobs();
    all.extend(connectors::jobs());
    all.extend(exchange::jobs());
    all
}

/// Leaves the work that comes again and again: reading what authorities' own systems report, and the exchange of the night.
/// At the start of a server, and when a newer catalogue is on the shelf.
///
/// # Errors
/// As [`ConnectorShelf::install`].
pub async fn arrange(world: &World) -> Result<(), Fault> {
    connectors::arrange(world).await?;
    exchange::arrange(world).await
}

/// The tables with sealed columns.
pub fn sealed() -> Vec<SealedTable> {
    store::sealed()
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

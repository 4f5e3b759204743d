//! Accounts, sessions, sign-in, and the [`Visit`] that every act begins with. Reads in this order: `visit` (who visits),
//! `door` (forms in, faults out), `acts` (signing in and out), `session`, `accounts`, `systems` and `token` (systems outside), `demo`
//! (is this a real server?), `work`, `words`.

pub mod accounts;
pub mod acts;
mod demo;
pub mod door;
mod migrations;
mod password;
pub mod session;
mod store;
pub mod systems;
pub mod token;
mod visit;
mod words;
pub mod work;

pub use demo::DemoMode;
pub use door::{DoorFault, Posted};
pub use migrations::migrations;
pub use visit::{ResidentVisit, StaffVisit, Visit};
pub use words::Words;

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed()
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

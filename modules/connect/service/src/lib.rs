//! Webhooks for integrators (事件推送).
//!
//! Reads in this order: `listeners` (what is told), `deliver` (the job that sends one), `guard` (where may be called),
//! `secret`, [`acts`], [`reads`], `store` and `migrations`.

pub mod acts;
pub mod reads;

mod deliver;
mod guard;
mod listeners;
mod secret;

mod migrations;
mod store;

pub use deliver::jobs;
pub use listeners::listeners;
pub use migrations::migrations;

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

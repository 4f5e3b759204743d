//! The published catalogue: versions that never change, and the reads others pin.
//!
//! Reads in this order: `folder` (files from a disk), `acts` (publishing a release), `shelf` (the release in force, in
//! memory), `reads` (pinned item versions), `pages` (办事指南).

pub mod acts;
pub mod folder;
mod migrations;
pub mod reads;
mod shelf;
mod store;

pub use migrations::migrations;
pub use shelf::Shelf;

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

//! Residents, organisations, licences: one source for one datum, every look at a person on record.
//!
//! Reads in this order: `reads` (what others ask, each with a purpose), `acts` (recording licences, identifying people,
//! loading), `lookup` (who looked at whom), `store` (the tables), `sample` (the demonstration's people).

pub mod acts;
mod lookup;
mod migrations;
pub mod reads;
pub mod sample;
mod store;

pub use lookup::Lookup;
pub use migrations::migrations;

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

//! Residents, organisations, licences: one source for one datum, every look at a person on record.
//!
//! Reads in this order: `reads` (what others ask, each with a purpose), `acts` (recording licences, identifying people,
//! loading), `lookup` (who looked at whom), `store` (the tables), `sample` (the demonstration's people).

pub mod acts;
pub mod looks;
mod lookup;
mod migrations;
pub mod reads;
pub mod sample;
mod store;

pub use looks::Objection;
pub use lookup::Lookup;
pub use migrations::migrations;

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed()
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

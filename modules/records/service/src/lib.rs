//! Residents, organisations, licences: one source for one datum, every look at a person on record.
//!
//! Reads in this order: `reads` (what others ask, each with a purpose), `acts` (recording licences, identifying people,
//! loading), `print` and
//! `certificate` (a licence as it is shown), `verify` (what a stranger learns of one), `lookup` (who looked at whom), `store` (the tables), `sample` (the demonstration's people).

pub mod acts;
mod certificate;
mod lookup;
mod migrations;
mod print;
pub mod reads;
pub mod sample;
mod store;
pub mod verify;

pub use certificate::{Certificate, CertificateId};
pub use lookup::Lookup;
pub use migrations::migrations;

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

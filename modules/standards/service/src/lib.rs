//! The four lists (四张清单): brought in as offices have them, published by the standards office, public to everybody.
//!
//! Reads in this order: `sheets` (files of spreadsheets, both ways), [`places`] (files of other places), [`acts`] (bringing in, publishing, withdrawing, following the
//! catalogue; making, answering, reviewing and watching proposals), [`reads`] (the lists, and what waits to be published), `store` and `migrations`.

pub mod acts;
pub mod places;
pub mod reads;
pub mod sheets;

mod jobs;
mod migrations;
mod store;

pub use jobs::jobs;
pub use migrations::migrations;

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

//! Revisions of the catalogue (修订稿): edited as forms, checked as a whole, signed by two heads, asked about in public, published.
//!
//! Reads in this order: `checking` (the check of each candidate, kept and followed edit by edit), [`acts`] (opening, editing,
//! splitting, rebasing, submitting, signing, asking the public, publishing; change requests; remarks), [`reads`] (what stands
//! where, and the dry run), [`saying`] (in words), `jobs`, `store` and `migrations`.

pub mod acts;
pub mod reads;
pub mod saying;

mod checking;
mod jobs;
mod migrations;
mod store;

pub use jobs::jobs;
pub use migrations::migrations;
pub use store::sealed;

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

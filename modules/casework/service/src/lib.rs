//! Applications and cases: acts, reads, store, timers. Pages are the doors'.
//!
//! Reads in this order:
//!
//! 1. [`application`] and [`paper`]: what an application is made of besides its cases
//! 2. [`acts`]: one act, one file, one transaction; `matter` is the application under lock that they share
//! 3. [`reads`]: to-do lists, the case for the officer, the matter for the applicant
//! 4. `law` and `pins`: from the pinned item version to what `casework::decide` asks; `index`: what a row keeps for lists
//! 5. `notice`: the notices an act brings, filled in, numbered and kept
//! 6. `timers` and `listeners`: deemed acceptance, lapsed corrections, electronic delivery
//! 7. `store` and `migrations`: the tables

pub mod application;
pub mod paper;

pub mod acts;
pub mod reads;

mod index;
mod law;
mod numbers;
mod pins;
mod powers;
mod refusals;
mod sendable;
mod wording;

mod notice;

mod listeners;
mod timers;

mod migrations;
mod store;

pub use application::{Agent, Applicant, Channel, Delivery, FormEntry, Origin};
pub use listeners::listeners;
pub use migrations::migrations;

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed()
}

pub use notice::NoticeId;
pub use paper::{NewPaper, PaperFile, PaperId, PaperReason, PaperStatus};
pub use refusals::ALL as REFUSALS;
pub use sendable::{SendWhy, Sendable};
pub use timers::jobs;
pub use wording::outcome_word;

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

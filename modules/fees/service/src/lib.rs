//! Orders to pay (缴款单), payments, refunds, and the daily comparison with the gateway's statement (对账).
//!
//! Reads in this order:
//!
//! 1. [`acts`]: one act, one file; `change` is what all of them do to an order under lock
//! 2. `gateway`: the calls to the payment platform, each safe to repeat; `jobs`: when they are made
//! 3. [`callback`]: what the platform tells by itself
//! 4. [`reads`]: orders for people and programs, statements and differences, and whether a case may go on
//! 5. `store` and `migrations`: the tables

pub mod acts;
pub mod callback;
pub mod reads;

mod gateway;
mod jobs;
mod migrations;
mod store;

pub use callback::routes;
pub use jobs::{arrange, jobs};
pub use migrations::migrations;

kernel::typed_id! {
    /// One order to pay (缴款单).
    pub OrderId;
    /// One difference between the books (对账差异).
    pub DifferenceId;
}

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed()
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

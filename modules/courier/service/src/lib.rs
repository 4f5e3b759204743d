//! Parcels between hall and applicant: orders to the courier, tracking, signature, and what went wrong.
//!
//! Reads in this order: [`acts`] (one act, one file), `line` (the calls to the courier, each safe to repeat), `jobs` (when
//! they are made), [`callback`] (what the courier tells by itself), [`reads`], `store` and `migrations` (the table).

pub mod acts;
pub mod callback;
pub mod reads;

mod jobs;
mod line;
mod migrations;
mod store;

pub use callback::routes;
pub use jobs::jobs;
pub use migrations::migrations;

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed_tables()
}

/// The event that a parcel was signed for.
pub const SIGNED: &str = "courier.signed";
/// The event that a parcel was opened at the hall.
pub const COUNTED: &str = "courier.counted";

kernel::typed_id! {
    /// One parcel (邮件).
    pub ShipmentId;
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

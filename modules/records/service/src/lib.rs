//! Residents, organisations, licences: one source for one datum, every look at a person on record.
//!
//! Reads in this order: `reads` (what others ask, each with a purpose), `acts` (recording licences, identifying people,
//! loading), `print` and `certificate` (a licence as it is shown), `verify` (what a stranger learns of one), `lookup` and
//! `looks` (who looked at whom, and objections to it), `store` (the tables), `sample` (the demonstration's people).

pub mod acts;
mod certificate;
pub mod looks;
mod lookup;
mod migrations;
mod print;
pub mod reads;
pub mod sample;
mod store;
pub mod verify;

use platform::Tx;
use platform::retention::Kept;

pub use certificate::{Certificate, CertificateId};
pub use looks::Objection;
pub use lookup::Lookup;
pub use migrations::migrations;

/// What is kept for a time: looks at people's records.
///
/// # Errors
/// What is wrong with the file of the periods.
pub fn retention() -> Result<Vec<Kept>, String> {
    let looks = Kept::new(records::RETENTION, "records.lookup", |tx: Tx, before, most| async move {
        store::lookup::lookup_forget(tx.conn(), before, most).await
    });
    Ok(vec![looks?])
}

/// The tables with sealed columns.
pub fn sealed() -> Vec<platform::sealed::SealedTable> {
    store::sealed()
}

/// The module's words.
pub const TEXT_ZH: &str = include_str!("../text/zh.toml");
pub const TEXT_EN: &str = include_str!("../text/en.toml");

//! The exchange at work (办件数据上报). What casework says marks a case; a batch reads the marked cases page by page, puts down
//! what of their rows is new, and is closed under its number; its file is written from what was put down.
//!
//! Reads in this order: `touch` (which cases are looked at), `values` (a case as casework has it in the words of the rules),
//! `run` (a batch from beginning to close), `file` (its zip), `nightly` (every night by itself).

mod file;
mod nightly;
mod run;
mod touch;
mod values;

use access::Resource;
use connect::exchange::Dictionary;
use kernel::refusal::Refusal;
use platform::{Fault, JobKind, Listener};

use crate::connectors::ConnectorShelf;

pub(crate) use file::write;
pub(crate) use nightly::{arrange, reporter};
pub use run::BatchOutcome;
pub(crate) use run::run;

/// Everything it hears.
pub(crate) fn listeners() -> Vec<Listener> {
    touch::listeners()
}

/// The kinds of work it does later.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![nightly::job()]
}

/// The exchange as policies see it: the district's.
pub(crate) fn resource(shelf: &ConnectorShelf) -> Resource {
    Resource::of("exchange").in_region(&shelf.catalogue().catalog().district.region)
}

/// The dictionary.
///
/// # Errors
/// `connect.no-dictionary` for a district that has none.
pub(crate) fn dictionary(shelf: &ConnectorShelf) -> Result<&Dictionary, Fault> {
    Ok(shelf.dictionary().ok_or_else(|| Refusal::new("connect.no-dictionary", "write-dictionary"))?)
}

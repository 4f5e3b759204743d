//! The only code that names the tables of this module.

pub(crate) mod message;
pub(crate) mod sending;
pub(crate) mod wish;

use platform::sealed::SealedTable;

/// The tables with sealed columns.
pub(crate) fn sealed() -> Vec<SealedTable> {
    vec![SealedTable::of::<wish::Entity>()]
}

//! The only code that names the tables of this module.

pub(crate) mod book;
pub(crate) mod difference;
pub(crate) mod order;

use platform::Fault;
use platform::sealed::SealedTable;

/// The tables with sealed columns.
pub(crate) fn sealed() -> Vec<SealedTable> {
    vec![SealedTable::of::<order::Entity>()]
}

/// A column that holds what the rules crate could not have written.
pub(crate) fn unreadable(table: &str, column: &str, found: impl std::fmt::Display) -> Fault {
    Fault::internal(format_args!("{table}.{column} cannot be read: {found}"))
}

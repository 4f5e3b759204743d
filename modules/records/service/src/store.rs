//! The only code that names the tables of this module.

pub(crate) mod breach;
pub(crate) mod certificate;
pub(crate) mod fact;
pub(crate) mod licence;
pub(crate) mod licence_use;
pub(crate) mod lookup;
pub(crate) mod objection;
pub(crate) mod organisation;
pub(crate) mod resident;

use platform::Fault;
use platform::sealed::SealedTable;

/// Most rows of one person that are read at once: papers, firms, look-ups. Far above what anybody has.
pub(crate) const ROWS_MAX: u64 = 1_000;

/// A column that holds what the rules crate could not have written.
pub(crate) fn unreadable(table: &str, column: &str, found: impl std::fmt::Display) -> Fault {
    Fault::internal(format_args!("{table}.{column} cannot be read: {found}"))
}

/// The tables with sealed columns: all of them hold persons.
pub(crate) fn sealed() -> Vec<SealedTable> {
    vec![
        SealedTable::of::<resident::Entity>(),
        SealedTable::of::<organisation::Entity>(),
        SealedTable::of::<licence::Entity>(),
        SealedTable::of::<fact::Entity>(),
        SealedTable::of::<breach::Entity>(),
        SealedTable::of::<lookup::Entity>(),
        SealedTable::of::<objection::Entity>(),
        SealedTable::of::<certificate::Entity>(),
    ]
}

//! The only code that names the tables of this module.

pub(crate) mod delivery;
pub(crate) mod exchange_batch;
pub(crate) mod exchange_defect;
pub(crate) mod exchange_row;
pub(crate) mod exchange_touched;
pub(crate) mod parcel;
pub(crate) mod reading;
pub(crate) mod report;
pub(crate) mod subscription;

use platform::sealed::SealedTable;

/// The tables with sealed columns.
pub(crate) fn sealed() -> Vec<SealedTable> {
    vec![
        SealedTable::of::<parcel::Entity>(),
        SealedTable::of::<report::Entity>(),
        SealedTable::of::<exchange_row::Entity>(),
    ]
}

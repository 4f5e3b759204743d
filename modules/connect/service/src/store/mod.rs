//! The only code that names the tables of this module.

pub(crate) mod delivery;
pub(crate) mod parcel;
pub(crate) mod reading;
pub(crate) mod report;
pub(crate) mod subscription;

use platform::sealed::SealedTable;

/// The tables with sealed columns.
pub(crate) fn sealed() -> Vec<SealedTable> {
    vec![SealedTable::of::<parcel::Entity>(), SealedTable::of::<report::Entity>()]
}

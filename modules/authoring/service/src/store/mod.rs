//! The only code that names the tables of this module.

pub(crate) mod comment;
pub(crate) mod edit;
pub(crate) mod remark;
pub(crate) mod request;
pub(crate) mod revision;

use platform::sealed::SealedTable;

/// The tables with sealed columns.
pub fn sealed() -> Vec<SealedTable> {
    vec![comment::sealed(), request::sealed()]
}

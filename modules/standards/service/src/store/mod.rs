//! The only code that names the tables of this module.

pub(crate) mod batch;
pub(crate) mod place;
pub(crate) mod proposal;
pub(crate) mod row;

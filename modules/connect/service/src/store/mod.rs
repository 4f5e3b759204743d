//! The only code that names the tables of this module.

pub(crate) mod delivery;
pub(crate) mod subscription;

//! The only code that names the tables of this module.

pub(crate) mod message;
pub(crate) mod sending;
pub(crate) mod wish;

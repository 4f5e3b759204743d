//! The lists as everybody reads them, what waits to be published, and what is proposed.

pub mod batches;
pub mod lists;
pub mod proposals;

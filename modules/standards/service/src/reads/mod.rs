//! The lists as everybody reads them, what waits to be published, what is proposed, and how other places do it.

pub mod batches;
pub mod comparison;
pub mod lists;
pub mod practice;
pub mod proposals;

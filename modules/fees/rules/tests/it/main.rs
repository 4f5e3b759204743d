//! The rules of fees, as tables.

mod assess;
mod reconcile;
mod settle;

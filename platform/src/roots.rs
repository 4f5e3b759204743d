//! The journal as proof: every day one signed root over all chains, receipts that hold without us, and exports.
//!
//! Read in this order: [`tree`] (what is hashed), [`Root`] (what is signed), [`close`](mod@close) (how a day is closed, in pages and by
//! one server), [`receipt`](mod@receipt) (what the applicant gets); `store` names the tables. What must hold is checked by
//! [`crate::journal::verify`](fn@crate::journal::verify).
//!
//! Truth about where a chain stood when a day was closed is the leaf written then, not the time of a row: clocks differ
//! and commits are late. A row whose time lies before midnight but which is committed after its chain was passed falls
//! into the next day.

mod close;
mod job;
mod receipt;
mod root;
pub(crate) mod store;
pub mod tree;

pub(crate) use close::{CHAIN, ROOT_CLOSED};
pub use close::{Step, close_due, step};
pub use job::{CLOSE_DAY, arrange, jobs};
pub use receipt::{Receipt, ReceiptFault, ReceiptRow, Told, receipt};
pub use root::{Root, RootsFile};
pub use store::{last, list, of_day};

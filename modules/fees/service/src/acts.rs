//! One act, one file: lock the order, let the rules speak, write what followed.

mod ask_gateway;
mod change;
mod close_orders;
mod issue_order;
mod note_made;
mod note_refunded;
mod resolve_difference;
mod take_payment;
mod take_statement;

pub use ask_gateway::ask_gateway;
pub use close_orders::close_orders;
pub use issue_order::{Charged, NewOrder, issue_order};
pub use resolve_difference::{ResolveDifference, resolve_difference};
pub use take_payment::take_payment;
pub use take_statement::take_statement;

pub(crate) use note_made::note_made;
pub(crate) use note_refunded::note_refunded;

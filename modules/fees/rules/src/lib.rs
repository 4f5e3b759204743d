//! Fees and payment (缴费): what is owed, what was paid, what is given back.
//!
//! Pure. Read in this order: `assess` (from the item's fees and the form to lines), [`Order`] (缴款单: facts, and the state
//! that follows from them), `settle` (what a payment, the end of a case and a refund mean), `guard` (nothing is issued
//! unpaid), `reconcile` (对账), `acts` (who may).

mod acts;
mod assess;
mod guard;
mod order;
mod reconcile;
mod settle;

pub use acts::{CONFIRM, FEES, PAY, READ, RECONCILE, RESOLVE};
pub use assess::{Assessment, LetOff, Line, assess, total};
pub use guard::{UNPAID, may_go_on};
pub use order::{Cancelled, Ending, Order, Payment, Refund, RefundWhy, State, Via};
pub use reconcile::{Difference, DifferenceKind, Entry, EntryKind, reconcile};
pub use settle::{Event, Received, Settled, apply, close, receive, refunded};

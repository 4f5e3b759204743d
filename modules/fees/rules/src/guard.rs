//! 未缴费不制发: nothing is issued, and where the item says so nothing is decided, before what is owed has been paid.

use chrono::NaiveDate;
use kernel::refusal::Refusal;

use crate::assess::Line;
use crate::order::{Order, State};

/// The code of the refusal.
pub const UNPAID: &str = "fees.unpaid";

/// Whether a case whose orders these are may go on. The refusal rests on the law that sets the fee.
///
/// # Errors
/// [`UNPAID`] with the first order that is not paid.
pub fn may_go_on(orders: &[(&Order, &[Line])], today: NaiveDate) -> Result<(), Refusal> {
    let open = orders.iter().find(|(order, _)| matches!(order.state(today), State::Issued | State::Expired));
    let Some((order, lines)) = open else { return Ok(()) };
    let refusal = Refusal::new("fees.unpaid", "await-payment")
        .fact("number", &order.number)
        .fact("yuan", kernel::money::Money(order.fen))
        .fact("due", order.due);
    match lines.iter().find_map(|line| line.basis.as_ref()) {
        Some(basis) => Err(refusal.under(basis.law.as_str().to_owned(), basis.article.clone())),
        None => Err(refusal),
    }
}

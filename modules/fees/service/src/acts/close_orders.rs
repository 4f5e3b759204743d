//! The case has ended: unpaid orders are cancelled, paid ones given back where the fee's rule says so.

use catalog::model::GiveBack;
use fees::{Ending, Line, close};
use kernel::id::CaseId;
use platform::{Fault, Tx};

use super::change::change;
use crate::store::order::order_of_case;

/// Closes the orders of a case in the caller's transaction. `actor` is who ended it.
pub async fn close_orders(tx: &Tx, case: CaseId, why: Ending, actor: &str) -> Result<(), Fault> {
    for row in order_of_case(tx.conn(), Some(tx.engine()), case).await? {
        let events = close(&row.order()?, why, gives_back(&row.lines()?, why), tx.now());
        change(tx, &row, &events, actor).await?;
    }
    Ok(())
}

/// Whether every fee on the order is given back then. What the law lets the authority keep in part is not collected on
/// one order with the rest.
fn gives_back(lines: &[Line], why: Ending) -> bool {
    let when = match why {
        Ending::Withdrawn => GiveBack::Withdrawn,
        Ending::Refused => GiveBack::Refused,
        Ending::Ended => return false,
    };
    lines.iter().all(|line| line.give_back.contains(&when))
}

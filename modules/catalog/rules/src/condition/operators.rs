//! The operators of CEL that conditions have, and what becomes of them.

use cel::common::ast::operators;
use kernel::value::Facts;

use super::operands::Number;
use super::truth::{Kleene, Order, Reading, Truth};

/// The comparison of that name.
pub(super) fn comparison(name: &str) -> Option<Order> {
    Some(match name {
        operators::EQUALS => Order::Equal,
        operators::NOT_EQUALS => Order::Unequal,
        operators::LESS => Order::Less,
        operators::LESS_EQUALS => Order::AtMost,
        operators::GREATER => Order::Greater,
        operators::GREATER_EQUALS => Order::AtLeast,
        _ => return None,
    })
}

type Join = fn(Box<Number>, Box<Number>) -> Number;

/// The arithmetic of that name. There is no division: a limit is a number, not a quotient, and nothing divides by zero.
pub(super) fn arithmetic(name: &str) -> Option<Join> {
    Some(match name {
        operators::ADD => Number::Sum,
        operators::SUBSTRACT => Number::Difference,
        operators::MULTIPLY => Number::Product,
        _ => return None,
    })
}

impl Truth {
    /// Replaces a condition that needs no facts by its answer. In Kleene's logic an answer given while nothing is known
    /// stays the same whatever becomes known, so judging over nothing decides it.
    pub(super) fn settled(self, reads: &[Reading]) -> Self {
        match self.judge(reads, &Facts::new()) {
            Kleene::Yes => Self::Always(true),
            Kleene::No => Self::Always(false),
            Kleene::Unknown => self,
        }
    }
}

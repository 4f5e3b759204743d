//! What can be done in this module, and the policies that say who may.

use access::{Act, ModuleAccess};

/// See what is owed and what was paid.
pub const READ: Act = Act::new("fees.read");
/// Go and pay (缴费).
pub const PAY: Act = Act::new("fees.pay");
/// 窗口收款后核实: ask the gateway whether the money is there.
pub const CONFIRM: Act = Act::new("fees.confirm");
/// See the daily statements and their differences (对账).
pub const RECONCILE: Act = Act::new("fees.reconcile");
/// Settle a difference, with a note.
pub const RESOLVE: Act = Act::new("fees.resolve");

/// What the module adds to the policies.
pub const FEES: ModuleAccess = ModuleAccess {
    module: "fees",
    acts: &[READ, PAY, CONFIRM, RECONCILE, RESOLVE],
    policies: include_str!("../policies/fees.cedar"),
};

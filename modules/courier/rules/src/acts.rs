//! What can be done in this module, and the policies that say who may.

use access::{Act, ModuleAccess};

/// See where a parcel is.
pub const READ: Act = Act::new("courier.read");
/// 寄送: hand a parcel to the courier.
pub const SEND: Act = Act::new("courier.send");
/// 异常处理: send again what came back or was lost.
pub const MEND: Act = Act::new("courier.mend");

/// What the module adds to the policies.
pub const COURIER: ModuleAccess =
    ModuleAccess { module: "courier", acts: &[READ, SEND, MEND], policies: include_str!("../policies/courier.cedar") };

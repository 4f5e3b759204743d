//! What can be done in this module, and the policies that say who may.

use access::{Act, ModuleAccess};

/// See where a parcel is.
pub const READ: Act = Act::new("courier.read");
/// 寄送: hand a parcel to the courier.
pub const SEND: Act = Act::new("courier.send");
/// 异常处理: send again what came back or was lost.
pub const MEND: Act = Act::new("courier.mend");
/// 寄件到大厅: send papers of one's own to the hall.
pub const SEND_IN: Act = Act::new("courier.send-in");
/// 收件清点: open a parcel that came to one's hall, or say that it never came.
pub const COUNT: Act = Act::new("courier.count");

/// What the module adds to the policies.
pub const COURIER: ModuleAccess = ModuleAccess {
    module: "courier",
    acts: &[READ, SEND, MEND, SEND_IN, COUNT],
    policies: include_str!("../policies/courier.cedar"),
};

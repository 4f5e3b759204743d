//! What can be done with webhooks, and the policies that say who may.

use access::{Act, ModuleAccess};

/// See subscriptions and what became of their deliveries.
pub const READ_WEBHOOKS: Act = Act::new("connect.read-webhooks");
/// Make, pause, resume, try out and end a subscription.
pub const KEEP_WEBHOOK: Act = Act::new("connect.keep-webhook");
/// Have what was sent before sent again, from a point on.
pub const REPLAY: Act = Act::new("connect.replay");

/// What this module adds to the policies.
pub const CONNECT: ModuleAccess = ModuleAccess {
    module: "connect",
    acts: &[READ_WEBHOOKS, KEEP_WEBHOOK, REPLAY],
    policies: include_str!("../policies/connect.cedar"),
};
